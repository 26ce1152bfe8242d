import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from './command-line.ts'
import { postgresProgram } from './postgres-program.ts'
import { recoverDataDirectory } from './postgres-recovery.ts'
import { commandLineOf, isAlive } from './processes.ts'
import { ROOT } from './repository.ts'
import { writePrivateFile } from './secrets.ts'

/** All that `npm start` keeps between two starts. */
export interface DataDirectory {
  readonly path: string
  readonly postgres: string
  readonly valkey: string
  readonly compileCache: string
  /** For the commands that work on what runs here, such as `npm run example`. */
  writeConnection(connection: Connection): void
  /** Gives it back to the next one. */
  release(): void
}

export interface Connection {
  /** Of the gateway. */
  readonly url: string
  readonly apiKey: string
  readonly gatewayDatabaseUrl: string
  /** Base64 of the SPKI PEM of the key that the gateway signs with. */
  readonly identityPublicKey: string
}

interface Owner {
  readonly pid: number
  readonly url: string | null
}

/**
 * Takes a data directory for this process.
 *
 * @param program part of the command line of everyone who may own it: a process number alone may
 *   long belong to somebody else
 * @throws UsageError when another process has it
 */
export function claimDataDirectory(path: string, program: string): DataDirectory {
  const ownerFile = join(path, 'running.json')
  const connectionFile = join(path, 'connection.json')
  mkdirSync(path, { recursive: true })
  while (!tryWrite(ownerFile, { pid: process.pid, url: null })) {
    const owner = readOwner(ownerFile)
    if (owner && isAlive(owner.pid) && commandLineOf(owner.pid).includes(program)) {
      throw new UsageError(
        `Dure already runs on ${path}${owner.url ? `, at ${owner.url}` : ' and is just starting'} (process ${owner.pid}). Stop it with Ctrl-C where it was started, or set DURE_DATA to another folder.`,
      )
    }
    rmSync(ownerFile, { force: true })
  }
  return {
    path,
    postgres: join(path, 'postgres'),
    valkey: join(path, 'valkey'),
    compileCache: join(path, 'compile-cache'),
    writeConnection: (connection) => {
      writePrivateFile(connectionFile, connection)
      writePrivateFile(ownerFile, { pid: process.pid, url: connection.url })
    },
    release: () => {
      for (const file of [connectionFile, ownerFile]) rmSync(file, { force: true })
    },
  }
}

/** Removes what this program made there, and nothing else that may be in the folder. */
export async function forgetData({ path, postgres, valkey }: DataDirectory): Promise<void> {
  const { dataDirectory } = postgresProgram(postgres)
  await recoverDataDirectory(join(dataDirectory, 'data'))
  for (const folder of [dataDirectory, valkey]) rmSync(folder, { recursive: true, force: true })
  rmSync(join(path, 'secrets.json'), { force: true })
}

export function dataDirectoryFrom({ DURE_DATA = '.data' }: NodeJS.ProcessEnv): string {
  return resolve(ROOT, DURE_DATA)
}

function tryWrite(file: string, owner: Owner): boolean {
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readOwner(file: string): Owner | null {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    // Left by a process that was killed while it wrote.
    return null
  }
}
