import type { KnowledgeBaseId } from '@dure/contracts'
import type pg from 'pg'
import type { BaseKey, Reindexing } from './reindexing.ts'

export interface ReindexingStore {
  /**
   * One that waits goes on at once.
   *
   * @returns undefined when one is under way, or the base is gone
   */
  begin(
    key: BaseKey,
    plan: { readonly build: string; readonly embeddingModel: string },
  ): Promise<Reindexing | undefined>
  find(key: BaseKey): Promise<Reindexing | undefined>
  /** @returns whether it was under way */
  cancel(key: BaseKey): Promise<boolean>
}

const COLUMNS = `
  reindex.knowledge_base_id AS "knowledgeBaseId", reindex.embedding_model AS "embeddingModel", status,
  done_count AS "doneCount", total_count AS "totalCount", error_code AS "errorCode",
  error_message AS "errorMessage", due_at AS "dueAt", reindex.created_at AS "createdAt",
  reindex.updated_at AS "updatedAt"`

const BEGIN = `
  INSERT INTO reindex (knowledge_base_id, organization_id, project_id, build, embedding_model,
                       total_count)
  SELECT id, organization_id, project_id, $4, $5,
         (SELECT coalesce(sum(chunk_count), 0) FROM document
           WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3)
    FROM knowledge_base
   WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL
  ON CONFLICT (knowledge_base_id) DO UPDATE SET
    build = excluded.build, embedding_model = excluded.embedding_model, embedding_dimensions = NULL,
    status = 'running', done_count = 0, total_count = excluded.total_count, error_code = NULL,
    error_message = NULL, fence = reindex.fence + 1, failures = 0, due_at = now(),
    created_at = now(), updated_at = now()
  WHERE reindex.status <> 'running'
  RETURNING ${COLUMNS}`

const KEY = 'knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3'

/** It waits for what is in the way to pass: somebody says that it has. */
const GO_ON = `
  UPDATE reindex SET due_at = now()
   WHERE ${KEY} AND status = 'running' AND error_code IS NOT NULL AND embedding_model = $4
  RETURNING ${COLUMNS}`

export function createReindexingStore(pool: pg.Pool): ReindexingStore {
  return {
    async begin(key, { build, embeddingModel }) {
      const begun = [...valuesOf(key), build, embeddingModel]
      const [row] = (await pool.query<Row>(BEGIN, begun)).rows
      const waiting = [...valuesOf(key), embeddingModel]
      const of = row ?? (await pool.query<Row>(GO_ON, waiting)).rows[0]
      return of && view(of)
    },

    async find(key) {
      const sql = `SELECT ${COLUMNS} FROM reindex WHERE ${KEY}`
      const { rows } = await pool.query<Row>(sql, valuesOf(key))
      return rows[0] && view(rows[0])
    },

    async cancel(key) {
      const { rowCount } = await pool.query(
        `UPDATE reindex SET status = 'cancelled', due_at = now(), updated_at = now()
          WHERE ${KEY} AND status = 'running'`,
        valuesOf(key),
      )
      return rowCount === 1
    },
  }
}

function valuesOf({ knowledgeBaseId, tenant }: BaseKey): string[] {
  return [knowledgeBaseId, tenant.organizationId, tenant.projectId]
}

interface Row extends Omit<Reindexing, 'error' | 'knowledgeBaseId' | 'nextAt'> {
  readonly dueAt: Date | null
  readonly knowledgeBaseId: string
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

function view({ errorCode, errorMessage, knowledgeBaseId, dueAt, ...row }: Row): Reindexing {
  const isWaiting = row.status === 'running' && errorCode !== null
  return {
    ...row,
    nextAt: isWaiting ? (dueAt ?? undefined) : undefined,
    knowledgeBaseId: knowledgeBaseId as KnowledgeBaseId,
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
  }
}
