import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { LimitExceededError } from '@dure/kernel'
import { redisScript, runScript } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { Log } from '../../tasks/task.ts'
import type { Provider } from '../index.ts'
import { createLocalLimits, type Verdict } from './local.ts'
import { ACQUIRE_LUA, PAUSE_LUA, RELEASE_LUA } from './script.ts'

export interface Asking {
  readonly provider: Provider
  /** As many as it may take, both ways. */
  readonly tokens: number
  readonly priority: 'interactive' | 'background'
  /** So long it can wait for its turn. */
  readonly waitMs: number
  /** So long its turn may last. */
  readonly lifeMs: number
  readonly signal: AbortSignal
}

export interface Turn {
  /** Called once, whatever became of it. @param used what it really took; absent: as much as was said */
  end(used?: number): void
}

/** Keeps all processes together to what a provider lets one customer do. */
export interface Governor {
  /** @throws LimitExceededError `model.rate-limited` when the wait would be longer; `signal.reason` */
  acquire(asking: Asking): Promise<Turn>
  /** The provider asks to wait: nobody asks it meanwhile. */
  pause(provider: Provider, ms: number): Promise<void>
  /** When a pause of a provider ends; undefined: it has none, or nobody knows. */
  pausedUntil(provider: Provider): Promise<Date | undefined>
}

export interface GovernorOptions {
  /** Absent: this process is alone. */
  readonly redis?: Queues['redis']
  readonly prefix: string
  readonly log: Log
}

const ACQUIRE = redisScript(ACQUIRE_LUA)
const RELEASE = redisScript(RELEASE_LUA)
const PAUSE = redisScript(PAUSE_LUA)
/** How much later one in the background comes: whoever has waited longer goes first all the same. */
const LANE_MS = { interactive: 0, background: 30_000 }
const REDIS_MS = 250
/** Less than those in line are waited for. */
const MAX_SLEEP_MS = 1000
const MAX_PAUSE_MS = 600_000

export function createGovernor({ redis, prefix, log }: GovernorOptions): Governor {
  const local = createLocalLimits(() => performance.now())
  const waiting = createWaiting()

  function run(script: typeof ACQUIRE, provider: Provider, args: readonly (string | number)[]) {
    if (!redis) return Promise.reject(new Error('there is no Redis'))
    const keys = keysOf(prefix, provider)
    const call = { keys: keys.length, args: [...keys, ...args], timeoutMs: REDIS_MS }
    return runScript(redis, script, call)
  }

  async function ask(id: string, asking: Asking): Promise<Verdict & { isShared: boolean }> {
    const { provider, priority, tokens, lifeMs } = asking
    const { requestsPerMinute = 0, tokensPerMinute = 0, concurrency = 0 } = provider.limits
    const limits = [requestsPerMinute, tokensPerMinute, concurrency]
    try {
      const args = [id, LANE_MS[priority], tokens, Math.ceil(lifeMs), ...limits]
      const answer = await run(ACQUIRE, provider, args)
      const [isAdmitted, waitMs] = Array.isArray(answer) ? answer.map(Number) : []
      return { isAdmitted: isAdmitted === 1, waitMs: waitMs ?? 0, isShared: true }
    } catch (error) {
      if (redis) log.warn({ err: error }, 'limits of models are those of this process alone')
      return { ...local.acquire(provider, tokens), isShared: false }
    }
  }

  async function release(id: string, provider: Provider, unused: number): Promise<void> {
    // If it fails, the lease ends by itself.
    await run(RELEASE, provider, [id, unused]).catch(() => {})
    waiting.wake(provider)
  }

  function turnOf(id: string, { provider, tokens }: Asking, isShared: boolean): Turn {
    return {
      end(used = tokens) {
        if (isShared) return void release(id, provider, tokens - used)
        local.release(provider, tokens - used)
        waiting.wake(provider)
      },
    }
  }

  return {
    async acquire(asking) {
      const { provider, priority, signal } = asking
      const id = randomUUID()
      const untilMs = performance.now() + asking.waitMs
      try {
        for (;;) {
          signal.throwIfAborted()
          const { isAdmitted, waitMs, isShared } = await ask(id, asking)
          if (isAdmitted) return turnOf(id, asking, isShared)
          if (waitMs < 0 || performance.now() + waitMs > untilMs) throw tooLong(provider, waitMs)
          const laneMs = LANE_MS[priority]
          await waiting.wait(provider, { waitMs: Math.min(waitMs, MAX_SLEEP_MS), laneMs, signal })
        }
      } catch (error) {
        await release(id, provider, 0)
        throw error
      }
    },

    async pause(provider, ms) {
      const pauseMs = Math.min(Math.ceil(ms), MAX_PAUSE_MS)
      local.pause(provider, pauseMs)
      await run(PAUSE, provider, [pauseMs]).catch(() => {})
    },

    async pausedUntil(provider) {
      const [state = ''] = keysOf(prefix, provider)
      if (redis?.status !== 'ready') return undefined
      const until = Number(await redis.hget(state, 'paused').catch(() => null))
      return until > Date.now() ? new Date(until) : undefined
    },
  }
}

function tooLong({ name }: Provider, waitMs: number): LimitExceededError {
  const retryAfterS = waitMs < 0 ? 30 : waitMs / 1000
  return new LimitExceededError(
    'model.rate-limited',
    `The limits of the model provider ${name} leave no room in the time of this call`,
    { provider: name },
    { retryAfterS },
  )
}

/** In one slot of a cluster. */
function keysOf(prefix: string, { name }: Provider): string[] {
  return ['state', 'leases', 'line', 'alive'].map((of) => `${prefix}:{models:${name}}:${of}`)
}

interface Waiter {
  readonly rankMs: number
  readonly wake: () => void
}

/** Those of this process who wait: when a turn ends, the first of them need not sleep any longer. */
function createWaiting() {
  const lines = new Map<string, Set<Waiter>>()
  return {
    async wait(
      { name }: Provider,
      { waitMs, laneMs, signal }: { waitMs: number; laneMs: number; signal: AbortSignal },
    ): Promise<void> {
      const line = lines.get(name) ?? new Set()
      lines.set(name, line)
      const woken = new AbortController()
      const waiter = { rankMs: performance.now() + laneMs, wake: () => woken.abort() }
      line.add(waiter)
      try {
        const either = AbortSignal.any([signal, woken.signal])
        await sleep(waitMs, undefined, { signal: either }).catch(() => signal.throwIfAborted())
      } finally {
        line.delete(waiter)
      }
    },
    wake({ name }: Provider): void {
      const [first] = [...(lines.get(name) ?? [])].sort((a, b) => a.rankMs - b.rankMs)
      first?.wake()
    },
  }
}
