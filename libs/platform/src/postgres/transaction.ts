import type pg from 'pg'

/** What a pool and a connection in a transaction have in common. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>>
}

/**
 * Commits what `work` did, or nothing of it when it throws.
 *
 * When the commit itself fails, nobody knows its outcome: record a command with the events
 * (`recordCommand`) where that matters, and ask for it before doing the same again.
 *
 * @param options `snapshot`: everything read is of one moment, and nothing can be written
 */
export async function withTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
  { snapshot = false }: { readonly snapshot?: boolean } = {},
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN')
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
