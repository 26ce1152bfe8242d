import type { Caller, TaskOutcome, TaskRef } from '@dure/contracts'
import { DureError, UnavailableError } from '@dure/kernel'
import type { Relay } from '@dure/platform'
import type { MessageContext } from '@dure/platform/queues'
import type { Claim } from '../effects/effect.ts'
import { CancelledError, holding, LeaseLostError } from '../effects/lease.ts'
import type { EffectLedger } from '../effects/store.ts'
import type { Report } from '../reports/service.ts'
import { createInHand } from './in-hand.ts'
import { StoppingError, withGrace } from './stop.ts'
import type { OutcomeStore } from './store.ts'
import {
  type Ending,
  type Executor,
  failed,
  OutcomeUnknownError,
  succeeded,
  TaskCancelledError,
  TaskGivenUpError,
  type TrivialExecutor,
} from './task.ts'
import { taskErrorOf } from './task-error.ts'

export interface TaskMessage<Input> {
  readonly task: TaskRef
  readonly input: Input
  readonly caller?: Caller
}

export interface TaskService {
  /**
   * Executes a task unless it was executed before, records what became of it, and tells the
   * workflow. A message may come twice, late, or to several processes at once: the ledger decides.
   *
   * @throws UnavailableError `task.handed-back` when the service stops before the task is done
   */
  execute<Input>(
    executor: Executor<Input>,
    message: TaskMessage<Input>,
    context: Pick<MessageContext, 'log' | 'signal'>,
  ): Promise<void>
  /** Executes a task that needs no ledger, each time that it comes, and tells the workflow. */
  answer<Input>(executor: TrivialExecutor<Input>, message: TaskMessage<Input>): Promise<void>
  /**
   * Nobody needs this attempt any more, or an older one. Not begun, it never is; under way, it is
   * aborted: here at once, elsewhere when its lease is renewed. The workflow is not told.
   */
  cancel(task: TaskRef): Promise<void>
}

export interface TaskServiceOptions {
  readonly effects: EffectLedger
  readonly outcomes: OutcomeStore
  readonly report: Report
  readonly relay: Pick<Relay, 'kick'>
  readonly leaseMs: number
  /** How long a task may go on when the service stops. */
  readonly stopGraceMs: number
}

type Claimed = Extract<Claim, { state: 'claimed' }>

/** One execution: the message, and what comes with its delivery. */
interface Job<Input> extends TaskMessage<Input> {
  readonly executor: Executor<Input>
  readonly log: MessageContext['log']
  readonly signal: AbortSignal
}

const MAX_TRIES = 3

