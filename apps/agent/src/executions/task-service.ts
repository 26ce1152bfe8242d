import {
  type Caller,
  type ExecutionId,
  type RanAgent,
  type RunAgent,
  spenderOf,
  type TaskOutcome,
  type TaskRef,
} from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { EffectLedger } from '../effects/store.ts'
import type { Report } from '../reports/service.ts'
import { taskErrorOf } from '../tasks/task-error.ts'
import { type Execution, isOver } from './execution-row.ts'
import { type Executions, executionIdOf } from './service.ts'
import { saidIn } from './spoken.ts'
import type { ExecutionWorkStore } from './work-store.ts'

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
  readonly load: ExecutionWorkStore['load']
  readonly report: Report
}

export function createAgentTasks(options: AgentTasksOptions): AgentTasks {
  const { executions, effects, load, report } = options
  const cancel = (task: TaskRef) =>
    asTenant(task.tenant, async () => {
      const id = executionIdOf(task.tenant, onceIdOf(task))
      if (await executions.find(task.tenant, id)) await executions.cancel(task.tenant, id)
    })

  async function ended(execution: Execution): Promise<void> {
    // It was stored by `run`: that is what makes this cast true.
    const task = execution.origin?.task as TaskRef
    await report(task, outcomeOf(execution, await textOf(execution)), execution.trace)
  }

  /** What it said on its way is in its events: one that had a single step has said its output alone. */
  async function textOf({ id, status, steps, output, input }: Execution): Promise<string> {
    if (status !== 'succeeded') return ''
    if (typeof output !== 'string') return JSON.stringify(output ?? null)
    return steps > 1 ? saidIn(await load(id), input.length) : output
  }

  const run: AgentTasks['run'] = ({ task, input, caller }) =>
    asTenant(task.tenant, async () => {
      if (await effects.isCancelled(task)) return
      const { agent, input: question, history = [], limits, isTrusted = false } = input
      const execution = await executions.start({
        ...{ tenant: task.tenant, agent, caller, startedBy: STARTED_BY },
        // Its budget pays, too.
        keyId: spenderOf(caller).keyId,
        input: [...history, { role: 'user', content: question }],
        isUntrusted: !isTrusted,
        // Somebody waits for the run, as for a node that asks a model.
        priority: 'interactive',
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

function outcomeOf(execution: Execution, text: string): TaskOutcome {
  const { id: executionId, status, output, error, steps, startedAt, endedAt } = execution
  if (status !== 'succeeded') return { status: 'failed', error: error ?? CANCELLED }
  const { inputTokens, outputTokens, costMicroUsd } = execution
  const data: RanAgent = {
    ...{ output: output ?? null, text, steps },
    executionId: executionId as ExecutionId,
  }
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
