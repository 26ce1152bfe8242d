import { inTime, type RedisScript, redisScript, runScript } from '@dure/platform'
import type { Redis } from 'ioredis'
import type { Answer, Ask } from './rule.ts'
import { ASK_LUA, decodeAnswer, encodeAsk } from './script.ts'

/** Redis, as limits need it: every call ends within its time, one way or the other. */
export interface LimitStore {
  /** @throws when Redis does not answer in time */
  ask(ask: Ask): Promise<Answer>
  /**
   * Says that this process lives, and that it says so again within `withinMs`.
   *
   * @throws when Redis does not answer in time
   */
  beat(member: string, withinMs: number): Promise<Members>
  /** Says that it is going. */
  leave(member: string): Promise<void>
}

export interface Members {
  /** Those that keep their word. */
  readonly live: number
  /** With those that broke it in the last minute: they are dead, or cut off from Redis. */
  readonly all: number
}

export interface LimitStoreOptions {
  readonly redis: Redis
  readonly prefix: string
  /** How long an answer is waited for. */
  readonly timeoutMs: number
}

const MISSED_MS = 60_000

const BEAT_LUA = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]))
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]) + tonumber(ARGV[3]))
return { redis.call('ZCOUNT', KEYS[1], now, '+inf'), redis.call('ZCARD', KEYS[1]) }
`

export function createLimitStore({ redis, prefix, timeoutMs }: LimitStoreOptions): LimitStore {
  const membersKey = `${prefix}:limits:members`

  function run(
    script: RedisScript,
    keys: number,
    args: readonly (string | number)[],
  ): Promise<unknown> {
    return runScript(redis, script, { keys, args, timeoutMs })
  }

  return {
    ask: async (ask) => decodeAnswer(ask, await run(ASK, ask.reports.length, encodeAsk(ask))),
    async beat(member, withinMs) {
      const counts = await run(BEAT, 1, [membersKey, member, withinMs, MISSED_MS])
      const [live, all] = Array.isArray(counts) ? counts.map(Number) : []
      return { live: Math.max(1, live ?? 1), all: Math.max(1, all ?? 1) }
    },
    async leave(member) {
      if (redis.status === 'ready') await inTime(redis.zrem(membersKey, member), timeoutMs)
    },
  }
}

const ASK = redisScript(ASK_LUA)
const BEAT = redisScript(BEAT_LUA)
