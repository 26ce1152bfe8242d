import type { PinnedAgent } from '../agents/lookup-store.ts'
import { BudgetExceededError } from '../budgets/spending.ts'
import { heardBy, rulesInForce } from '../guardrails/links.ts'
import type { StepGuards } from '../guardrails/step-guard.ts'
import type { ModelCaller } from '../models/model-call.ts'
import { StoppingError } from '../tasks/stop.ts'
import type { BoundTool, Tools } from '../tools/tool.ts'
import { endedEvent } from './ending.ts'
import { type ExecutionState, nextAction } from './execution.ts'
import type { LiveAnswer, LiveStep } from './live-service.ts'
import { answeredEvent, awaitedEvents, modelCallOf, payerOf, toldByOthers } from './model-step.ts'
import type { Recorder } from './recorder.ts'
import { callTools } from './tool-calls-service.ts'
import { createWaits } from './waits-service.ts'
import type { Claimed, ExecutionWorkStore } from './work-store.ts'

export interface StepsOptions {
  readonly store: Pick<ExecutionWorkStore, 'answers' | 'sent' | 'wait' | 'renew'>
  readonly models: ModelCaller
  readonly guards: StepGuards
  readonly tools: Pick<Tools, 'execute'>
  readonly live: { begin(of: LiveStep): LiveAnswer }
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

function asksForMoney(error: unknown): boolean {
  return error instanceof BudgetExceededError && error.details.policy === 'ask'
}

/** Does what an execution has to do next, until it is over or waits. */
export function createSteps(options: StepsOptions) {
  const { models, live, guards } = options
  const { wait, waitForMoney } = createWaits(options)

  /** @returns false where a budget wants somebody to raise its limit first */
  async function callModel(of: Advancing, step: number): Promise<boolean> {
    const { claimed, agent, recorder, signal } = of
    const { execution } = claimed
    const isVerbatim = agent.definition.outputSchema === undefined
    const rules = rulesInForce(agent.definition, recorder.state())
    const answer = live.begin({ execution, state: recorder.state(), step, isVerbatim })
    const start = performance.now()
    const heard = heardBy(answer.write, rules)
    const guard = guards({
      ...{ rules, callKey: `${execution.id}/${step}/guard`, signal },
      ...{ payer: payerOf(execution), kind: 'step', priority: execution.priority },
    })
    const { begun } = recorder.state()
    let isChecked = begun?.inputFindings !== undefined
    try {
      // What comes later is what the model and its tools have said.
      if (step === 1 && !isChecked) await guard.input(toldByOthers(recorder.state(), execution))
      isChecked = step === 1
      const asked = models.call({
        ...modelCallOf(execution, agent, { state: recorder.state(), tools: of.tools }),
        timeoutMs: options.modelTimeoutMs,
        signal,
        onDelta: heard.write,
      })
      const reply = await asked.catch((error: unknown) => {
        throw guard.withCosts(error)
      })
      const durationMs = Math.round(performance.now() - start)
      const said = { reply: await guard.output(reply), durationMs, noted: guard.noted, begun }
      heard.flush()
      await recorder.record([answeredEvent(execution, step, said)])
      return true
    } catch (error) {
      if (!asksForMoney(error)) throw error
      const rest = { ...(isChecked && rules.length > 0 && { checked: guard.noted }), begun }
      await recorder.record(awaitedEvents(execution, step, { error, ...rest }))
      return false
    } finally {
      answer.close()
    }
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
      if (action.kind === 'call-model') {
        const isPaid = await callModel(of, action.step)
        if (!isPaid && (await waitForMoney(of))) return 'waiting'
      } else if (action.kind === 'call-tools') await callTools(options, of, action.calls)
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
