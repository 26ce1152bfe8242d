import { DureError } from '@dure/kernel'
import type { Breakers } from './breakers.ts'
import { modelFailure, saysOfProvider } from './failure.ts'
import type { Asking, Governor } from './governor/governor.ts'
import type { ChosenModel } from './index.ts'

export interface Pacing {
  readonly governor: Governor
  readonly breakers: Breakers
}

interface AskedInTurn extends Omit<Asking, 'provider'> {
  readonly model: Pick<ChosenModel, 'id' | 'provider'>
  /** Aborted when whoever asks has left: then what becomes of it says nothing about the provider. */
  readonly left: AbortSignal
}

interface Work<Result> {
  readonly ask: () => PromiseLike<Result>
  /** How many tokens it took, where the provider says so. Without a result, it has failed. */
  readonly used: (result: Result | undefined) => number | undefined
}

/**
 * One request to a provider, that waits for its turn among all that the installation asks of it, and is not sent to a model that is
 * being spared.
 */
export async function inTurn<Result>(
  { governor, breakers }: Pacing,
  { model, left, ...asking }: AskedInTurn,
  { ask, used }: Work<Result>,
): Promise<Result> {
  const turn = await governor.acquire({ provider: model.provider, ...asking })
  let result: Result | undefined
  try {
    const report = breakers.pass(model)
    try {
      result = await ask()
      report(true)
      return result
    } catch (error) {
      report(saysOfProvider(error, left))
      throw error
    }
  } finally {
    turn.end(used(result))
  }
}

interface Asked extends Pick<AskedInTurn, 'model' | 'tokens' | 'priority'> {
  /** Aborted when nobody waits any more, or the time is over. */
  readonly signal: AbortSignal
  /** By `performance.now()`. */
  readonly untilMs: number
}

/** As `inTurn`, for what is tried again by somebody who does not heed what the provider says: after 429, nobody asks for a while. */
export function paced<Result>(
  pacing: Pacing,
  { signal, untilMs, ...asked }: Asked,
  { ask, used }: Work<Result>,
): Promise<Result> {
  const waitMs = Math.max(0, untilMs - performance.now())
  const heeding = async () => {
    try {
      return await ask()
    } catch (error) {
      await rest(pacing.governor, asked.model.provider, error)
      throw error
    }
  }
  const turn = { ...asked, waitMs, lifeMs: waitMs + 1000, signal, left: signal }
  return inTurn(pacing, turn, { ask: heeding, used })
}

/** Whoever asks to wait is not asked meanwhile, by nobody. */
async function rest(governor: Governor, provider: ChosenModel['provider'], error: unknown) {
  const failure = modelFailure(error)
  const { retryAfterS } = failure ?? {}
  const isLimit = failure instanceof DureError && failure.details.status === 429
  if (isLimit && retryAfterS !== undefined) await governor.pause(provider, retryAfterS * 1000)
}
