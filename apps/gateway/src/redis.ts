import type { Logger } from '@dure/platform'
import { Redis } from 'ioredis'

/**
 * A connection that never keeps anybody waiting: without a server a command fails at once, and with a
 * silent one after 250 ms. Everything here does without Redis when it must.
 */
export function connectRedis(redisUrl: string, log: Logger): Redis {
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 250,
    // An answer is due, and nothing has come for so long: the connection is dead, and a new one is made.
    socketTimeout: 1500,
    keepAlive: 10_000,
    retryStrategy: (attempts) => Math.min(attempts * 50, 500),
  })
  let told = false
  redis.on('ready', () => {
    told = false
  })
  // Told once, not at each of the attempts that follow.
  redis.on('error', (error) => {
    if (!told) log.warn({ reason: error.message }, 'redis connection lost')
    told = true
  })
  return redis
}
