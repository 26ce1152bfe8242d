import type { DatasetId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { CaseId } from '../datasets/dataset.ts'
import { insertExperiment, type NewExperiment } from '../experiments/store.ts'
import type { Candidate, OptimizationKey, PromptOptimization } from './optimization.ts'
import {
  CANDIDATE_COLUMNS,
  OPTIMIZATION_COLUMNS,
  type OptimizationRow,
  toOptimization,
} from './row.ts'
import { NO_SCORES } from './scores.ts'

export type NewOptimization = Pick<
  PromptOptimization,
  | 'id'
  | 'tenant'
  | 'agentId'
  | 'baseVersion'
  | 'datasetId'
  | 'datasetRevision'
  | 'evaluators'
  | 'settings'
  | 'parts'
  | 'caller'
  | 'keyId'
  | 'createdBy'
>

/** A case, and where it stands in the order that the seed makes of them. */
export interface RankedCase {
  readonly id: CaseId
  /** The same for cases that ask the same. */
  readonly rank: string
}

export interface OptimizationStore {
  count(tenant: Tenant): Promise<number>
  /** The first cases of a revision, in an order by chance that the seed fixes. */
  rankedCases(
    tenant: Tenant,
    of: {
      readonly datasetId: DatasetId
      readonly revision: number
      readonly seed: number
      readonly limit: number
    },
  ): Promise<RankedCase[]>
  /** With the experiment that measures the agent as it is, all or none. */
  insert(optimization: NewOptimization, measuring: NewExperiment): Promise<PromptOptimization>
  find(key: OptimizationKey): Promise<PromptOptimization | undefined>
  candidates(key: OptimizationKey): Promise<Candidate[]>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<PromptOptimization[]>
  /** With its experiments. @returns false when it is over, or not there */
  cancel(key: OptimizationKey): Promise<boolean>
  /** With its experiments; versions of the agent stay. @returns false when it is under way, or not there */
  remove(key: OptimizationKey): Promise<boolean>
}

const OWNED = 'o.organization_id = $1 AND o.project_id = $2'

// Spaces and case make no other question of it: who has learned from one knows the other.
const RANKED_CASES = `
  SELECT id, encode(sha256(convert_to($5 || '/' ||
      lower(regexp_replace(normalize(body ->> 'input'), '\\s+', ' ', 'g')), 'UTF8')), 'hex') AS rank
  FROM dataset_case
  WHERE organization_id = $1 AND project_id = $2 AND dataset_id = $3 AND added_in <= $4
    AND (removed_in IS NULL OR removed_in > $4)
  ORDER BY rank, ordinal LIMIT $6`

const INSERT = `
  INSERT INTO prompt_optimization (organization_id, project_id, id, agent_id, base_version,
    dataset_id, dataset_revision, evaluators, settings, parts, baseline, caller, key_id, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

const PAGE = `
  SELECT ${OPTIMIZATION_COLUMNS} FROM prompt_optimization o
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (o.created_at, o.id) < ($3, $4))
  ORDER BY o.created_at DESC, o.id DESC LIMIT $5`

const FIND = `SELECT ${OPTIMIZATION_COLUMNS} FROM prompt_optimization o WHERE ${OWNED} AND o.id = $3`

const CANCEL = `
  WITH cancelled AS (
    UPDATE prompt_optimization o SET status = 'cancelled', ended_at = now()
    WHERE ${OWNED} AND o.id = $3 AND o.status = 'running' RETURNING o.id),
  experiments AS (
    UPDATE experiment SET status = 'cancelled', ended_at = now() FROM cancelled
    WHERE organization_id = $1 AND project_id = $2 AND optimization_id = cancelled.id
      AND status = 'running')
  SELECT FROM cancelled`

/** Experiments of which runs are still being cancelled stay until these are. */
const REMOVE = `
  DELETE FROM prompt_optimization o
  WHERE ${OWNED} AND o.id = $3 AND o.status <> 'running' AND NOT EXISTS (
    SELECT FROM experiment e JOIN experiment_run run ON run.experiment_id = e.id
    WHERE e.optimization_id = o.id AND run.status = 'running')`

export function createOptimizationStore(pool: pg.Pool): OptimizationStore {
  const keyOf = ({ tenant, id }: OptimizationKey) => [...ownerOf(tenant), id]
  const find = async (key: OptimizationKey) => {
    const [row] = (await pool.query<OptimizationRow>(FIND, keyOf(key))).rows
    return row && toOptimization(row)
  }

  return {
    find,

    async count(tenant) {
      const text = `SELECT count(*)::int AS count FROM prompt_optimization o WHERE ${OWNED}`
      return (await pool.query<{ count: number }>(text, ownerOf(tenant))).rows[0]?.count ?? 0
    },

    async rankedCases(tenant, { datasetId, revision, seed, limit }) {
      const values = [...ownerOf(tenant), datasetId, revision, String(seed), limit]
      return (await pool.query<RankedCase>(RANKED_CASES, values)).rows
    },

    async insert(optimization, measuring) {
      const { id, tenant, parts } = optimization
      await withTransaction(pool, async (client) => {
        await client.query(INSERT, valuesOf(optimization))
        const part = { optimizationId: id, round: 0, caseIds: parts.train }
        await insertExperiment(client, measuring, part)
      })
      return (await find({ tenant, id })) as PromptOptimization
    },

    async candidates({ tenant, id }) {
      const text = `SELECT ${CANDIDATE_COLUMNS} FROM prompt_candidate
        WHERE organization_id = $1 AND project_id = $2 AND optimization_id = $3 ORDER BY number`
      return (await pool.query<Candidate>(text, keyOf({ tenant, id }))).rows
    },

    async page(tenant, { limit, after }) {
      const values = [...ownerOf(tenant), after?.createdAt ?? null, after?.id ?? null, limit]
      return (await pool.query<OptimizationRow>(PAGE, values)).rows.map(toOptimization)
    },

    cancel: async (key) => ((await pool.query(CANCEL, keyOf(key))).rowCount ?? 0) > 0,
    remove: async (key) => ((await pool.query(REMOVE, keyOf(key))).rowCount ?? 0) > 0,
  }
}

function valuesOf(optimization: NewOptimization): unknown[] {
  const { id, tenant, agentId, baseVersion, datasetId, datasetRevision } = optimization
  const { evaluators, settings, parts, caller, keyId, createdBy } = optimization
  const json = [evaluators, settings, parts, NO_SCORES, caller].map((one) => JSON.stringify(one))
  return [
    ...[...ownerOf(tenant), id, agentId, baseVersion, datasetId, datasetRevision],
    ...[...json, keyId, createdBy],
  ]
}

function ownerOf({ organizationId, projectId }: Tenant): [string, string] {
  return [organizationId, projectId]
}
