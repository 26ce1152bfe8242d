import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { GIT_ENVIRONMENT } from '../git.ts'

export interface Repository {
  readonly root: string
  git(...args: readonly string[]): string
  write(path: string, text: string): void
  /** @returns its hash */
  commit(): string
  /** So many commits that change nothing. */
  advance(commits: number): void
}

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.org']
/** Whatever the user of this machine has configured. */
const UNSIGNED = ['-c', 'commit.gpgSign=false', '-c', 'tag.gpgSign=false']
const PLAIN = [...IDENTITY, ...UNSIGNED, '-c', 'core.hooksPath=/dev/null']

/** A package-lock.json in which a service needs pg. */
export function lockWith(version: string): string {
  return JSON.stringify({
    packages: {
      'apps/workflow': { name: '@dure/workflow', dependencies: { pg: version } },
      'node_modules/pg': { version },
    },
  })
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dure-old-build-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Removed after the test; its first commit is there. */
export function createRepository(): Repository {
  const root = temporaryFolder()
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...PLAIN, ...args], {
      cwd: root,
      encoding: 'utf8',
      env: GIT_ENVIRONMENT,
    }).trim()
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const advance = (commits: number) => {
    for (let count = 0; count < commits; count += 1) {
      git('commit', '--quiet', '--allow-empty', '-m', 'a change')
    }
  }
  const commit = () => {
    git('add', '.')
    advance(1)
    return git('rev-parse', 'HEAD')
  }
  git('init', '--quiet')
  write('.gitignore', '.data\n')
  write('package-lock.json', lockWith('8.1.0'))
  commit()
  return { root, git, write, commit, advance }
}
