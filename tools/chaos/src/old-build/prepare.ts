import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { generateClients, type ServiceName } from '@dure/dev'
import { git } from './git.ts'
import { partsOf } from './packages.ts'

/**
 * Makes a folder from which the services of another commit can be started. It is kept: the same
 * commit is not made twice.
 *
 * @param root a checkout with its packages installed; the folder lies in its `.data`
 */
export async function prepareOldBuild(
  root: string,
  commit: string,
  services: readonly ServiceName[],
): Promise<string> {
  const folder = join(root, '.data', 'builds', commit)
  if (!existsSync(folder)) await make(root, commit, folder)
  await generateClients(services.map((service) => join(folder, 'apps', service)))
  return folder
}

/** Beside its place first: what is there is whole. */
async function make(root: string, commit: string, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`
  const archive = `${draft}.tar`
  try {
    mkdirSync(draft, { recursive: true })
    await git(root, 'archive', '--format=tar', '--output', archive, commit)
    await promisify(execFile)('tar', ['-xf', archive, '-C', draft])
    linkPackages(root, draft)
    renameSync(draft, folder)
  } finally {
    for (const left of [draft, archive]) rmSync(left, { recursive: true, force: true })
  }
}

/**
 * The packages of the repository are its own. All others are found without a link: the folder lies
 * below the one where they are installed, and that is where Node looks next.
 */
function linkPackages(root: string, build: string): void {
  const lock = JSON.parse(readFileSync(join(build, 'package-lock.json'), 'utf8'))
  for (const part of partsOf(lock)) {
    link(join(build, part), join(build, 'node_modules', lock.packages[part].name))
    // What npm could not install for all, because others want another version.
    const own = join(root, part, 'node_modules')
    if (existsSync(own)) link(own, join(build, part, 'node_modules'))
  }
}

/** Relative, so that a folder with links can be moved. */
function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(relative(dirname(path), target), path, 'dir')
}
