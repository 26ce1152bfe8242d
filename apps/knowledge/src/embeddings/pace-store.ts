import { hash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { LimitExceededError } from '@dure/kernel'
import { type Logger, redisScript, runScript } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'

/** Lets requests go evenly: at 60 a minute, one per second. */
export interface Pace {
  /**
   * Waits until the next one may go.
   *
   * @throws LimitExceededError `embedding.rate-limited` when that would take too long; `signal.reason` when it is aborted
   */
  next(signal: AbortSignal): Promise<void>
}

/** @param perMinute 0: no bound */
export function createPace(perMinute: number): Pace {
  const gapMs = gapOf(perMinute)
  /** When the next one may go, on the clock of `performance.now()`. */
  let nextAtMs = 0
  return {
    async next(signal) {
      const nowMs = performance.now()
      const waitMs = Math.max(0, nextAtMs - nowMs)
      if (waitMs > MOST_WAIT_MS) throw tooLong(waitMs)
      nextAtMs = nowMs + waitMs + gapMs
      await pause(waitMs, signal)
    },
  }
}

export interface SharedPaceOptions {
  readonly redis: Queues['redis']
  /** Of all processes that share it. */
  readonly key: string
  readonly perMinute: number
  readonly log: Pick<Logger, 'warn' | 'info'>
}

const MOST_WAIT_MS = 300_000
const REDIS_MS = 250
const MICROSECONDS = 1000

/** Microseconds of the clock of Redis: no process brings one along. Answers how long to wait, or less than 0 what that would be. */
const NEXT = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
if at - now > tonumber(ARGV[2]) then return now - at end
local after = at + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
return at - now
`)

/** One pace of all processes. While Redis is away, each has its own. */
export function createSharedPace({ redis, key, perMinute, log }: SharedPaceOptions): Pace {
  const own = createPace(perMinute)
  if (perMinute === 0) return own
  const gap = Math.round(gapOf(perMinute) * MICROSECONDS)
  const args = [key, gap, MOST_WAIT_MS * MICROSECONDS]
  let isAlone = false

  /** @returns undefined when Redis does not answer */
  async function ask(): Promise<number | undefined> {
    try {
      const answer = Number(await runScript(redis, NEXT, { keys: 1, args, timeoutMs: REDIS_MS }))
      if (isAlone) log.info('requests for vectors are those of all processes again')
      isAlone = false
      return answer / MICROSECONDS
    } catch (error) {
      if (!isAlone) log.warn({ err: error }, 'requests for vectors are those of this process alone')
      isAlone = true
      return undefined
    }
  }

  return {
    async next(signal) {
      signal.throwIfAborted()
      const waitMs = await ask()
      if (waitMs === undefined) return own.next(signal)
      if (waitMs < 0) throw tooLong(-waitMs)
      await pause(waitMs, signal)
    },
  }
}

/** Whoever the provider takes for one customer. */
export function paceKeyOf(
  prefix: string,
  provider: { readonly EMBEDDING_BASE_URL: string; readonly EMBEDDING_API_KEY: string },
): string {
  const customer = JSON.stringify([provider.EMBEDDING_BASE_URL, provider.EMBEDDING_API_KEY])
  return `${prefix}:embedding-pace:${hash('sha256', customer, 'base64url').slice(0, 16)}`
}

function gapOf(perMinute: number): number {
  return perMinute === 0 ? 0 : 60_000 / perMinute
}

async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  if (waitMs > 0) await wait(waitMs, undefined, { signal })
}

function tooLong(waitMs: number): LimitExceededError {
  return new LimitExceededError(
    'embedding.rate-limited',
    'More requests for vectors wait than may be made in five minutes (EMBEDDING_REQUESTS_PER_MINUTE)',
    {},
    { retryAfterS: waitMs / 1000 },
  )
}
