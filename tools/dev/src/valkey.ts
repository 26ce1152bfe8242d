import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startChild, untilReady } from './child.ts'
import type { Guard } from './guard.ts'
import { onFreePort } from './ports.ts'

const READY_TIMEOUT_MS = 30_000
const PING_TIMEOUT_MS = 5000

export interface ValkeyOptions {
  /** Holds the snapshot; nothing is kept when absent. */
  readonly directory?: string | undefined
  /** Any free one when absent. */
  readonly port?: number | undefined
  /** `embedded`: what npm installed. `native`: the redis-server of this machine. */
  readonly kind?: 'embedded' | 'native' | undefined
  readonly guard?: Guard | undefined
  readonly onLine?: ((line: string) => void) | undefined
  /** Told what had to be repaired before the start. */
  readonly onRepair?: ((what: string) => void) | undefined
}

export interface Valkey extends Child {
  readonly url: string
  readonly port: number
}

/**
 * Valkey on 127.0.0.1. The embedded one saves every 30 s and at its end: a crash loses what came
 * after, and the services are made for that. A snapshot that it cannot read is moved aside.
 */
export async function startValkey(options: ValkeyOptions = {}): Promise<Valkey> {
  const { directory, port } = options
  if (directory) mkdirSync(directory, { recursive: true })
  const start = () =>
    port === undefined ? onFreePort((free) => startOn(free, options)) : startOn(port, options)
  try {
    return await start()
  } catch (error) {
    const aside = directory && setSnapshotAside(directory, error)
    if (!aside) throw error
    options.onRepair?.(`the snapshot of Valkey could not be read: it is now ${aside}`)
    return start()
  }
}

async function startOn(port: number, options: ValkeyOptions): Promise<Valkey> {
  const { directory, kind = kindFrom(process.env), guard, onLine } = options
  const program =
    kind === 'native' ? nativeServer(port, directory) : embeddedServer(port, directory)
  const child = await startChild({ name: 'Valkey', guard, onLine, ...program })
  await untilReady(child, { isReady: () => answersPing(port), timeoutMs: READY_TIMEOUT_MS })
  return { ...child, port, url: `redis://127.0.0.1:${port}` }
}

function kindFrom({ DURE_REDIS = 'embedded' }: NodeJS.ProcessEnv): 'embedded' | 'native' {
  if (DURE_REDIS === 'embedded' || DURE_REDIS === 'native') return DURE_REDIS
  throw new Error(`DURE_REDIS must be "embedded" or "native", not "${DURE_REDIS}"`)
}

function embeddedServer(port: number, directory = '') {
  const entry = fileURLToPath(new URL('./valkey-process.ts', import.meta.url))
  return {
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', entry],
    env: { PORT: String(port), DIRECTORY: directory },
    ipc: true,
  }
}

function nativeServer(port: number, directory: string | undefined) {
  const command = 'redis-server'
  if (spawnSync(command, ['--version']).status !== 0) {
    throw new Error(
      'DURE_REDIS=native, but there is no redis-server on the PATH: install it or unset DURE_REDIS',
    )
  }
  const keep = directory ? ['--dir', directory, '--appendonly', 'yes'] : ['--save', '']
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--maxmemory-policy', 'noeviction']
  return { command, args: [...args, ...keep], env: process.env }
}

/** @returns the new name, or null when the snapshot is not what stopped the server */
function setSnapshotAside(directory: string, error: unknown): string | null {
  const snapshot = join(directory, 'dump.rdb')
  const unreadable = error instanceof Error && /rdb|checksum/i.test(error.message)
  if (!unreadable || !existsSync(snapshot)) return null
  const aside = `${snapshot}.unreadable-${Date.now()}`
  renameSync(snapshot, aside)
  return aside
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(PING_TIMEOUT_MS, () => end(false))
    socket.once('data', (data) => end(String(data).startsWith('+PONG')))
    socket.once('error', () => end(false))
  })
}
