import { expect, test } from 'vitest'
import { filesIn, read } from './repository.ts'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages that we ask for ourselves, with their versions. */
function declared(): Map<string, string> {
  const manifests = ['apps', 'libs', 'tools'].flatMap((folder) => filesIn(folder, 'package.json'))
  const all = ['package.json', ...manifests].flatMap((file) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      read(file),
    ) as Manifest
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  })
  const foreign = all.filter(([name]) => !name.startsWith('@dure/'))
  // `npm:typescript@7.0.2` is version 7.0.2 under another name.
  return new Map(foreign.map(([name, version]) => [name, version.replace(/^npm:.*@/, '')]))
}

/** The same from the tables of the document. */
function explained(): Map<string, string> {
  const rows = read('docs/dependencies.md').matchAll(
    /^\| `([^`]+)` \| ([^|]+) \| [^|]+ \| [^|]+ \| [^|]+ \|$/gm,
  )
  return new Map([...rows].map(([, name = '', version = '']) => [name, version.trim()]))
}

test('every dependency is explained in a line of its own, with its version, and no other is', () => {
  const wanted = declared()
  const lines = explained()

  expect([...lines.keys()].sort()).toEqual([...wanted.keys()].sort())
  for (const [name, version] of lines) {
    // `…` stands for the rest of a long one.
    expect(`${name} ${wanted.get(name)}`).toContain(`${name} ${version.replace('…', '')}`)
  }
})
