import type { Queryable } from '@dure/platform'

/** The end of what was kept for calls that nobody can ask for again. Any number of processes may. */
export interface RetentionStore {
  /**
   * One batch of each kind, older than so many days by the clock of PostgreSQL: calls of tools, and reservations that hold no money. What
   * belongs to an execution that goes on stays, however old it is. Entries of ledgers are never deleted.
   *
   * @returns how many
   */
  dropBefore(days: number, batch: number): Promise<Dropped>
}

export interface Dropped {
  readonly toolCalls: number
  readonly reservations: number
}

const OLD = "now() - $1 * interval '1 day'"
/** The key of a call begins with its execution. */
const IS_OVER = `NOT EXISTS (
  SELECT FROM agent_execution e WHERE e.id = split_part(call_key, '/', 1) AND e.ended_at IS NULL)`

const TOOL_CALLS = `
  DELETE FROM tool_call WHERE call_key IN (
    SELECT call_key FROM tool_call
    WHERE updated_at < ${OLD} AND (status = 'finished' OR lease_until < now()) AND ${IS_OVER}
    ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED)`

const RESERVATIONS = `
  DELETE FROM reservation WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM reservation
    WHERE state <> 'reserved' AND created_at < ${OLD} AND deadline < ${OLD} AND ${IS_OVER}
    ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED))`

/** @param pool of every tenant */
export function createRetentionStore(pool: Queryable): RetentionStore {
  const drop = async (text: string, values: unknown[]) => {
    const { rowCount } = await pool.query({ text, values })
    return rowCount ?? 0
  }
  return {
    async dropBefore(days, batch) {
      const toolCalls = await drop(TOOL_CALLS, [days, batch])
      return { toolCalls, reservations: await drop(RESERVATIONS, [days, batch]) }
    },
  }
}
