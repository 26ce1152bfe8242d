import type { OutgoingMessage, RunId } from '@dure/contracts'
import type pg from 'pg'

/** Something that was cancelled: whoever executes it is to be told. */
export interface CancelledTask {
  readonly path: string
  readonly message: OutgoingMessage | null
  readonly childRunId: RunId | null
  readonly request: unknown
}

const CANCELLED = `
  SELECT path, queue, message, key, payload, child_run_id, request FROM node_task
  WHERE run_id = $1 AND status = 'cancelling' LIMIT 2000`

interface Row {
  readonly path: string
  readonly queue: string | null
  readonly message: string | null
  readonly key: string | null
  readonly payload: unknown
  readonly child_run_id: RunId | null
  readonly request: unknown
}

export function createCancelStore(pool: pg.Pool) {
  return {
    async cancelled(runId: RunId): Promise<CancelledTask[]> {
      const { rows } = await pool.query<Row>(CANCELLED, [runId])
      return rows.map(({ path, queue, message: name, key, payload, child_run_id, request }) => ({
        path,
        message:
          queue !== null && name !== null && key !== null ? { queue, name, key, payload } : null,
        childRunId: child_run_id,
        request,
      }))
    },
  }
}
