import type { Provider } from '../index.ts'

export interface Verdict {
  readonly isAdmitted: boolean
  /** Until it makes sense to ask again. Less than 0: too many wait already. */
  readonly waitMs: number
}

interface State {
  requests: number
  tokens: number
  atMs: number
  pausedUntilMs: number
  running: number
}

const POLL_MS = 50
const MINUTE_MS = 60_000

/**
 * The limits of this process alone, for as long as Redis is away: each process then keeps to the
 * limits as if there were no other one, without lanes. What is too much for the provider, it says.
 */
export function createLocalLimits(nowMs: () => number) {
  const states = new Map<string, State>()

  function stateOf({ name, limits }: Provider): State {
    const known = states.get(name)
    if (known) return known
    const { requestsPerMinute = 0, tokensPerMinute = 0 } = limits
    const state = {
      ...{ requests: holds(requestsPerMinute), tokens: holds(tokensPerMinute) },
      ...{ atMs: nowMs(), pausedUntilMs: 0, running: 0 },
    }
    states.set(name, state)
    return state
  }

  return {
    acquire(provider: Provider, tokens: number): Verdict {
      const state = stateOf(provider)
      const { requestsPerMinute = 0, tokensPerMinute = 0, concurrency = 0 } = provider.limits
      const sinceMs = nowMs() - state.atMs
      state.atMs += sinceMs
      state.requests = filled(state.requests, requestsPerMinute, sinceMs)
      state.tokens = filled(state.tokens, tokensPerMinute, sinceMs)
      const waitMs = Math.max(
        state.pausedUntilMs - nowMs(),
        waitFor(1 - state.requests, requestsPerMinute),
        waitFor(Math.min(tokens, holds(tokensPerMinute)) - state.tokens, tokensPerMinute),
        concurrency > 0 && state.running >= concurrency ? POLL_MS : 0,
      )
      if (waitMs > 0) return { isAdmitted: false, waitMs }
      state.running += 1
      state.requests -= 1
      state.tokens -= tokens
      return { isAdmitted: true, waitMs: 0 }
    },
    release(provider: Provider, unused: number): void {
      const state = stateOf(provider)
      state.running -= 1
      state.tokens += unused
    },
    pause(provider: Provider, ms: number): void {
      const state = stateOf(provider)
      state.pausedUntilMs = Math.max(state.pausedUntilMs, nowMs() + ms)
    },
  }
}

function holds(perMinute: number): number {
  return perMinute === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(perMinute / 7))
}

function ratePerMs(perMinute: number): number {
  return (perMinute - holds(perMinute) + 1) / MINUTE_MS
}

function filled(level: number, perMinute: number, sinceMs: number): number {
  if (perMinute === 0) return level
  return Math.min(holds(perMinute), level + sinceMs * ratePerMs(perMinute))
}

function waitFor(short: number, perMinute: number): number {
  return short > 0 && perMinute > 0 ? short / ratePerMs(perMinute) : 0
}
