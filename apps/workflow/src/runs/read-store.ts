import type { RunId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import { COLUMNS, type Row, type RunRow, type RunStatus, toRun } from './run-row.ts'

export interface PageRequest {
  readonly limit: number
  readonly after: PageKey | undefined
  readonly workflowId: string | undefined
  readonly status: RunStatus | undefined
}

/** Runs as they are shown. Each look-up names the tenant, so that a foreign id finds nothing. */
export interface RunReadStore {
  find(tenant: Tenant, runId: RunId): Promise<RunRow | undefined>
  findByKey(tenant: Tenant, idempotencyKey: string): Promise<RunRow | undefined>
  page(tenant: Tenant, page: PageRequest): Promise<RunRow[]>
  hasEnded(runId: RunId): Promise<boolean>
}

export function createRunReadStore(pool: pg.Pool): RunReadStore {
  async function one(sql: string, values: unknown[]): Promise<RunRow | undefined> {
    const { rows } = await pool.query<Row>(sql, values)
    return rows[0] && toRun(rows[0])
  }

  return {
    async hasEnded(runId) {
      const sql = "SELECT FROM run WHERE id = $1 AND status <> 'running'"
      return (await pool.query(sql, [runId])).rowCount === 1
    },

    find: ({ organizationId, projectId }, runId) =>
      one(`SELECT ${COLUMNS} FROM run WHERE id = $1 AND organization_id = $2 AND project_id = $3`, [
        runId,
        organizationId,
        projectId,
      ]),

    findByKey: ({ organizationId, projectId }, idempotencyKey) =>
      one(
        `SELECT ${COLUMNS} FROM run
         WHERE organization_id = $1 AND project_id = $2 AND idempotency_key = $3`,
        [organizationId, projectId, idempotencyKey],
      ),

    async page({ organizationId, projectId }, { limit, after, workflowId, status }) {
      const { rows } = await pool.query<Row>(
        `SELECT ${COLUMNS} FROM run
         WHERE organization_id = $1 AND project_id = $2
           AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
           AND ($5::text IS NULL OR workflow_id = $5) AND ($6::text IS NULL OR status = $6)
         ORDER BY created_at DESC, id DESC LIMIT $7`,
        [
          ...[organizationId, projectId, after?.createdAt, after?.id],
          ...[workflowId, status, limit],
        ],
      )
      return rows.map(toRun)
    },
  }
}
