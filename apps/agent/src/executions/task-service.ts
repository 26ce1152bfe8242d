import type { Caller, ExecutionId, RanAgent, RunAgent, TaskOutcome, TaskRef } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { EffectLedger } from '../effects/store.ts'
import type { Report } from '../reports/service.ts'
import { taskErrorOf } from '../tasks/task-error.ts'
import { type Execution, isOver } from './execution-row.ts'
import { type Executions, executionIdOf } from './service.ts'

const KIND = 'task'

/** Executions that the node of a workflow has asked for: nobody holds a place of a worker while they go on. */
export interface AgentTasks {
  /** Begins it once for each attempt; of one that is over, its end is told again. */
  run(of: {
    readonly task: TaskRef
    readonly input: RunAgent
    readonly caller?: Caller
  }): Promise<void>
  /** Nobody needs the result of this attempt any more. One that comes later is never begun. */
  cancel(task: TaskRef): Promise<void>
  ended(execution: Execution): Promise<void>
}

export interface AgentTasksOptions {
  readonly executions: Pick<Executions, 'start' | 'cancel' | 'find'>
  readonly effects: Pick<EffectLedger, 'isCancelled'>
  readonly report: Report
}

export function createAgentTasks({ executions, effects, report }: AgentTasksOptions): AgentTasks {
  const cancel = (task: TaskRef) =>
    asTenant(task.tenant, async () => {
      const id = executionIdOf(task.tenant, onceIdOf(task))
      if (await executions.find(task.tenant, id)) await executions.cancel(task.tenant, id)
    })

  async function ended(execution: Execution): Promise<void> {
    // It was stored by `run`: that is what makes this cast true.
    const task = execution.origin?.task as TaskRef
    await report(task, outcomeOf(execution), execution.trace)
  }

  const run: AgentTasks['run'] = ({ task, input, caller }) =>
    asTenant(task.tenant, async () => {
      if (await effects.isCancelled(task)) return
      const { agent, input: text, limits, isTrusted = false } = input
      const execution = await executions.start({
        ...{ tenant: task.tenant, agent, input: text, caller, startedBy: STARTED_BY },
        isUntrusted: !isTrusted,
        limits: { ...limits, timeoutMs: task.timeoutMs },
        origin: { kind: KIND, task, runId: task.runId },
        onceId: onceIdOf(task),
      })
      // Whoever cancels meanwhile writes that down, and then looks for the execution: one of both sees the other.
      if (await effects.isCancelled(task)) await cancel(task)
      if (isOver(execution)) await ended(execution)
    })

  return {
    cancel,
    ended,

    run: (of) =>
      run(of).catch(async (error: unknown) => {
        if (!(error instanceof DureError) || error.transient) throw error
        await report(of.task, { status: 'failed', error: taskErrorOf(error) })
      }),
  }
}

/** As whom a node starts an execution: whose rights it has is said by the caller of its run. */
const STARTED_BY = 'workflow'

function onceIdOf({ taskKey, attempt }: TaskRef): string {
  return `${KIND} ${taskKey}#${attempt}`
}

function outcomeOf(execution: Execution): TaskOutcome {
  const { id: executionId, status, output, error, steps, startedAt, endedAt } = execution
  if (status !== 'succeeded') return { status: 'failed', error: error ?? CANCELLED }
  const { inputTokens, outputTokens, costMicroUsd } = execution
  const data: RanAgent = { output: output ?? null, executionId: executionId as ExecutionId, steps }
  const durationMs = (endedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0)
  return {
    ...{ status, output: data, usage: { inputTokens, outputTokens, costMicroUsd } },
    durationMs: Math.max(durationMs, 0),
  }
}

const CANCELLED = {
  code: 'agent.cancelled',
  message: 'The execution of the agent was cancelled',
  class: 'rejected',
} as const
