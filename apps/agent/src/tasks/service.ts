import { outgoing, type TaskOutcome, type TaskRef, workflowQueue } from '@dure/contracts'
import { DureError, UnavailableError } from '@dure/kernel'
import type { MessageContext, Queues, Relay, TraceHeaders } from '@dure/platform'
import type { Claim } from '../effects/effect.ts'
import { holding, LeaseLostError } from '../effects/lease.ts'
import type { EffectLedger } from '../effects/store.ts'
import { StoppingError, withGrace } from './stop.ts'
import type { OutcomeStore } from './store.ts'
import {
  type Ending,
  type Executor,
  failed,
  OutcomeUnknownError,
  succeeded,
  TaskGivenUpError,
} from './task.ts'

export interface TaskMessage<Input> {
  readonly task: TaskRef
  readonly input: Input
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
}

export interface TaskServiceOptions {
  readonly effects: EffectLedger
  readonly outcomes: OutcomeStore
  readonly queues: Pick<Queues, 'send'>
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
  const { effects, outcomes, queues, relay, leaseMs, stopGraceMs } = options

  async function report(task: TaskRef, outcome: TaskOutcome, context?: TraceHeaders) {
    const message = outgoing(workflowQueue, 'task.finish', { task, outcome })
    await queues.send(message, context && { context })
  }

  /** The task is over for this process: either somebody else has it, or the next delivery will. */
  async function giveBack<Input>(job: Job<Input>, { hold, tries }: Claimed, error: unknown) {
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
      if (error instanceof DureError) return failedEnding(job, error, durationMs())
      return giveBack(job, claim, error)
    }
  }

  async function executeClaimed<Input>(job: Job<Input>, claim: Claimed): Promise<void> {
    const { hold } = claim
    const onError = (error: unknown) => job.log.warn({ err: error }, 'the lease was not renewed')
    const lease = { hold, leaseMs, renew: effects.renew, onError }
    const ending = await holding(lease, async (lost) => {
      const reached = await attempt(job, claim, lost)
      if (reached === undefined) return undefined
      const { state } = await outcomes.record(job, hold, reached)
      return state === 'superseded' ? undefined : reached
    })
    if (ending === undefined) return
    relay.kick()
    await report(job.task, ending.outcome)
  }

  return {
    async execute(executor, message, { log, signal }) {
      const { task } = message
      const job = { ...message, executor, signal, log: log.child({ taskKey: task.taskKey }) }
      const claim = await effects.claim(task)
      if (claim.state === 'claimed') await executeClaimed(job, claim)
      else if (claim.state === 'finished') await report(task, claim.outcome, claim.trace)
      else job.log.info({ attempt: task.attempt }, `dropped: the task is ${claim.state}`)
    },
  }
}

const BUG = 'Executing the task failed in a way that nobody had foreseen: report it'
const CRASHED = `The task was begun ${MAX_TRIES} times and never ended: each time its process died`

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
