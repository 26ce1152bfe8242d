import type { RunId, Tenant } from '@dure/contracts'
import type { PageKey, Queryable } from '@dure/platform'
import type pg from 'pg'
import { sha256 } from '../sha256.ts'
import type { DeadLetter, DeadStep } from './dead-letter.ts'

export interface DeadLetterPage {
  readonly limit: number
  readonly after: PageKey | undefined
  /** Absent: both. */
  readonly redriven: boolean | undefined
}

/** What nobody could carry out. Each look-up names the tenant. */
export interface DeadLetterStore {
  page(tenant: Tenant, page: DeadLetterPage): Promise<DeadLetter[]>
  find(tenant: Tenant, ids: readonly string[]): Promise<DeadLetter[]>
  /** All of a run that are open: what failed of it goes on together. */
  markRedriven(tenant: Tenant, runId: RunId): Promise<void>
  /** @returns false when there is no such letter */
  remove(tenant: Tenant, id: string): Promise<boolean>
}

const RECORD = `
  INSERT INTO dead_letter
    (id, organization_id, project_id, run_id, path, queue, message, payload, error)
  SELECT id, $1, $2, $3, path, 'run', CASE WHEN path IS NULL THEN 'run.failed' ELSE 'node.failed' END,
    payload, error
  FROM unnest($4::text[], $5::text[], $6::json[], $7::json[]) AS l (id, path, payload, error)
  ON CONFLICT (id) DO NOTHING`

const COLUMNS = `id, run_id AS "runId", path, queue, message, payload, error, at AS "createdAt",
  redriven_at AS "redrivenAt"`

const PAGE = `
  SELECT ${COLUMNS} FROM dead_letter
  WHERE organization_id = $1 AND project_id = $2
    AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4))
    AND ($5::boolean IS NULL OR (redriven_at IS NOT NULL) = $5)
  ORDER BY at DESC, id DESC LIMIT $6`

const FIND = `
  SELECT ${COLUMNS} FROM dead_letter
  WHERE organization_id = $1 AND project_id = $2 AND id = ANY ($3::text[])`

const REDRIVEN = `
  UPDATE dead_letter SET redriven_at = now()
  WHERE organization_id = $1 AND project_id = $2 AND run_id = $3 AND redriven_at IS NULL`

const REMOVE = `
  DELETE FROM dead_letter WHERE organization_id = $1 AND project_id = $2 AND id = $3`

/** The same for the same attempt: that makes recording it twice once. */
function deadLetterId(runId: RunId, path: string | null, attempt: number): string {
  const name = `${runId}/${path ?? ''}#${attempt}`
  return `dl_${sha256(name).slice(0, 32)}`
}

/** Once for each attempt of a node, however often it is told. */
export async function recordDeadLetters(
  db: Queryable,
  { id, tenant: { organizationId, projectId } }: { readonly id: RunId; readonly tenant: Tenant },
  steps: readonly DeadStep[],
): Promise<void> {
  const values = [
    ...[organizationId, projectId, id],
    steps.map(({ path, attempt }) => deadLetterId(id, path, attempt)),
    steps.map(({ path }) => path),
    steps.map(({ attempt, nodeType }) => JSON.stringify({ attempt, payload: { nodeType } })),
    steps.map(({ error }) => JSON.stringify(error)),
  ]
  await db.query({ text: RECORD, values })
}

export function createDeadLetterStore(pool: pg.Pool): DeadLetterStore {
  return {
    async page({ organizationId, projectId }, { limit, after, redriven }) {
      const values = [organizationId, projectId, after?.createdAt, after?.id, redriven, limit]
      return (await pool.query<DeadLetter>(PAGE, values)).rows
    },

    async find({ organizationId, projectId }, ids) {
      return (await pool.query<DeadLetter>(FIND, [organizationId, projectId, ids])).rows
    },

    async markRedriven({ organizationId, projectId }, runId) {
      await pool.query(REDRIVEN, [organizationId, projectId, runId])
    },

    async remove({ organizationId, projectId }, id) {
      return (await pool.query(REMOVE, [organizationId, projectId, id])).rowCount === 1
    },
  }
}
