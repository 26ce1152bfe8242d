import { DureError } from '@dure/kernel'
import type { Breakers } from './breakers.ts'
import { modelFailure, saysOfProvider } from './failure.ts'
import type { Governor } from './governor/governor.ts'
import type { ChosenModel } from './index.ts'

export interface Pacing {
  readonly governor: Governor
  readonly breakers: Breakers
}

interface Asked {
  readonly model: Pick<ChosenModel, 'id' | 'provider'>
  /** As many as it may take. */
  readonly tokens: number
  readonly priority: 'interactive' | 'background'
  /** Aborted when nobody waits any more, or the time is over. */
  readonly signal: AbortSignal
  /** By `performance.now()`. */
  readonly untilMs: number
}

interface Work<Result> {
  readonly ask: () => PromiseLike<Result>
  /** How many tokens it took, where the provider says so. */
  readonly used: (result: Result) => number | undefined
}

/**
 * One request to a provider, that waits for its turn among all that the installation asks of it, and is not sent to a model that is
 * being spared.
 */
export async function paced<Result>(
  { governor, breakers }: Pacing,
  { model, tokens, priority, signal, untilMs }: Asked,
  { ask, used }: Work<Result>,
): Promise<Result> {
  const { provider } = model
  const waitMs = Math.max(0, untilMs - performance.now())
  const lifeMs = waitMs + 1000
  const turn = await governor.acquire({ provider, tokens, priority, waitMs, lifeMs, signal })
  let taken: number | undefined
  try {
    const report = breakers.pass(model)
    try {
      const result = await ask()
      report(true)
      taken = used(result)
      return result
    } catch (error) {
      report(saysOfProvider(error, signal))
      await rest(governor, provider, error)
      throw error
    }
  } finally {
    turn.end(taken)
  }
}

/** Whoever asks to wait is not asked meanwhile, by nobody. */
async function rest(governor: Governor, provider: ChosenModel['provider'], error: unknown) {
  const failure = modelFailure(error)
  const { retryAfterS } = failure ?? {}
  const isLimit = failure instanceof DureError && failure.details.status === 429
  if (isLimit && retryAfterS !== undefined) await governor.pause(provider, retryAfterS * 1000)
}
