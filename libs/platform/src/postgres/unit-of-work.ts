import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import pg from 'pg'

/**
 * All that one piece of work does through one pool, as one transaction: whatever asks the pool for a
 * connection meanwhile gets this one. Transactions within are savepoints, so stores need not know.
 *
 * Two transactions at the same time within one unit are a mistake, and so is work that goes on after it.
 */
export interface UnitOfWork {
  run<Result>(work: () => Result): Result
  /** Commits, with a last statement in the same message. @throws when it is not known to be committed */
  commit(lastStatement: string): Promise<void>
  rollBack(): Promise<void>
}

interface Unit {
  readonly pool: pg.Pool
  readonly client: pg.PoolClient
  readonly afterCommit: (() => unknown)[]
  savepoints: number
  isOver: boolean
}

const current = new AsyncLocalStorage<Unit>()

/** What must not happen before others can see what was written. Outside of a unit of work: at once. */
export function afterCommit(work: () => void): void {
  const unit = current.getStore()
  if (!unit || unit.isOver) work()
  else unit.afterCommit.push(work)
}

/**
 * As `afterCommit`, of what is waited for: outside of a unit by the caller, else by the commit.
 * What it throws within a unit is lost: what was committed stays so.
 */
export async function onceCommitted(work: () => Promise<void>): Promise<void> {
  const unit = current.getStore()
  if (!unit || unit.isOver) await work()
  else unit.afterCommit.push(work)
}

/**
 * Begins a transaction with some statements in one message.
 *
 * @param statements separated by `;`, without parameters
 * @returns the rows of each statement
 */
export async function openUnitOfWork(
  pool: pg.Pool,
  statements: string,
): Promise<{ readonly unit: UnitOfWork; readonly rows: readonly pg.QueryResultRow[][] }> {
  const client = await pool.connect()
  const unit: Unit = { pool, client, afterCommit: [], savepoints: 0, isOver: false }
  try {
    const results = await client.query(`BEGIN; ${statements}`)
    return { unit: handleOf(unit), rows: [results].flat().map(({ rows }) => rows) }
  } catch (error) {
    await rollBack(unit)
    throw error
  }
}

function handleOf(unit: Unit): UnitOfWork {
  return {
    run: (work) => current.run(unit, work),

    async commit(lastStatement) {
      try {
        await unit.client.query(`${lastStatement}; COMMIT`)
      } catch (error) {
        await rollBack(unit)
        throw error
      }
      unit.isOver = true
      unit.client.release()
      await Promise.allSettled(unit.afterCommit.map(async (work) => work()))
    },

    rollBack: () => rollBack(unit),
  }
}

/** A connection that cannot even roll back is no good to anybody: the pool throws it away. */
async function rollBack(unit: Unit): Promise<void> {
  if (unit.isOver) return
  unit.isOver = true
  let broken: Error | undefined
  await unit.client.query('ROLLBACK').catch((cause: Error) => {
    broken = cause
  })
  unit.client.release(broken)
}

type Callback = Parameters<pg.Pool['connect']>[0]

/** A pool that gives to a unit of work its own connection, as often as it asks. */
export class UnitPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    const unit = current.getStore()
    if (!unit || unit.isOver || unit.pool !== this) {
      if (!callback) return super.connect()
      // Whoever gives a connection back calls the next one who waits, who is somebody else.
      super.connect(AsyncResource.bind(callback))
      return undefined
    }
    const client = leaseOf(unit)
    if (!callback) return Promise.resolve(client)
    callback(undefined, client, client.release)
    return undefined
  }
}

/** The connection of the unit, as somebody sees it who would begin and end a transaction of its own. */
function leaseOf(unit: Unit): pg.PoolClient {
  unit.savepoints += 1
  const name = `nested_${unit.savepoints}`
  return new Proxy(unit.client, {
    get(client, property) {
      if (property === 'release') return () => {}
      const value: unknown = Reflect.get(client, property, client)
      if (typeof value !== 'function') return value
      if (property !== 'query') return value.bind(client)
      return (query: unknown, ...rest: unknown[]) =>
        value.call(client, nested(query, name), ...rest)
    },
  })
}

function nested(query: unknown, savepoint: string): unknown {
  if (typeof query === 'string') return nestedText(query, savepoint)
  if (typeof query !== 'object' || query === null || !('text' in query)) return query
  if (typeof query.text !== 'string') return query
  const text = nestedText(query.text, savepoint)
  return text === query.text ? query : { ...query, text }
}

function nestedText(text: string, savepoint: string): string {
  // What follows in the same message, such as settings, stays.
  if (/^BEGIN\b/i.test(text)) return text.replace(/^BEGIN\b[^;]*/i, `SAVEPOINT ${savepoint}`)
  if (/^COMMIT$/i.test(text)) return `RELEASE SAVEPOINT ${savepoint}`
  if (/^ROLLBACK$/i.test(text)) return `ROLLBACK TO SAVEPOINT ${savepoint}`
  return text
}
