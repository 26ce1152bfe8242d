import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

export interface RedisScript {
  readonly text: string
  readonly sha: string
}

export interface ScriptCall {
  /** How many of the arguments are keys; they come first. */
  readonly keys: number
  readonly args: readonly (string | number)[]
  readonly timeoutMs: number
}

export function redisScript(text: string): RedisScript {
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}

/**
 * Runs a script by its hash; a Redis that was restarted learns the text again.
 *
 * @throws when Redis is not connected, or does not answer in time
 */
export function runScript(
  redis: Redis,
  { text, sha }: RedisScript,
  { keys, args, timeoutMs }: ScriptCall,
): Promise<unknown> {
  // What waits for a connection would be answered too late.
  if (redis.status !== 'ready') return Promise.reject(new Error('Redis is not connected'))
  return inTime(run(), timeoutMs)

  async function run(): Promise<unknown> {
    try {
      return await redis.evalsha(sha, keys, ...args)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      await redis.script('LOAD', text)
      return redis.evalsha(sha, keys, ...args)
    }
  }
}

/**
 * Rejects when the time is over, but never while the answer may lie in the socket already: a process
 * that was busy for longer first reads what has come.
 */
export function inTime<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => setImmediate(() => reject(new Error(`Redis did not answer in ${timeoutMs} ms`))),
      timeoutMs,
    )
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
