import { EVERYBODY, type EvaluationId, type Filter, type KnowledgeBaseId } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type { SearchMode } from '@dure/retrieval'
import type pg from 'pg'
import type {
  Evaluation,
  EvaluationKey,
  LabelledQuery,
  Outcome,
  QueryResult,
  Status,
} from './evaluation.ts'

export interface NewEvaluation {
  readonly name: string
  readonly modes: readonly SearchMode[]
  readonly queries: readonly LabelledQuery[]
  readonly filter: Filter | undefined
}

/** A query as it was asked for, with what it gave. */
export interface EvaluatedQuery extends LabelledQuery {
  readonly ordinal: number
  readonly result: QueryResult | null
}

type Shelf = Omit<EvaluationKey, 'evaluationId'>

export interface EvaluationStore {
  /** @returns undefined when another one of this base is under way, or the base is gone */
  create(key: EvaluationKey, evaluation: NewEvaluation): Promise<Evaluation | undefined>
  count(shelf: Shelf): Promise<number>
  /** Those of the ids, of documents and of passages, that everybody finds in the base. */
  known(shelf: Shelf, ids: readonly string[]): Promise<ReadonlySet<string>>
  find(key: EvaluationKey): Promise<Evaluation | undefined>
  /** Newest first, one more than `limit` when there are more. */
  list(shelf: Shelf, page: { limit: number; after?: PageKey }): Promise<Evaluation[]>
  /** In their order, one more than `limit` when there are more. */
  queries(
    key: EvaluationKey,
    page: { readonly limit: number; readonly from: number },
  ): Promise<EvaluatedQuery[]>
  /** @returns whether it was there */
  remove(key: EvaluationKey): Promise<boolean>
}

const COLUMNS = `evaluation.id, evaluation.knowledge_base_id AS "knowledgeBaseId", evaluation.name,
  evaluation.status, evaluation.modes, evaluation.filter, evaluation.query_count AS "queryCount",
  evaluation.done_count AS "doneCount", evaluation.outcome, evaluation.error_code AS "errorCode",
  evaluation.error_message AS "errorMessage", evaluation.created_at AS "createdAt",
  evaluation.updated_at AS "updatedAt"`

const CREATE = `
  WITH evaluation AS (
    INSERT INTO evaluation (id, knowledge_base_id, organization_id, project_id, name, modes, query_count,
                            filter)
    SELECT $1, id, organization_id, project_id, $5, $6, json_array_length($7::json), $8
      FROM knowledge_base
     WHERE id = $2 AND organization_id = $3 AND project_id = $4 AND deleted_at IS NULL
    ON CONFLICT (knowledge_base_id) WHERE status IN ('queued', 'running') DO NOTHING
    RETURNING *),
  queries AS (
    INSERT INTO evaluation_query (evaluation_id, ordinal, organization_id, project_id, query, labels)
    SELECT evaluation.id, place - 1, $3, $4, given ->> 'query', (given -> 'relevant')::jsonb
      FROM evaluation, json_array_elements($7::json) WITH ORDINALITY AS queries (given, place))
  SELECT ${COLUMNS} FROM evaluation`

/** Of this tenant, and of a base that is there. */
const OF_BASE = `
  FROM evaluation JOIN knowledge_base ON knowledge_base.id = evaluation.knowledge_base_id
                                     AND knowledge_base.deleted_at IS NULL
 WHERE evaluation.knowledge_base_id = $1 AND evaluation.organization_id = $2
   AND evaluation.project_id = $3`

const FOR_EVERYBODY = `'${EVERYBODY}' = ANY(document.access)`

const KNOWN = `
  SELECT document.id FROM document
   WHERE document.id = ANY($4) AND document.knowledge_base_id = $1
     AND document.organization_id = $2 AND document.project_id = $3 AND ${FOR_EVERYBODY}
  UNION ALL
  SELECT chunk.id FROM chunk
    JOIN document ON document.id = chunk.document_id AND document.published_version = chunk.version
   WHERE chunk.id = ANY($4) AND chunk.knowledge_base_id = $1
     AND chunk.organization_id = $2 AND chunk.project_id = $3 AND ${FOR_EVERYBODY}`

const QUERIES = `
  SELECT ordinal, query, labels AS relevant, result FROM evaluation_query
   WHERE evaluation_id = (SELECT evaluation.id ${OF_BASE} AND evaluation.id = $4)
     AND organization_id = $2 AND project_id = $3 AND ordinal >= $5
   ORDER BY ordinal LIMIT $6`

export function createEvaluationStore(pool: pg.Pool): EvaluationStore {
  const rowsOf = async (sql: string, values: readonly unknown[]) =>
    (await pool.query<Row>(sql, [...values])).rows.map(view)
  return {
    async create({ evaluationId, ...shelf }, { name, modes, queries, filter = null }) {
      const values = [evaluationId, ...keyOf(shelf), name, modes, JSON.stringify(queries), filter]
      return (await rowsOf(CREATE, values))[0]
    },

    async count(shelf) {
      const sql = `SELECT count(*)::int AS count ${OF_BASE}`
      const { rows } = await pool.query<{ count: number }>(sql, keyOf(shelf))
      return rows[0]?.count ?? 0
    },

    async known(shelf, ids) {
      const { rows } = await pool.query<{ id: string }>(KNOWN, [...keyOf(shelf), ids])
      return new Set(rows.map(({ id }) => id))
    },

    async find({ evaluationId, ...shelf }) {
      const sql = `SELECT ${COLUMNS} ${OF_BASE} AND evaluation.id = $4`
      return (await rowsOf(sql, [...keyOf(shelf), evaluationId]))[0]
    },

    list(shelf, { limit, after }) {
      const sql = `SELECT ${COLUMNS} ${OF_BASE}
        AND ($4::timestamptz IS NULL OR (evaluation.created_at, evaluation.id) < ($4, $5))
        ORDER BY evaluation.created_at DESC, evaluation.id DESC LIMIT $6`
      const from = [after?.createdAt ?? null, after?.id ?? null]
      return rowsOf(sql, [...keyOf(shelf), ...from, limit + 1])
    },

    async queries({ evaluationId, ...shelf }, { limit, from }) {
      const values = [...keyOf(shelf), evaluationId, from, limit + 1]
      return (await pool.query<EvaluatedQuery>(QUERIES, values)).rows
    },

    async remove({ evaluationId, ...shelf }) {
      const sql = `DELETE FROM evaluation WHERE id = (SELECT evaluation.id ${OF_BASE} AND evaluation.id = $4)`
      return (await pool.query(sql, [...keyOf(shelf), evaluationId])).rowCount === 1
    },
  }
}

function keyOf({ knowledgeBaseId, tenant }: Shelf): string[] {
  return [knowledgeBaseId, tenant.organizationId, tenant.projectId]
}

interface Row extends Omit<Evaluation, 'outcome' | 'error'> {
  readonly id: EvaluationId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly status: Status
  readonly outcome: Outcome | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

function view({ errorCode, errorMessage, outcome, ...row }: Row): Evaluation {
  return {
    ...row,
    outcome: outcome ?? undefined,
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
  }
}
