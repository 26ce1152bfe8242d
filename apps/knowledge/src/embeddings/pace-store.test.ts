import { connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog, testQueues } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPace, createSharedPace, paceKeyOf } from './pace-store.ts'

const log = silentLog()
const { redisUrl, prefix } = testQueues()
let queues: Queues
let keys = 0
beforeAll(async () => {
  queues = connectQueues({ redisUrl, prefix, log })
  await eventually(() => expect(queues.redis.status).toBe('ready'))
})
afterAll(() => queues.close())

const never = new AbortController().signal
const newKey = () => `${prefix}:embedding-pace:test-${++keys}`
const shared = (key: string, perMinute: number, redis = queues.redis) =>
  createSharedPace({ redis, key, perMinute, log })

/** Whether the next one would have to wait. */
async function waits(pace: ReturnType<typeof shared>): Promise<boolean> {
  const leaving = new AbortController()
  const next = pace.next(leaving.signal).then(
    () => false,
    () => true,
  )
  // Those who need not wait are through before an answer to this comes.
  await queues.redis.ping()
  await queues.redis.ping()
  leaving.abort()
  return next
}

describe('a pace', () => {
  test('is one of all processes', async () => {
    const key = newKey()
    await shared(key, 1).next(never)

    expect(await waits(shared(key, 1))).toBe(true)
    expect(await waits(shared(newKey(), 1))).toBe(false)
  })

  test('lets one go per gap, by the clock of Redis', async () => {
    const key = newKey()
    const processes = Array.from({ length: 3 }, () => shared(key, 600))
    const [start] = await queues.redis.time()
    await Promise.all(Array.from({ length: 9 }, (_, at) => processes[at % 3]?.next(never)))

    // Nine of a tenth of a second each: the next one may go after that.
    const nextAt = Number(await queues.redis.get(key)) / 1_000_000
    expect(nextAt - Number(start)).toBeGreaterThanOrEqual(0.9)
  })

  test('is no bound when there is none', async () => {
    const key = newKey()
    for (let n = 0; n < 100; n++) await shared(key, 0).next(never)
    expect(await queues.redis.exists(key)).toBe(0)
  })

  test('keeps nobody waiting for ever', async () => {
    const key = newKey()
    for (const pace of [shared(key, 1), createPace(1)]) {
      const leaving = new AbortController()
      const waiting = Array.from({ length: 6 }, () => pace.next(leaving.signal).catch(() => {}))
      await eventually(async () =>
        expect(pace.next(never)).rejects.toMatchObject({
          ...{ code: 'embedding.rate-limited', transient: true },
          retryAfterS: expect.any(Number),
        }),
      )
      leaving.abort()
      await Promise.all(waiting)
    }
  })

  test('goes on in each process while Redis is away', async () => {
    const key = newKey()
    const gone = connectQueues({ redisUrl, prefix, log })
    gone.redis.disconnect()
    const [one, other] = [shared(key, 1, gone.redis), shared(key, 1, gone.redis)]

    await one.next(never)
    expect(await waits(one)).toBe(true)
    await other.next(never)
    await gone.close()
  })

  test('is known by the address and the key of the provider, and tells neither', () => {
    const provider = { EMBEDDING_BASE_URL: 'https://example.com/v1', EMBEDDING_API_KEY: 'secret' }
    const key = paceKeyOf('p', provider)
    expect(key).toBe(paceKeyOf('p', { ...provider }))
    expect(key).not.toBe(paceKeyOf('p', { ...provider, EMBEDDING_API_KEY: 'other' }))
    expect(key).not.toContain('secret')
  })
})
