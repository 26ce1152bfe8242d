import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild, untilReady } from './child.ts'
import type { Guard } from './guard.ts'
import { onFreePort } from './ports.ts'
import { type PostgresProgram, postgresProgram } from './postgres-program.ts'
import { recoverDataDirectory } from './postgres-recovery.ts'

const READY_TIMEOUT_MS = 60_000
/** It writes everything to the disk first, which may be slow. */
const STOP_TIMEOUT_MS = 60_000
/** Orphans of a killed server need a moment to notice that it is gone. */
const ORPHAN_WAITS = 40
const ORPHAN_WAIT_MS = 250

export interface PostgresOptions {
  /** Holds the data and the password; made when it does not exist. */
  readonly directory: string
  /** Any free one when absent. */
  readonly port?: number | undefined
  /** For data that nobody needs after a power failure: nothing waits for the disk. */
  readonly ephemeral?: boolean
  readonly guard?: Guard | undefined
  readonly onLine?: ((line: string) => void) | undefined
  /** Told what had to be repaired before the start. */
  readonly onRepair?: ((what: string) => void) | undefined
}

export interface Postgres extends Child {
  /** Of the superuser, on the database `postgres`. */
  readonly url: string
  readonly port: number
}

/**
 * The PostgreSQL that npm installed, on 127.0.0.1 and without a socket file. Sorts text the same
 * way on every machine. Its data survive `kill -9` of it and of this process.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const program = postgresProgram(options.directory)
  const directory = program.dataDirectory
  mkdirSync(directory, { recursive: true })
  program.own(directory)
  const server: Server = {
    options,
    program,
    directory,
    data: join(directory, 'data'),
    passwordFile: join(directory, 'password'),
  }
  if (!existsSync(server.data)) await initialise(server)
  const repaired = await recoverDataDirectory(server.data)
  if (repaired) options.onRepair?.(repaired)
  return options.port === undefined
    ? onFreePort((port) => startOn(server, port))
    : startOn(server, options.port)
}

interface Server {
  readonly options: PostgresOptions
  readonly program: PostgresProgram
  readonly directory: string
  readonly data: string
  readonly passwordFile: string
}

/** Under another name first: what a killed initdb leaves must not look like a database. */
async function initialise({ options, program, directory, data, passwordFile }: Server) {
  const unfinished = `${data}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 })
  program.own(passwordFile)
  const [command = '', ...args] = program.command('initdb', [
    ...['-D', unfinished, '-U', 'postgres', '-E', 'UTF8'],
    ...['-A', 'scram-sha-256', '--pwfile', passwordFile],
    ...['--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
  ])
  const initdb = await startChild({
    name: 'initdb',
    command,
    args,
    env: environment(directory),
    cwd: directory,
    user: program.user,
    guard: options.guard,
  })
  const { code } = await initdb.exited
  if (code !== 0) {
    throw new Error(`PostgreSQL could not make its data directory:\n${initdb.lastLines()}`)
  }
  renameSync(unfinished, data)
}

async function startOn(server: Server, port: number): Promise<Postgres> {
  for (let wait = 0; ; wait += 1) {
    try {
      return await startOnce(server, port)
    } catch (error) {
      const orphans = error instanceof Error && error.message.includes('is still in use')
      if (!orphans || wait === ORPHAN_WAITS) throw error
      await sleep(ORPHAN_WAIT_MS)
    }
  }
}

async function startOnce(server: Server, port: number): Promise<Postgres> {
  const { options, program, directory, data, passwordFile } = server
  const settings = Object.entries({ ...settingsOf(options), port })
  const [command = '', ...args] = program.command('postgres', [
    ...['-D', data],
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  let accepts = false
  const child = await startChild({
    name: 'PostgreSQL',
    command,
    args,
    env: environment(directory),
    cwd: directory,
    user: program.user,
    // Fast shutdown: SIGTERM would wait until the last client has gone.
    stopSignal: 'SIGINT',
    stopTimeoutMs: STOP_TIMEOUT_MS,
    guard: options.guard,
    onLine: (line) => {
      accepts ||= line.includes('ready to accept connections')
      options.onLine?.(line)
    },
  })
  await untilReady(child, { isReady: async () => accepts, timeoutMs: READY_TIMEOUT_MS })
  const password = readFileSync(passwordFile, 'utf8')
  return { ...child, port, url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres` }
}

function settingsOf({ ephemeral = false }: PostgresOptions): Record<string, string | number> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '64MB',
    logging_collector: 'off',
    ...(ephemeral && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
}

function environment(directory: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: directory, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' }
}
