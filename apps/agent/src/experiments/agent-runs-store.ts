import type { ExecutionId, ExperimentId } from '@dure/contracts'
import type pg from 'pg'
import type { CaseBody } from '../datasets/dataset.ts'
import type { Executions } from '../executions/service.ts'
import type { Outcome } from './experiment.ts'
import type { DueRun } from './work-store.ts'
import type { RunAgent } from './worker.ts'

// The rows of executions are read, not events of them waited for: nothing is missed, whoever was not there when one ended.
const ENDED = `
  SELECT run.experiment_id AS "experimentId", run.ordinal, x.id AS "executionId", x.status,
    x.output, x.error, x.cost_micro_usd::float8 AS "costMicroUsd",
    x.input_tokens::float8 AS "inputTokens", x.output_tokens::float8 AS "outputTokens",
    (1000 * extract(epoch FROM x.ended_at - coalesce(x.started_at, x.created_at)))::int AS "durationMs",
    coalesce((SELECT json_agg(call ORDER BY event.version, place)
      FROM events event, json_array_elements(event.data -> 'toolCalls') WITH ORDINALITY AS calls (call, place)
      WHERE event.stream = x.id AND event.type = 'execution.model-answered'), '[]') AS calls
  FROM experiment_run run JOIN agent_execution x ON x.id = run.execution_id
  WHERE run.status = 'running' AND run.is_started AND x.ended_at IS NOT NULL LIMIT $1`

interface Row extends Omit<Outcome, 'toolCalls'> {
  readonly experimentId: ExperimentId
  readonly ordinal: number
  readonly executionId: ExecutionId
  readonly calls: readonly { readonly name: string; readonly input?: unknown }[]
}

/** Runs of experiments are executions like others: in the background, paid by the key that asked for the experiment. */
export function createAgentRuns({
  pool,
  executions,
}: {
  /** Of every tenant. */
  readonly pool: pg.Pool
  readonly executions: Pick<Executions, 'start' | 'cancel'>
}): RunAgent {
  return {
    async start({ experiment, ordinal, version, of }) {
      const { id: experimentId, tenant, agentId, caller, keyId, createdBy } = experiment
      const execution = await executions.start({
        ...{ tenant, agent: agentId, version, caller, startedBy: createdBy },
        input: messagesOf(of.input),
        limits: { maxCostMicroUsd: experiment.runLimitMicroUsd },
        origin: { kind: 'experiment', experimentId, ordinal },
        ...(keyId !== null && { keyId }),
        priority: 'background',
        onceId: `${experimentId}/${ordinal}`,
      })
      return execution.id
    },

    async cancel({ experiment: { tenant }, executionId }: DueRun) {
      if (executionId !== null) await executions.cancel(tenant, executionId)
    },

    async ended(limit) {
      const { rows } = await pool.query<Row>(ENDED, [limit])
      return rows.map(({ experimentId, ordinal, executionId, calls, error, ...outcome }) => ({
        run: { experimentId, ordinal, executionId },
        outcome: {
          ...outcome,
          error: error && { code: error.code, message: error.message },
          toolCalls: calls.map(({ name, input }) => ({ name, arguments: input ?? null })),
        },
      }))
    },
  }
}

function messagesOf(input: CaseBody['input']) {
  return typeof input === 'string' ? input : input.map(({ role, content }) => ({ role, content }))
}
