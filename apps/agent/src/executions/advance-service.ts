import type { Tenant } from '@dure/contracts'
import { DureError, UnavailableError } from '@dure/kernel'
import { type Relay, runInTrace, withSpan } from '@dure/platform'
import type { MessageContext } from '@dure/platform/queues'
import { grantsOf } from '../agents/grants.ts'
import type { AgentLookup } from '../agents/lookup-store.ts'
import { CancelledError, holding, LeaseLostError } from '../effects/lease.ts'
import { StoppingError, withGrace } from '../tasks/stop.ts'
import { taskErrorOf } from '../tasks/task-error.ts'
import type { Tools } from '../tools/tool.ts'
import { endedEvent, failedWith } from './ending.ts'
import type { Ending } from './execution.ts'
import type { Execution } from './execution-row.ts'
import { createExecutionsInHand } from './in-hand.ts'
import { definitionFor } from './narrowing.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { createSteps, type StepsOptions } from './steps-service.ts'
import { callKeyOf, isBusy } from './tool-calls-service.ts'
import type { Claimed, ExecutionRef, ExecutionWorkStore } from './work-store.ts'

type Context = Pick<MessageContext, 'log' | 'signal'>

export interface AdvanceService {
  /**
   * Does for an execution what can be done now, unless somebody else is at it. A message may come twice,
   * late, or to several processes at once: the row decides.
   *
   * @throws UnavailableError `execution.handed-back` when the service stops before that
   */
  advance(ref: ExecutionRef, context: Context): Promise<void>
  /** In this process at once; elsewhere it is noticed when the lease is renewed. */
  cancelInHand(ref: Pick<ExecutionRef, 'id'>): void
}

export interface AdvanceOptions extends Omit<StepsOptions, 'store' | 'tools'> {
  readonly store: ExecutionWorkStore
  readonly agents: Pick<AgentLookup, 'pinned'>
  readonly tools: Tools
  readonly relay: Pick<Relay, 'kick'>
  /** Told of each end, at least once. */
  readonly ended: (ref: ExecutionRef) => Promise<void>
  /** Calls that were sent, and whose answers nobody waits for any more. */
  readonly abandon: (tenant: Tenant, callKeys: readonly string[]) => Promise<void>
  readonly leaseMs: number
  /** How long a step may go on when the service stops. */
  readonly stopGraceMs: number
}

const MAX_TRIES = 5
const GIVEN_UP = `The execution was begun ${MAX_TRIES} times and came no further: each time its process died`
const BUG = 'The execution failed in a way that nobody had foreseen: report it'
const TIMED_OUT = 'The execution took longer than its limits allow'

/** It has taken as long as it may. */
class OverdueError extends Error {
  override readonly name = 'OverdueError'
}