export function createTaskService(options: TaskServiceOptions): TaskService {
  const { effects, outcomes, report, relay, leaseMs, stopGraceMs } = options
  const inHand = createInHand()

  async function attempt<Input>(
    job: Job<Input>,
    claim: Claimed,
    lost: AbortSignal,
  ): Promise<Ending | undefined> {
    const refusal = refusalOf(claim, job.executor.isRepeatable(job.input))
    if (refusal) return failedEnding(job, refusal, 0)
    const start = performance.now()
    const durationMs = () => Math.round(performance.now() - start)
    const { task, executor } = job
    try {
      return await withGrace({ stop: job.signal, graceMs: stopGraceMs, lost }, async (signal) =>
        succeeded(task, await executor.execute({ ...job, signal }), durationMs()),
      )
    } catch (error) {
      if (lost.reason instanceof CancelledError) {
        const ending = failedEnding(job, new TaskCancelledError(), durationMs())
        return { ...ending, isInDoubt: error instanceof OutcomeUnknownError }
      }
      if (error instanceof DureError) return failedEnding(job, error, durationMs())
      return giveBack(effects, { job, claim, error })
    }
  }

  /** @returns undefined when somebody else has the task */
  async function endingOf<Input>(job: Job<Input>, claim: Claimed): Promise<Ending | undefined> {
    const { hold } = claim
    const over = new AbortController()
    const end = inHand.begin(job.task, over)
    const onError = (error: unknown) => job.log.warn({ err: error }, 'the lease was not renewed')
    try {
      return await holding({ hold, leaseMs, renew: effects.renew, onError, over }, async () => {
        const ending = await attempt(job, claim, over.signal)
        if (ending === undefined) return undefined
        const { state } = await outcomes.record(job, hold, ending)
        return state === 'superseded' ? undefined : ending
      })
    } finally {
      end()
    }
  }

  async function executeClaimed<Input>(job: Job<Input>, claim: Claimed): Promise<void> {
    const ending = await endingOf(job, claim)
    if (ending === undefined) return
    relay.kick()
    if (!isCancelled(ending)) await report(job.task, ending.outcome)
  }

  return {
    async execute(executor, message, context) {
      const { task } = message
      const claim = await effects.claim(task)
      const { signal } = context
      const job = {
        ...message,
        executor,
        signal,
        log: context.log.child({ taskKey: task.taskKey }),
      }
      if (claim.state === 'claimed') await executeClaimed(job, claim)
      else if (claim.state === 'finished') await report(task, claim.outcome, claim.trace)
      else job.log.info({ attempt: task.attempt }, `dropped: the task is ${claim.state}`)
    },

    answer: async (executor, message) =>
      report(message.task, await trivialOutcome(executor, message)),

    async cancel(task) {
      await effects.cancel(task)
      inHand.cancel(task)
    },
  }
}

const BUG = 'Executing the task failed in a way that nobody had foreseen: report it'
const CRASHED = `The task was begun ${MAX_TRIES} times and never ended: each time its process died`

/** The task is over for this process: either somebody else has it, or the next delivery will. */
async function giveBack<Input>(
  effects: Pick<EffectLedger, 'release'>,
  { job, claim, error }: { job: Job<Input>; claim: Claimed; error: unknown },
): Promise<Ending | undefined> {
  const { hold, tries } = claim
  if (error instanceof LeaseLostError) {
    job.log.warn('the task was taken over while it was executed: its outcome is discarded')
    return undefined
  }
  if (error instanceof StoppingError) {
    await effects.release(hold, { counted: false })
    throw new UnavailableError('task.handed-back', 'The service stops: another one takes over')
  }
  job.log.error({ err: error, tries }, 'executing a task threw what nobody had foreseen')
  if (tries >= MAX_TRIES) return failedEnding(job, givenUp('task.bug', BUG), 0)
  await effects.release(hold, { counted: true })
  throw error
}

/** Why a task that was begun before is not executed once more. */
function refusalOf({ tries, inDoubt }: Claimed, isRepeatable: boolean): DureError | undefined {
  if (inDoubt && !isRepeatable) {
    return new OutcomeUnknownError('The request was begun before, and its outcome is not known.')
  }
  return tries > MAX_TRIES ? givenUp('task.gave-up', CRASHED) : undefined
}

function givenUp(code: 'task.bug' | 'task.gave-up', message: string): TaskGivenUpError {
  return new TaskGivenUpError(code, message)
}

function failedEnding<Input>(
  { task, executor, input }: Job<Input>,
  error: DureError,
  durationMs: number,
): Ending {
  return failed(task, error, { fact: (code) => executor.failed(input, code), durationMs })
}

function isCancelled({ outcome }: Ending): boolean {
  return outcome.status === 'failed' && outcome.error.code === 'task.cancelled'
}

/** What nobody had foreseen is no reason to try again: the same input would lead to the same. */
async function trivialOutcome<Input>(
  executor: TrivialExecutor<Input>,
  { task, input }: TaskMessage<Input>,
): Promise<TaskOutcome> {
  const start = performance.now()
  try {
    const output = await executor.execute(input, task)
    return { status: 'succeeded', output, durationMs: Math.round(performance.now() - start) }
  } catch (error) {
    const foreseen = error instanceof DureError ? error : givenUp('task.bug', BUG)
    return { status: 'failed', error: taskErrorOf(foreseen) }
  }
}
