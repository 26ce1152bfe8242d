/** What is read of a package-lock.json. */
export interface Lock {
  /** By folder: the packages of this repository, and what is installed. */
  readonly packages: Readonly<Record<string, Locked>>
}

interface Locked {
  readonly name?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** Folders of what services are made of: each holds a package. */
export function partsOf({ packages }: Lock): string[] {
  return Object.keys(packages).filter((folder) => /^(apps|libs)\/[^/]+$/.test(folder))
}

/**
 * An old build runs on the packages that are installed for the new one. What a compatible version
 * changes is not its business; what is gone, or another major version, it cannot run on.
 *
 * @returns the names of those
 */
export function missingPackages(old: Lock, now: Lock): string[] {
  const missing = partsOf(old).flatMap((folder) =>
    Object.keys(old.packages[folder]?.dependencies ?? {}).filter(
      (name) => majorOf(old, folder, name) !== majorOf(now, folder, name),
    ),
  )
  return [...new Set(missing)]
}

/** As npm looks for it; null for a package of this repository, which has no version there. */
function majorOf({ packages }: Lock, folder: string, name: string): string | null {
  const found = packages[`${folder}/node_modules/${name}`] ?? packages[`node_modules/${name}`]
  return /^(0\.\d+|\d+)/.exec(found?.version ?? '')?.[0] ?? null
}
