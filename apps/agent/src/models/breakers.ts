import { UnavailableError } from '@dure/kernel'
import { Breaker, type BreakerLimits, type BreakerState } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { ChosenModel, Provider } from './index.ts'

type Model = Pick<ChosenModel, 'id' | 'provider'>

export interface BreakerView {
  readonly model: string
  readonly state: BreakerState
}

/** A breaker for each model of each provider. Each process judges by what it has seen itself. */
export interface Breakers {
  /**
   * @returns to be called once, with what the attempt says about the provider; undefined: nothing
   * @throws UnavailableError `model.unavailable` when the model is spared
   */
  pass(model: Model): (isWell?: boolean) => void
  /** Those of a provider that some process has found broken. */
  view(provider: Provider): Promise<BreakerView[]>
}

export interface BreakersOptions {
  /** What others are told through; absent: nobody is. */
  readonly redis?: Queues['redis']
  readonly prefix: string
  readonly limits?: Partial<BreakerLimits>
}

/** Calls of models are few and long. */
const LIMITS = { windowMs: 60_000, minResults: 10, failureShare: 0.5, openMs: 15_000, probes: 1 }
/** So long a broken model is shown as one that is being tried, when nobody tries it. */
const SHOWN_MS = 60_000
/** Names of models come from users. */
const MAX_BREAKERS = 1000

export function createBreakers({ redis, prefix, limits = {} }: BreakersOptions): Breakers {
  const breakers = new Map<string, Breaker>()
  const keyOf = ({ name }: Provider) => `${prefix}:models:breakers:${name}`

  function breakerOf({ id, provider }: Model): Breaker {
    const name = `${provider.name}/${id}`
    const known = breakers.get(name)
    if (known) return known
    const [oldest] = breakers.keys()
    if (breakers.size >= MAX_BREAKERS && oldest !== undefined) breakers.delete(oldest)
    const breaker = new Breaker(() => performance.now(), { ...LIMITS, ...limits })
    breakers.set(name, breaker)
    return breaker
  }

  /** For people to look at: that nobody hears of it harms nothing. */
  function tell({ id, provider }: Model, breaker: Breaker): void {
    if (redis?.status !== 'ready') return
    const key = keyOf(provider)
    const told =
      breaker.state === 'closed'
        ? redis.hdel(key, id)
        : redis
            .multi()
            .hset(key, id, String(Date.now() + breaker.waitMs))
            .pexpire(key, breaker.waitMs + SHOWN_MS)
            .exec()
    told.catch(() => {})
  }

  return {
    pass(model) {
      const breaker = breakerOf(model)
      if (!breaker.tryPass()) throw spared(model, breaker.waitMs)
      return (isWell) => {
        const before = breaker.state
        if (isWell === undefined) breaker.abandoned()
        else if (isWell) breaker.succeeded()
        else breaker.failed()
        if (breaker.state !== before) tell(model, breaker)
      }
    },

    async view(provider) {
      if (redis?.status !== 'ready') return []
      const open = await redis.hgetall(keyOf(provider)).catch(() => ({}))
      return Object.entries(open).map(([model, until]) => ({
        model,
        state: Number(until) > Date.now() ? 'open' : 'half-open',
      }))
    },
  }
}

function spared({ id, provider }: Model, waitMs: number): UnavailableError {
  return new UnavailableError(
    'model.unavailable',
    `The model ${id} of ${provider.name} fails so often that it is spared for a while`,
    { provider: provider.name, isSpared: true },
    { retryAfterS: waitMs / 1000 },
  )
}
