import type { AgentEvent, Caller, TaskOutcome, TaskRef, TaskUsage } from '@dure/contracts'
import { DureError, type ErrorCode } from '@dure/kernel'
import { taskErrorOf } from './task-error.ts'

/** As much of a logger as an execution needs. */
export interface Log {
  warn(details: object, message: string): void
}

/** One execution of a task. */
export interface Work<Input> {
  readonly task: TaskRef
  readonly input: Input
  /** For whom the run goes on; older workflows do not say it. */
  readonly caller?: Caller
  /** Aborted when the task was lost to somebody else, or has to be handed back. */
  readonly signal: AbortSignal
  readonly log: Log
}

/** How a kind of task is executed. To add a kind: one of these, and its line in `worker.ts`. */
export interface Executor<Input> {
  /** Whether executing it once more does no harm when nobody knows what became of the last time. */
  isRepeatable(input: Input): boolean
  /** @throws DureError for every failure that is not a bug; `signal.reason` when it is aborted */
  execute(work: Work<Input>): Promise<Done>
  /** What is recorded of an execution that failed. */
  failed(input: Input, code: ErrorCode): Fact
}

/**
 * How a kind of task is executed that has no effect outside and costs nothing: doing it once more
 * does no harm, so nothing is recorded of it.
 */
export interface TrivialExecutor<Input> {
  readonly isTrivial: true
  /** @throws DureError for every failure that is not a bug */
  execute(input: Input, task: TaskRef): unknown
}

export interface Done {
  readonly output: unknown
  readonly usage?: TaskUsage
  readonly fact: Fact
}

/** An event without what every event of a task says. */
export type Fact = WithoutCommon<AgentEvent>
type Common = 'runId' | 'nodeId' | 'workflowId' | 'attempt' | 'durationMs'
type WithoutCommon<Event> = Event extends AgentEvent ? Omit<Event, Common> : never

/** What a task ends with: told to the workflow, and recorded. */
export interface Ending {
  readonly outcome: TaskOutcome
  readonly event: AgentEvent
  /** It was given up after it had begun, and nobody knows with what effect. */
  readonly isInDoubt?: boolean
}

/** The effect may or may not have happened. Only a human, or the other side, can say. */
export class OutcomeUnknownError extends DureError {
  override readonly kind = 'conflict'

  constructor(why: string, cause?: unknown) {
    super(
      'effect.outcome-unknown',
      `${why} It is not sent again, since that could do the same twice: look at the other side, then say what became of it through the API, or set \`idempotent\` if it honours Idempotency-Key`,
      {},
      { cause },
    )
  }
}

/** Every execution took its process down, or threw what nobody had foreseen. */
export class TaskGivenUpError extends DureError {
  override readonly kind = 'unavailable'
}

/** The run does not need the task any more: what it is recorded with, for nobody is told. */
export class TaskCancelledError extends DureError {
  override readonly kind = 'conflict'

  constructor() {
    super('task.cancelled', 'The run does not need this task any more')
  }
}

export function succeeded(task: TaskRef, done: Done, durationMs: number): Ending {
  const { output, usage, fact } = done
  return {
    outcome: { status: 'succeeded', output, ...(usage && { usage }), durationMs },
    event: eventOf(task, fact, durationMs),
  }
}

export function failed(task: TaskRef, error: DureError, told: FailureFact): Ending {
  return {
    outcome: { status: 'failed', error: taskErrorOf(error) },
    event: eventOf(task, told.fact(error.code), told.durationMs),
  }
}

interface FailureFact {
  readonly fact: (code: ErrorCode) => Fact
  readonly durationMs: number
}

function eventOf({ runId, nodeId, workflowId, attempt }: TaskRef, fact: Fact, durationMs: number) {
  return { ...fact, runId, nodeId, workflowId, attempt, durationMs }
}

/** As whom a task speaks to those who watch its run. */
export function sourceOf({ runId, nodeId, taskKey, attempt }: TaskRef) {
  const path = taskKey.slice(taskKey.indexOf('/') + 1)
  return { runId, nodeId, ...(path !== nodeId && { path }), attempt }
}
