import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Child,
  freePort,
  type Guard,
  startGuard,
  startPostgres,
  startValkey,
  type Valkey,
} from '@dure/dev'

/** A server that can be ended and started again with its port and its data. */
export interface Server {
  readonly port: number
  readonly url: string
  /** Ends it: in order, or as a crash. */
  end(how: 'stop' | 'SIGKILL'): Promise<void>
  start(): Promise<void>
  /** It stands still, its connections stay open. */
  freeze(): void
  thaw(): void
}

export interface Infrastructure {
  /** Ends every process when the harness is killed. */
  readonly guard: Guard
  /** For the files of this time. */
  readonly directory: string
  readonly postgres: Server
  readonly valkey: Server & { forget(): void }
  close(): Promise<void>
}

/** A PostgreSQL that keeps what it says to have kept, and a Valkey. */
export async function startInfrastructure(): Promise<Infrastructure> {
  const guard = startGuard()
  const directory = mkdtempSync(join(tmpdir(), 'dure-chaos-'))
  // PostgreSQL may run as another user.
  chmodSync(directory, 0o755)
  guard.removeAtEnd(directory)
  const ports = { postgres: await freePort(), valkey: await freePort() }
  const data = { postgres: join(directory, 'postgres'), valkey: join(directory, 'valkey') }
  const database = await startServer(() =>
    startPostgres({ directory: data.postgres, port: ports.postgres, guard }),
  )
  const queue = await startServer<Valkey>(() =>
    startValkey({ directory: data.valkey, port: ports.valkey, guard }),
  )
  return {
    guard,
    directory,
    postgres: database,
    valkey: Object.assign(queue, {
      forget: () => rmSync(data.valkey, { recursive: true, force: true }),
    }),
    async close() {
      await Promise.all([database.end('stop'), queue.end('SIGKILL')])
      rmSync(directory, { recursive: true, force: true })
      await guard.close()
    },
  }
}

async function startServer<Started extends Child & { readonly port: number; readonly url: string }>(
  launch: () => Promise<Started>,
): Promise<Server> {
  let child = await launch()
  const { port, url } = child
  return {
    port,
    url,
    async end(how) {
      if (child.hasExited()) return
      child.kill('SIGCONT')
      if (how === 'stop') return child.stop()
      child.kill('SIGKILL')
      await child.exited
    },
    async start() {
      if (child.hasExited()) child = await launch()
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
  }
}
