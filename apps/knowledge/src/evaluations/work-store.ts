import type { EvaluationId, Filter, KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withEveryTenant } from '@dure/platform'
import type { SearchMode } from '@dure/retrieval'
import type pg from 'pg'
import type { EvaluationKey, LabelledQuery, Outcome, QueryResult } from './evaluation.ts'

/** The right to work on an evaluation, until somebody else gets it. */
export interface Claim extends EvaluationKey {
  readonly attempt: number
  readonly modes: readonly SearchMode[]
  readonly filter: Filter | null
  readonly queryCount: number
  /** Of the base. */
  readonly vectorWeight: number
}

export interface PendingQuery extends LabelledQuery {
  readonly ordinal: number
}

export interface Failure {
  readonly code: string
  readonly message: string
}

export interface EvaluationWorkStore {
  /** @returns undefined when there is nothing to do: done already, deleted, in other hands */
  claim(key: EvaluationKey): Promise<Claim | undefined>
  /** Some queries without a result, in their order; none: all are done. */
  pending(claim: Claim): Promise<PendingQuery[]>
  /** Keeps a result, and is a sign of life. @returns whether the claim holds */
  record(claim: Claim, ordinal: number, result: QueryResult): Promise<boolean>
  results(claim: Claim): Promise<QueryResult[]>
  finish(claim: Claim, outcome: Outcome): Promise<void>
  /** Gives the claim back as if it had not been taken. */
  release(claim: Claim): Promise<void>
  /** Ends the attempt: for good with a failure, else another one may begin. */
  fail(claim: Claim, failure: Failure | undefined): Promise<void>
  /** Gives up what was begun too often, and returns what nobody works on, to be sent for again. */
  sweep(): Promise<EvaluationKey[]>
}

/** After so many attempts an evaluation is given up. What an attempt has measured is kept for the next one. */
export const MAX_ATTEMPTS = 10
const PAGE = 50
/** All searches of one query end in less, by their deadlines. */
const LIFELESS = `interval '60 seconds'`
/** Its message is lost, or waits behind others, where it is not added again. */
const UNSENT = `interval '10 seconds'`
const SWEEP_LIMIT = 100

export const GAVE_UP: Failure = {
  code: 'evaluation.gave-up',
  message: `The evaluation was interrupted ${MAX_ATTEMPTS} times`,
}

/** True for nobody but the holder of the claim. */
const HELD = `id = $1 AND organization_id = $2 AND project_id = $3 AND attempts = $4 AND status = 'running'`

function held({ evaluationId, tenant, attempt }: Claim): unknown[] {
  return [evaluationId, tenant.organizationId, tenant.projectId, attempt]
}

const CLAIM = `
  UPDATE evaluation SET status = 'running', attempts = attempts + 1, alive_at = now(), updated_at = now()
    FROM knowledge_base
   WHERE evaluation.id = $1 AND evaluation.knowledge_base_id = $2
     AND evaluation.organization_id = $3 AND evaluation.project_id = $4
     AND knowledge_base.id = $2 AND knowledge_base.deleted_at IS NULL
     AND status = 'queued' AND attempts < ${MAX_ATTEMPTS}
  RETURNING attempts AS attempt, modes, filter, query_count AS "queryCount", vector_weight AS "vectorWeight"`

const RECORD = `
  WITH claim AS (
    UPDATE evaluation SET alive_at = now(), done_count = done_count + 1, updated_at = now()
     WHERE ${HELD} RETURNING id)
  UPDATE evaluation_query SET result = $6 FROM claim
   WHERE evaluation_id = claim.id AND ordinal = $5 AND result IS NULL`

const OF_EVALUATION = `
  FROM evaluation_query WHERE evaluation_id = $1 AND organization_id = $2 AND project_id = $3`

const END = `
  UPDATE evaluation SET status = $5, outcome = $6, error_code = $7, error_message = $8,
                        alive_at = now(), updated_at = now() WHERE ${HELD}`

const GIVE_UP = `
  UPDATE evaluation SET status = 'failed', error_code = $1, error_message = $2, updated_at = now()
   WHERE status IN ('queued', 'running') AND attempts >= ${MAX_ATTEMPTS}
     AND alive_at < now() - ${LIFELESS}`

const SWEEP = `
  UPDATE evaluation SET status = 'queued', alive_at = now()
   WHERE id = ANY (ARRAY(
     SELECT id FROM evaluation
      WHERE (status = 'queued' AND alive_at < now() - ${UNSENT})
         OR (status = 'running' AND alive_at < now() - ${LIFELESS})
      ORDER BY alive_at LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED))
  RETURNING id, knowledge_base_id, organization_id, project_id`

export function createEvaluationWorkStore(pool: pg.Pool): EvaluationWorkStore {
  return {
    async claim(key) {
      const { evaluationId, knowledgeBaseId, tenant } = key
      const values = [evaluationId, knowledgeBaseId, tenant.organizationId, tenant.projectId]
      const { rows } = await pool.query<Omit<Claim, keyof EvaluationKey>>(CLAIM, values)
      return rows[0] && { ...key, ...rows[0] }
    },

    async pending(claim) {
      const sql = `SELECT ordinal, query, labels AS relevant ${OF_EVALUATION}
        AND result IS NULL ORDER BY ordinal LIMIT ${PAGE}`
      return (await pool.query<PendingQuery>(sql, held(claim).slice(0, 3))).rows
    },

    async record(claim, ordinal, result) {
      const values = [...held(claim), ordinal, JSON.stringify(result)]
      return (await pool.query(RECORD, values)).rowCount === 1
    },

    async results(claim) {
      const sql = `SELECT result ${OF_EVALUATION} AND result IS NOT NULL ORDER BY ordinal`
      const { rows } = await pool.query<{ result: QueryResult }>(sql, held(claim).slice(0, 3))
      return rows.map(({ result }) => result)
    },

    async finish(claim, outcome) {
      await pool.query(END, [...held(claim), 'done', JSON.stringify(outcome), null, null])
    },

    async release(claim) {
      const sql = `UPDATE evaluation SET status = 'queued', attempts = attempts - 1 WHERE ${HELD}`
      await pool.query(sql, held(claim))
    },

    async fail(claim, failure) {
      const status = failure ? 'failed' : 'queued'
      await pool.query(END, [...held(claim), status, null, failure?.code, failure?.message])
    },

    sweep: () => withEveryTenant(pool, sweep),
  }
}

async function sweep(client: pg.PoolClient): Promise<EvaluationKey[]> {
  const lock = await client.query<{ mine: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('evaluation.sweep', 0)) AS mine`,
  )
  if (!lock.rows[0]?.mine) return []
  await client.query(GIVE_UP, [GAVE_UP.code, GAVE_UP.message])
  const { rows } = await client.query<Record<string, string>>(SWEEP)
  return rows.map((row) => ({
    tenant: {
      organizationId: row.organization_id,
      projectId: row.project_id,
    } as Tenant,
    knowledgeBaseId: row.knowledge_base_id as KnowledgeBaseId,
    evaluationId: row.id as EvaluationId,
  }))
}
