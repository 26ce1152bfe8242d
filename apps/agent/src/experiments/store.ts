import type { AgentId, DatasetId, PromptOptimizationId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { type CaseId, datasetChanged } from '../datasets/dataset.ts'
import type { Experiment, ExperimentKey, ExperimentRun } from './experiment.ts'
import { EXPERIMENT_COLUMNS, type ExperimentRow, toExperiment } from './row.ts'

export type NewExperiment = Omit<
  Experiment,
  | 'status'
  | 'done'
  | 'costMicroUsd'
  | 'summary'
  | 'error'
  | 'createdAt'
  | 'endedAt'
  | 'optimizationId'
>

/** An experiment on some cases, for an optimization. */
export interface OnPart {
  readonly optimizationId: PromptOptimizationId
  /** Each has one experiment. */
  readonly round: number
  readonly caseIds: readonly CaseId[]
}

export interface ExperimentStore {
  count(tenant: Tenant): Promise<number>
  /** With a row for each of its runs, all or none. */
  insert(experiment: NewExperiment): Promise<Experiment>
  find(key: ExperimentKey): Promise<Experiment | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: {
      readonly limit: number
      readonly after: PageKey | undefined
      readonly agentId?: AgentId | undefined
    },
  ): Promise<Experiment[]>
  /** In their order: case by case. */
  runs(
    key: ExperimentKey,
    page: { readonly from: number; readonly limit: number },
  ): Promise<ExperimentRun[]>
  /** @returns false when it is over, or not there */
  cancel(key: ExperimentKey): Promise<boolean>
  /** @returns false when it is under way, or not there */
  remove(key: ExperimentKey): Promise<boolean>
  /** The newest of an agent that is done, on this revision of a dataset, with this version among others. */
  newestDone(
    tenant: Tenant,
    of: {
      readonly agentId: AgentId
      readonly version: number
      readonly datasetId: DatasetId
      readonly datasetRevision: number
    },
  ): Promise<Experiment | undefined>
}

const OWNED = 'organization_id = $1 AND project_id = $2'

const INSERT = `
  INSERT INTO experiment (organization_id, project_id, id, name, agent_id, versions, dataset_id,
    dataset_revision, evaluators, repetitions, concurrency, budget_micro_usd, run_limit_micro_usd,
    total, caller, key_id, created_by, optimization_id, optimization_round)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  RETURNING ${EXPERIMENT_COLUMNS}`

// Case by case, so that both versions of what is compared go on side by side.
const INSERT_RUNS = `
  INSERT INTO experiment_run (organization_id, project_id, experiment_id, ordinal, version,
    repetition, case_id, case_since)
  SELECT $1, $2, $3, row_number() OVER (ORDER BY ordinal, repetition, place) - 1, version,
    repetition, id, added_in
  FROM dataset_case, unnest($6::int[]) WITH ORDINALITY AS versions (version, place),
    generate_series(1, $7) AS repetition
  WHERE organization_id = $1 AND project_id = $2 AND dataset_id = $4 AND added_in <= $5
    AND (removed_in IS NULL OR removed_in > $5) AND ($8::text[] IS NULL OR id = ANY ($8))`

const PAGE = `
  SELECT ${EXPERIMENT_COLUMNS} FROM experiment
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    AND ($6::text IS NULL OR agent_id = $6) AND optimization_id IS NULL
  ORDER BY created_at DESC, id DESC LIMIT $5`

const RUNS = `
  SELECT run.ordinal, run.version, run.repetition, run.case_id AS "caseId", of.body AS of,
    run.execution_id AS "executionId", run.status, run.outcome, run.scores
  FROM experiment_run run
  JOIN experiment ON experiment.id = run.experiment_id
  JOIN dataset_case of ON of.dataset_id = experiment.dataset_id AND of.id = run.case_id
    AND of.added_in = run.case_since
  WHERE run.organization_id = $1 AND run.project_id = $2 AND run.experiment_id = $3
    AND run.ordinal >= $4
  ORDER BY run.ordinal LIMIT $5`

