import type pg from 'pg'
import type { Logger } from 'pino'
import { TenantClient } from './tenant-client.ts'
import { UnitPool } from './unit-of-work.ts'

export interface PoolOptions {
  /** Connections at the most; whoever finds them all taken waits. */
  readonly max?: number
  /** Milliseconds that somebody waits for a connection; absent: 2 s. */
  readonly waitMs?: number
  readonly log?: Logger
  /**
   * What row level security shows on it. Absent: rows of the tenant in whose name is asked (`asTenant`), which a
   * request does by itself; where there is none, nothing. `of every tenant`: for what by its nature works for many
   * tenants in one statement, such as relays and sweeps. No route reads or writes through it what a client names.
   */
  readonly rows?: 'of every tenant'
}

/**
 * Connections to the one database of a service. Every wait ends: `waitMs` for a connection, 10 s for a
 * statement, 30 s for a transaction that does nothing.
 */
export function createPool(
  { DATABASE_URL }: { readonly DATABASE_URL: string },
  { max = 10, waitMs = 2000, log, rows }: PoolOptions = {},
): pg.Pool {
  const pool = new UnitPool({
    ...(rows === undefined ? OF_ONE_TENANT : { application_name: 'dure-service' }),
    connectionString: rows === undefined ? DATABASE_URL : everyTenant(DATABASE_URL),
    max,
    connectionTimeoutMillis: waitMs,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    // For a server that says nothing any more, not even that a statement took too long.
    query_timeout: 15_000,
    keepAlive: true,
  })
  // Without listeners, a lost connection would end the process. Idle ones are replaced, and the
  // query that needed a busy one rejects.
  // Of the error only its message: it carries the client, and that its password.
  const lost = ({ message }: Error) => log?.warn({ reason: message }, 'postgres connection lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

const OF_ONE_TENANT = {
  application_name: 'dure-tenant',
  Client: TenantClient,
  async onConnect(client: pg.ClientBase) {
    if (client instanceof TenantClient) await client.prepare()
  },
}

/**
 * The URL of a database on which row level security shows every row to the role of a service: for tools that look
 * at all of it. The setting is one of the connection, and begins with it.
 */
export function everyTenant(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const given = url.searchParams.get('options')
  const options = [given, '-c dure.scope=service'].filter(Boolean).join(' ')
  url.searchParams.set('options', options)
  return url.href
}
