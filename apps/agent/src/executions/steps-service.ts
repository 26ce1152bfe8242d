import type { PinnedAgent } from '../agents/lookup-store.ts'
import { CancelledError } from '../effects/lease.ts'
import { guardReply, rulesFor } from '../guardrails/guard.ts'
import type { ModelCaller } from '../models/model-call.ts'
import { StoppingError } from '../tasks/stop.ts'
import type { BoundTool, Tools } from '../tools/tool.ts'
import { endedEvent } from './ending.ts'
import { type ExecutionState, nextAction } from './execution.ts'
import type { LiveAnswer } from './live-service.ts'
import { answeredEvent, modelCallOf } from './model-step.ts'
import type { Recorder } from './recorder.ts'
import { sortSent } from './sent-calls.ts'
import { callTools } from './tool-calls-service.ts'
import { answersTaken, notAnswered } from './tool-step.ts'
import type { Claimed, ExecutionWorkStore } from './work-store.ts'

export interface StepsOptions {
  readonly store: Pick<ExecutionWorkStore, 'answers' | 'sent' | 'wait' | 'renew'>
  readonly models: ModelCaller
  readonly tools: Pick<Tools, 'execute'>
  readonly live: { begin(executionId: Claimed['execution']['id'], step: number): LiveAnswer }
  /** Of one call of a model, where the execution has more time left. */
  readonly modelTimeoutMs: number
  readonly toolTimeoutMs: number
}

/** An execution in hand, with all that its steps need. */
export interface Advancing {
  readonly claimed: Claimed
  readonly agent: PinnedAgent
  readonly tools: readonly BoundTool[]
  readonly recorder: Recorder
  /** Aborted when there is nothing more to win, or no time. */
  readonly signal: AbortSignal
  /** Aborted when the service stops: the step in hand may end, the next one is for others. */
  readonly stop: AbortSignal
}

/** Does what an execution has to do next, until it is over or waits. */
export function createSteps(options: StepsOptions) {
  const { store, models, live } = options

  async function callModel(of: Advancing, step: number): Promise<void> {
    const { claimed, agent, recorder, signal } = of
    const { execution } = claimed
    const answer = live.begin(execution.id, step)
    const start = performance.now()
    const { guardrails } = agent.definition
    // What is guarded is not heard before it is whole.
    const isGuarded = rulesFor('output', guardrails).length > 0
    try {
      const reply = await models.call({
        ...modelCallOf(execution, agent, { state: recorder.state(), tools: of.tools }),
        timeoutMs: options.modelTimeoutMs,
        signal,
        onDelta: isGuarded ? () => {} : answer.write,
      })
      const durationMs = Math.round(performance.now() - start)
      const said = { reply: guardReply(reply, guardrails), durationMs }
      await recorder.record([answeredEvent(execution, step, said)])
    } finally {
      answer.close()
    }
  }

  async function unanswered({ claimed, recorder }: Advancing) {
    const { open } = recorder.state()
    const isAnySent = open.some(({ isSent }) => isSent)
    const sent = isAnySent ? await store.sent(claimed.execution.id) : []
    return sortSent(open, sent, options.toolTimeoutMs)
  }

  /** @returns whether it sleeps; else something has come meanwhile */
  async function wait(of: Advancing): Promise<boolean> {
    const { claimed, recorder, tools: bound } = of
    const { execution, hold } = claimed
    const { answers, seen } = await store.answers(execution)
    const news = answersTaken(recorder.state(), answers, bound)
    await recorder.record(news)
    if (news.length > 0) return false
    const { late, again, nextMs } = await unanswered(of)
    await recorder.record(notAnswered(recorder.state().steps, late))
    if (again.length > 0) await callTools(options, of, again)
    if (late.length + again.length > 0) return false
    if (await store.wait(hold, { seen, nextMs })) return true
    const renewal = await store.renew(hold)
    if (renewal === 'cancelled') throw new CancelledError(`${execution.id} was cancelled`)
    return false
  }

  /** @returns how the execution is when nothing more can be done for it now */
  return async function advance(of: Advancing): Promise<'over' | 'waiting'> {
    const { claimed, recorder, signal, stop } = of
    const { limits } = claimed.execution
    for (;;) {
      signal.throwIfAborted()
      if (stop.aborted) throw new StoppingError('The service stops')
      const circumstances = {
        limits,
        isOverdue: claimed.leftMs <= 0,
        isCancelled: claimed.isCancelled,
      }
      const action = nextAction(recorder.state(), circumstances)
      if (action.kind === 'call-model') await callModel(of, action.step)
      else if (action.kind === 'call-tools') await callTools(options, of, action.calls)
      else if (action.kind === 'finish') {
        await finish(of, recorder.state(), action.ending)
        return 'over'
      } else if (await wait(of)) return 'waiting'
    }
  }
}

async function finish(
  { claimed, recorder }: Pick<Advancing, 'claimed' | 'recorder'>,
  state: ExecutionState,
  ending: Parameters<typeof endedEvent>[1]['ending'],
): Promise<void> {
  if (state.ended) return
  await recorder.record([endedEvent(state, { ending, agentId: claimed.execution.agentId })])
}
