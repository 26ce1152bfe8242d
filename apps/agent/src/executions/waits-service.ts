import { CancelledError } from '../effects/lease.ts'
import { rulesInForce } from '../guardrails/links.ts'
import { sortSent } from './sent-calls.ts'
import type { Advancing, StepsOptions } from './steps-service.ts'
import { callTools } from './tool-calls-service.ts'
import { answersTaken, notAnswered } from './tool-step.ts'

/** How often an execution that has no money looks whether there is some. */
const MONEY_MS = 15_000

/** Each tells whether the execution sleeps; else something has come meanwhile. */
export interface Waits {
  /** For what others have to say: whoever decides, and tools that answer later. */
  wait(of: Advancing): Promise<boolean>
  /** For somebody to raise the limit of a budget. */
  waitForMoney(of: Advancing): Promise<boolean>
}

export function createWaits(options: StepsOptions): Waits {
  const { store } = options

  async function unanswered({ claimed, recorder }: Advancing) {
    const { open } = recorder.state()
    const isAnySent = open.some(({ isSent }) => isSent)
    const sent = isAnySent ? await store.sent(claimed.execution.id) : []
    return sortSent(open, sent, options.toolTimeoutMs)
  }

  async function sleep(
    { claimed, recorder }: Advancing,
    until: { readonly seen: number; readonly nextMs: number | undefined },
  ): Promise<boolean> {
    await recorder.settled()
    if (await store.wait(claimed.hold, until)) return true
    const renewal = await store.renew(claimed.hold)
    if (renewal === 'cancelled') throw new CancelledError(`${claimed.execution.id} was cancelled`)
    return false
  }

  return {
    async wait(of) {
      const { claimed, recorder, tools } = of
      const { answers, seen } = await store.answers(claimed.execution)
      const rules = rulesInForce(of.agent.definition, recorder.state())
      const news = answersTaken(recorder.state(), answers, { tools, rules })
      await recorder.record(news)
      if (news.length > 0) return false
      const { late, again, nextMs } = await unanswered(of)
      await recorder.record(notAnswered(recorder.state().steps, late))
      if (again.length > 0) await callTools(options, of, again)
      if (late.length + again.length > 0) return false
      return sleep(of, { seen, nextMs })
    },

    async waitForMoney(of) {
      const { seen } = await store.answers(of.claimed.execution)
      return sleep(of, { seen, nextMs: MONEY_MS })
    },
  }
}
