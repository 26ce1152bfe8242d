import pg from 'pg'
import { asTenant, type TenantOfRows } from './tenant.ts'

/** What a pool and a connection in a transaction have in common. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>>
}

export interface TransactionOptions {
  readonly snapshot?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Commits what `work` did, or nothing of it when it throws.
 *
 * When the commit itself fails, nobody knows its outcome: record a command with the events
 * (`recordCommand`) where that matters, and ask for it before doing the same again.
 *
 * @param options `snapshot`: everything read is of one moment, and nothing can be written;
 *   `settings`: of PostgreSQL, until the end of the transaction
 */
export async function withTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
  { snapshot = false, settings = {} }: TransactionOptions = {},
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begin = snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN'
    await client.query(begin + withSettings(settings))
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection that cannot even roll back is no good to anybody: the pool throws it away.
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** As `withTransaction`, in the name of one tenant. See `asTenant`. */
export function withTenant<Result>(
  pool: pg.Pool,
  tenant: TenantOfRows,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return asTenant(tenant, () => withTransaction(pool, work))
}

/**
 * As `withTransaction`, and row level security shows the rows of every tenant: on a pool of one tenant's rows, for
 * what is done now and then for all of them. Never for a request.
 */
export function withEveryTenant<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return withTransaction(pool, work, { settings: { 'dure.scope': 'service' } })
}

/** In the same message as BEGIN: they cost no trip to the server. */
function withSettings(settings: Readonly<Record<string, string>>): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
  )
  return calls.length > 0 ? `; SELECT ${calls.join(', ')}` : ''
}
