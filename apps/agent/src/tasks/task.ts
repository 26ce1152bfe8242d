import type { AgentEvent, TaskOutcome, TaskRef, TaskUsage } from '@dure/contracts'
import { DureError, type ErrorCode } from '@dure/kernel'

/** As much of a logger as an execution needs. */
export interface Log {
  warn(details: object, message: string): void
}

/** One execution of a task. */
export interface Work<Input> {
  readonly task: TaskRef
  readonly input: Input
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
}

/** The effect may or may not have happened. Only a human, or the other side, can say. */
export class OutcomeUnknownError extends DureError {
  override readonly kind = 'conflict'

  constructor(why: string, cause?: unknown) {
    super(
      'effect.outcome-unknown',
      `${why} It is not sent again, since that could do the same twice: look at the other side, then start the run anew, or set \`idempotent\` if it honours Idempotency-Key`,
      {},
      { cause },
    )
  }
}

/** Every execution took its process down, or threw what nobody had foreseen. */
export class TaskGivenUpError extends DureError {
  override readonly kind = 'unavailable'
}

const MESSAGE_LIMIT = 2000

export function succeeded(task: TaskRef, done: Done, durationMs: number): Ending {
  const { output, usage, fact } = done
  return {
    outcome: { status: 'succeeded', output, ...(usage && { usage }), durationMs },
    event: eventOf(task, fact, durationMs),
  }
}

export function failed(task: TaskRef, error: DureError, told: FailureFact): Ending {
  const { code, message } = error
  return {
    outcome: { status: 'failed', error: { code, message: message.slice(0, MESSAGE_LIMIT) } },
    event: eventOf(task, told.fact(code), told.durationMs),
  }
}

interface FailureFact {
  readonly fact: (code: ErrorCode) => Fact
  readonly durationMs: number
}

function eventOf({ runId, nodeId, workflowId, attempt }: TaskRef, fact: Fact, durationMs: number) {
  return { ...fact, runId, nodeId, workflowId, attempt, durationMs }
}
