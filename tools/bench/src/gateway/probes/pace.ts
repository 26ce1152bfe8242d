import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { installGateways } from '../dure.ts'
import type { Figure, Probe } from './probe.ts'

const KEYS = 100
const PER_SECOND = 5
const WARM_UP_S = 3
const MEASURED_S = 20

/** Redis commands per request when each of many keys asks a few times a second. */
export const pace: Probe = {
  name: 'pace',
  what: `${KEYS} keys, ${PER_SECOND} requests a second each`,
  async run({ surroundings }) {
    const gateway = await (await installGateways(surroundings)).start('dure')
    const redis = new Redis(surroundings.infrastructure.redisUrl)
    try {
      const keys = surroundings.keys.slice(0, KEYS)
      await askAll(gateway.url, keys, WARM_UP_S)
      const before = await commandsOf(redis)
      const admitted = await askAll(gateway.url, keys, MEASURED_S)
      const figures: Figure[] = [
        {
          name: 'Redis commands per admitted request',
          value: ((await commandsOf(redis)) - before) / admitted,
          unit: '',
          goal: { most: 0.1 },
        },
        {
          name: 'requests admitted',
          value: (admitted / (KEYS * PER_SECOND * MEASURED_S)) * 100,
          unit: '%',
          goal: { least: 100 },
        },
      ]
      return figures
    } finally {
      redis.disconnect()
      await gateway.stop()
    }
  },
}

/** Each key asks on its own beat, all of them spread over the second. */
async function askAll(url: string, keys: readonly string[], seconds: number): Promise<number> {
  const everyMs = 1000 / PER_SECOND
  const statuses = await Promise.all(
    keys.map(async (key, index) => {
      await sleep((index / keys.length) * everyMs)
      const answers: Promise<boolean>[] = []
      for (let n = 0; n < seconds * PER_SECOND; n += 1) {
        answers.push(isAdmitted(url, key))
        await sleep(everyMs)
      }
      return (await Promise.all(answers)).filter(Boolean).length
    }),
  )
  return statuses.reduce((sum, one) => sum + one, 0)
}

async function isAdmitted(url: string, key: string): Promise<boolean> {
  const answer = await fetch(`${url}/v1/workflows`, { headers: { authorization: `Bearer ${key}` } })
  await answer.arrayBuffer()
  return answer.status === 200
}

/**
 * What the gateway sent. Redis counts what scripts call as well, under names of its own: of those, none
 * is sent by itself.
 */
async function commandsOf(redis: Redis): Promise<number> {
  const stats = await redis.info('commandstats')
  const calls = [...stats.matchAll(/^cmdstat_(\w+)\S*:calls=(\d+)/gm)]
  return calls.reduce((sum, [, name, count]) => sum + (SENT.has(name ?? '') ? Number(count) : 0), 0)
}

const SENT = new Set(['eval', 'evalsha', 'publish', 'subscribe', 'script', 'ping'])
