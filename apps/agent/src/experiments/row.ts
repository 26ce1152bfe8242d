import type { Tenant } from '@dure/contracts'
import type { Experiment } from './experiment.ts'

export const EXPERIMENT_COLUMNS = `id, organization_id, project_id, name, agent_id AS "agentId",
  versions, dataset_id AS "datasetId", dataset_revision AS "datasetRevision", evaluators,
  repetitions, concurrency, budget_micro_usd::float8 AS "budgetMicroUsd",
  run_limit_micro_usd::float8 AS "runLimitMicroUsd", status, total, done,
  optimization_id AS "optimizationId",
  cost_micro_usd::float8 AS "costMicroUsd", summary, error, caller, key_id AS "keyId",
  created_by AS "createdBy", created_at AS "createdAt", ended_at AS "endedAt"`

export type ExperimentRow = Omit<Experiment, 'tenant'> & {
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
}

export function toExperiment(row: ExperimentRow): Experiment {
  const { organization_id: organizationId, project_id: projectId, ...rest } = row
  return { ...rest, tenant: { organizationId, projectId } }
}
