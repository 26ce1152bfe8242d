import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { askGit } from './git.ts'
import { type Lock, missingPackages } from './packages.ts'

/** Another commit of this repository, whose services can run beside those of now. */
export interface OldBuild {
  /** As somebody would name it. */
  readonly ref: string
  readonly commit: string
}

/** Why there is none, and what to do about it. */
export interface NoOldBuild {
  readonly reason: string
}

/** Where there are no tags: as many commits, each a merge or a change of its own. */
const COMMITS_BACK = 20

/**
 * Which build was there before this one: the newest tag, else the commit that is so many back. One
 * at this very commit is this build.
 */
export async function chooseOldBuild(
  root: string,
  wanted?: string,
): Promise<OldBuild | NoOldBuild> {
  if ((await askGit(root, 'rev-parse', '--git-dir')) === null) {
    return { reason: 'git knows no history of this folder: run it in a clone of the repository' }
  }
  const tag = wanted ?? (await askGit(root, 'describe', '--tags', '--abbrev=0', 'HEAD^'))
  const ref = tag ?? `HEAD~${COMMITS_BACK}`
  const commit = await askGit(root, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`)
  if (commit === null) {
    return {
      reason: `there is no commit ${ref}: fetch the history (git fetch --unshallow --tags), or name one with --old`,
    }
  }
  const lock = await askGit(root, 'show', `${commit}:./package-lock.json`)
  if (lock === null) return { reason: `${ref} has no package-lock.json: name another with --old` }
  const missing = missingPackages(JSON.parse(lock), installed(root))
  if (missing.length > 0) {
    return {
      reason: `${ref} needs other packages than are installed (${missing.join(', ')}): name a newer one with --old`,
    }
  }
  return { ref, commit }
}

function installed(root: string): Lock {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
}