export function createAdvanceService(options: AdvanceOptions): AdvanceService {
  const { store, agents, tools, leaseMs, stopGraceMs } = options
  const inHand = createExecutionsInHand()
  const steps = createSteps(options)

  async function work(claimed: Claimed, context: Context, over: AbortController) {
    const { execution } = claimed
    const { tenant, agentId, agentVersion } = execution
    const pinned = await agents.pinned(tenant, agentId, agentVersion)
    const agent = { ...pinned, definition: definitionFor(execution, pinned.definition) }
    const attributes = attributesOf(execution, agent.name)
    return withSpan(`invoke_agent ${agent.name}`, attributes, async (span) => {
      const loaded = await store.load(execution.id)
      const lost = (error: unknown) => over.abort(error)
      const recorder = createRecorder(store, claimed, { loaded, lost })
      try {
        if (claimed.tries > MAX_TRIES) throw new GivenUpError('agent.gave-up', GIVEN_UP)
        const bound = await tools.bind(tenant, grantsOf(agent.definition))
        const grace = { stop: context.signal, graceMs: stopGraceMs, lost: over.signal }
        return await withGrace(grace, (signal) =>
          steps({ ...{ claimed, agent, recorder, signal }, tools: bound, stop: context.signal }),
        )
      } catch (error) {
        const ending = endingOf(error, over.signal, claimed.tries)
        if (!ending) throw error
        if (ending.error) span.setAttribute('error.type', ending.error.code)
        await recordEnd({ claimed, recorder }, ending, error)
        return 'over'
      } finally {
        const { usage, ended, open } = recorder.state()
        const sent = open.filter(({ isSent }) => isSent)
        if (ended && sent.length > 0) {
          const keys = sent.map(({ callId }) => callKeyOf(execution.id, callId))
          // What is lost of it ends by its own limit of time.
          await options.abandon(tenant, keys).catch((error: unknown) => {
            context.log.warn({ err: error }, 'what waits for nobody any more was not called off')
          })
        }
        span.setAttributes({
          'gen_ai.usage.input_tokens': usage.inputTokens,
          'gen_ai.usage.output_tokens': usage.outputTokens,
          'dure.cost_micro_usd': usage.costMicroUsd,
        })
      }
    })
  }

  async function inLease(claimed: Claimed, context: Context): Promise<'over' | 'waiting'> {
    const { hold, execution, leftMs } = claimed
    const over = new AbortController()
    const end = inHand.begin(execution.id, over)
    const overdue = () => over.abort(new OverdueError(TIMED_OUT))
    const timer = setTimeout(overdue, Math.min(Math.max(leftMs, 0), MAX_TIMER_MS))
    const onError = (error: unknown) =>
      context.log.warn({ err: error }, 'the lease was not renewed')
    try {
      const lease = { hold, leaseMs, renew: store.renew, onError, over }
      return await holding(lease, () => work(claimed, context, over))
    } finally {
      clearTimeout(timer)
      end()
    }
  }

  return {
    cancelInHand: ({ id }) => inHand.cancel(id),

    async advance(ref, context) {
      const claimed = await store.claim(ref)
      if (!claimed) return
      const log = context.log.child({ executionId: ref.id })
      const outcome = await runInTrace(claimed.execution.trace, () =>
        inLease(claimed, { ...context, log }),
      ).catch((error: unknown) => giveBack(store, { claimed, log, error }))
      options.relay.kick()
      if (outcome === 'over') await options.ended(ref)
    },
  }
}

/** Of a timer of Node. */
const MAX_TIMER_MS = 2_147_483_647

/** Every execution took its process down, or threw what nobody had foreseen. */
class GivenUpError extends DureError {
  override readonly kind = 'unavailable'
}

/** @returns undefined for what is no end of the execution, but of the work of this process on it */
function endingOf(error: unknown, over: AbortSignal, tries: number): Ending | undefined {
  const { reason }: { reason: unknown } = over
  if (error instanceof LeaseLostError || reason instanceof LeaseLostError) return undefined
  if (error instanceof CancelledError || reason instanceof CancelledError) {
    return { status: 'cancelled' }
  }
  if (reason instanceof OverdueError) {
    return failedWith({ code: 'agent.timed-out', message: TIMED_OUT, class: 'timeout' })
  }
  if (error instanceof StoppingError || isBusy(error)) return undefined
  if (error instanceof GivenUpError) return failedWith({ ...taskErrorOf(error), class: 'internal' })
  if (error instanceof DureError) return failedWith(taskErrorOf(error))
  return tries < MAX_TRIES
    ? undefined
    : failedWith({ code: 'agent.bug', message: BUG, class: 'internal' })
}

async function recordEnd(
  { claimed, recorder }: { readonly claimed: Claimed; readonly recorder: Recorder },
  ending: Ending,
  cause: unknown,
): Promise<void> {
  const state = recorder.state()
  if (state.ended) return
  const { said: partial } = state
  const { agentId } = claimed.execution
  const whole = { ...ending, ...(partial && { partial }) }
  await recorder.record([endedEvent(state, { ending: whole, agentId, cause })])
}

/** For this process it is over: either somebody else has it, or the next delivery will. */
async function giveBack(
  store: Pick<ExecutionWorkStore, 'release'>,
  { claimed, log, error }: { claimed: Claimed; log: Context['log']; error: unknown },
): Promise<undefined> {
  if (error instanceof LeaseLostError) {
    log.warn('the execution was taken over: what was not recorded is discarded')
    return undefined
  }
  const isFine = error instanceof StoppingError || isBusy(error)
  if (!isFine) log.error({ err: error }, 'an execution threw what nobody had foreseen')
  await store.release(claimed.hold, { counted: !isFine })
  if (!(error instanceof StoppingError)) throw error
  throw new UnavailableError('execution.handed-back', 'The service stops: another one takes over')
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/ */
function attributesOf({ id, agentId, threadId }: Execution, name: string) {
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.id': agentId,
    'gen_ai.agent.name': name,
    ...(threadId !== null && { 'gen_ai.conversation.id': threadId }),
    'dure.execution_id': id,
  }
}
