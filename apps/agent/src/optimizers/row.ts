import type { Tenant } from '@dure/contracts'
import type { PromptOptimization } from './optimization.ts'

/** What its experiments took is theirs to say: this counts nothing twice. */
const TAKEN = `(SELECT
    json_build_object('cost', coalesce(sum(e.cost_micro_usd), 0),
      'input', coalesce(sum(used.input), 0), 'output', coalesce(sum(used.output), 0))
  FROM experiment e LEFT JOIN LATERAL (
    SELECT sum((run.outcome ->> 'inputTokens')::bigint) AS input,
      sum((run.outcome ->> 'outputTokens')::bigint) AS output
    FROM experiment_run run WHERE run.experiment_id = e.id) used ON true
  WHERE e.optimization_id = o.id)`

/** Of `prompt_optimization o`. */
export const OPTIMIZATION_COLUMNS = `o.id, o.organization_id, o.project_id, o.agent_id AS "agentId",
  o.base_version AS "baseVersion", o.dataset_id AS "datasetId",
  o.dataset_revision AS "datasetRevision", o.evaluators, o.settings, o.parts, o.status, o.phase,
  o.round, o.plan, o.baseline, o.conclusion, o.error, o.tries,
  o.proposing_micro_usd::float8 AS "proposingMicroUsd",
  o.proposing_input_tokens::float8 AS "proposingInputTokens",
  o.proposing_output_tokens::float8 AS "proposingOutputTokens", ${TAKEN} AS taken,
  o.caller, o.key_id AS "keyId", o.created_by AS "createdBy", o.created_at AS "createdAt",
  o.ended_at AS "endedAt"`

export type OptimizationRow = Omit<
  PromptOptimization,
  'tenant' | 'costMicroUsd' | 'inputTokens' | 'outputTokens'
> & {
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly proposingMicroUsd: number
  readonly proposingInputTokens: number
  readonly proposingOutputTokens: number
  readonly taken: { readonly cost: number; readonly input: number; readonly output: number }
  readonly tries: number
}

export function toOptimization(row: OptimizationRow): PromptOptimization {
  const { organization_id: organizationId, project_id: projectId, tries: _, ...more } = row
  const { proposingMicroUsd, proposingInputTokens, proposingOutputTokens, taken, ...rest } = more
  return {
    ...rest,
    tenant: { organizationId, projectId },
    costMicroUsd: proposingMicroUsd + taken.cost,
    inputTokens: proposingInputTokens + taken.input,
    outputTokens: proposingOutputTokens + taken.output,
  }
}

export const CANDIDATE_COLUMNS = `number, method, instructions, refusal, explanation,
  example_case_ids AS "exampleCaseIds", version, validation, test,
  left_in_round AS "leftInRound"`
