import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario } from '../engine/shapes.ts'
import type { Infrastructure } from '../infrastructure.ts'

/** Another engine, brought to run the same shapes. */
export interface Peer {
  /** As it stands in the tables, with its version. */
  readonly name: string
  /** Packages of npm with their exact versions. */
  readonly packages: readonly string[]
  /** @param folder where its packages are */
  start(infrastructure: Infrastructure, folder: string): Promise<RunningPeer>
}

export interface RunningPeer {
  readonly url: string
  /** Where a POST starts a run and is answered when it has ended. */
  readonly paths: Readonly<Record<Scenario, string>>
  readonly pids: readonly number[]
  stop(): Promise<void>
}

/**
 * Into a folder that goes when the benchmark ends; never a dependency of the project. No script of a
 * package is run.
 *
 * @throws when npm fails, with what it said
 */
export async function installPeer(
  { name, packages }: Pick<Peer, 'name' | 'packages'>,
  directory: string,
): Promise<string> {
  const folder = join(directory, 'peers', name.replace(/\W+/g, '-'))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = spawn('npm', ['install', ...options, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  })
  let said = ''
  npm.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const [code] = await once(npm, 'exit')
  if (code !== 0) throw new Error(`npm could not install ${packages.join(' ')}:\n${said}`)
  return folder
}
