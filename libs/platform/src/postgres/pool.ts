import type pg from 'pg'
import type { Logger } from 'pino'
import { UnitPool } from './unit-of-work.ts'

export interface PoolOptions {
  /** Connections at the most; whoever finds them all taken waits. */
  readonly max?: number
  /** Milliseconds that somebody waits for a connection; absent: 2 s. */
  readonly waitMs?: number
  readonly log?: Logger
}

/**
 * Connections to the one database of a service. Every wait ends: `waitMs` for a connection, 10 s for a
 * statement, 30 s for a transaction that does nothing.
 */
export function createPool(
  { DATABASE_URL }: { readonly DATABASE_URL: string },
  { max = 10, waitMs = 2000, log }: PoolOptions = {},
): pg.Pool {
  const pool = new UnitPool({
    connectionString: DATABASE_URL,
    application_name: 'dure',
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