const NEWEST_DONE = `
  SELECT ${EXPERIMENT_COLUMNS} FROM experiment
  WHERE ${OWNED} AND agent_id = $3 AND $4 = ANY (versions) AND dataset_id = $5
    AND dataset_revision = $6 AND status = 'done' AND optimization_id IS NULL
  ORDER BY created_at DESC, id DESC LIMIT 1`

export function createExperimentStore(pool: pg.Pool): ExperimentStore {
  const rowsOf = async (text: string, tenant: Tenant, values: readonly unknown[]) => {
    const owner = [tenant.organizationId, tenant.projectId]
    const { rows } = await pool.query<ExperimentRow>(text, [...owner, ...values])
    return rows.map(toExperiment)
  }

  return {
    async count({ organizationId, projectId }) {
      const text = `SELECT count(*)::int AS count FROM experiment
        WHERE ${OWNED} AND optimization_id IS NULL`
      const values = [organizationId, projectId]
      return (await pool.query<{ count: number }>(text, values)).rows[0]?.count ?? 0
    },

    insert: (experiment) => withTransaction(pool, (client) => insertExperiment(client, experiment)),

    async find({ tenant, experimentId }) {
      const text = `SELECT ${EXPERIMENT_COLUMNS} FROM experiment WHERE ${OWNED} AND id = $3`
      return (await rowsOf(text, tenant, [experimentId]))[0]
    },

    page: (tenant, { limit, after, agentId }) =>
      rowsOf(PAGE, tenant, [
        ...[after?.createdAt ?? null, after?.id ?? null, limit],
        agentId ?? null,
      ]),

    async runs({ tenant: { organizationId, projectId }, experimentId }, { from, limit }) {
      const values = [organizationId, projectId, experimentId, from, limit]
      return (await pool.query<ExperimentRun>(RUNS, values)).rows
    },

    async cancel({ tenant, experimentId }) {
      const text = `UPDATE experiment SET status = 'cancelled', ended_at = now()
        WHERE ${OWNED} AND id = $3 AND status = 'running' RETURNING ${EXPERIMENT_COLUMNS}`
      return (await rowsOf(text, tenant, [experimentId])).length > 0
    },

    async remove({ tenant, experimentId }) {
      const text = `DELETE FROM experiment
        WHERE ${OWNED} AND id = $3 AND status <> 'running' AND optimization_id IS NULL
        RETURNING ${EXPERIMENT_COLUMNS}`
      return (await rowsOf(text, tenant, [experimentId])).length > 0
    },

    async newestDone(tenant, { agentId, version, datasetId, datasetRevision }) {
      const values = [agentId, version, datasetId, datasetRevision]
      return (await rowsOf(NEWEST_DONE, tenant, values))[0]
    },
  }
}

/** @param part absent: on all cases of the revision @throws ConflictError `dataset.changed` */
export async function insertExperiment(
  client: pg.PoolClient,
  experiment: NewExperiment,
  part?: OnPart,
): Promise<Experiment> {
  const { organizationId, projectId } = experiment.tenant
  const { id, datasetId, datasetRevision, versions, repetitions } = experiment
  const { rows } = await client.query<ExperimentRow>(INSERT, [
    ...[organizationId, projectId, id, experiment.name, experiment.agentId],
    ...[versions, datasetId, datasetRevision, JSON.stringify(experiment.evaluators)],
    ...[repetitions, experiment.concurrency, experiment.budgetMicroUsd],
    ...[experiment.runLimitMicroUsd, experiment.total],
    ...[JSON.stringify(experiment.caller), experiment.keyId, experiment.createdBy],
    ...[part?.optimizationId ?? null, part?.round ?? null],
  ])
  const owner = [organizationId, projectId, id]
  const about = [datasetId, datasetRevision, versions, repetitions, part?.caseIds ?? null]
  const { rowCount } = await client.query(INSERT_RUNS, [...owner, ...about])
  // Somebody has changed the dataset since it was looked at, and nothing had kept its cases.
  if (rowCount !== experiment.total) throw datasetChanged()
  return toExperiment(rows[0] as ExperimentRow)
}
