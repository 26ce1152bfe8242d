import { eventually, testQueues } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import { type Cable, startCable } from './testing/cable.ts'

const RATE = { kind: 'rate', limit: 1000, periodS: 1, burst: 1000 } as const

let cable: Cable
let gateway: TestGateway
beforeAll(async () => {
  const { redisUrl, prefix } = testQueues()
  cable = await startCable(redisUrl)
  gateway = await startGateway({
    REDIS_URL: cable.url,
    QUEUE_PREFIX: prefix,
    LIMITS_TIMEOUT_MS: 25,
    LIMITS: JSON.stringify({
      key: { ...RATE, per: 'key' },
      paid: {
        kind: 'quota',
        per: 'key',
        classes: ['control'],
        quota: 10,
        window: 'day',
        onStoreLoss: 'closed',
      },
      slow: { kind: 'rate', per: 'key', classes: ['run'], limit: 1, periodS: 3600, burst: 20 },
    }),
  })
})
afterAll(async () => {
  await gateway.close()
  await cable.close()
})

const limitOf = async (response: Promise<Response>) =>
  (await response).headers.get('ratelimit') ?? ''
/** On a busy machine Redis is lost, and back, a little later. */
const PATIENCE = { timeoutMs: 45_000 }
const models = () => gateway.fetch('/v1/models')
const cancel = () => gateway.fetch('/v1/runs/run_1/cancel', { method: 'POST' })

/** Starts runs until one is refused. */
async function admittedRuns(): Promise<number> {
  for (let admitted = 0; ; admitted++) {
    const { status } = await gateway.fetch('/v2/runs', { method: 'POST', body: '{}' })
    if (status === 429) return admitted
    expect(status).toBe(200)
  }
}

test('with a Redis that is stopped every request is answered, by local shares, until it is back', {
  timeout: 120_000,
}, async () => {
  await eventually(
    async () => expect(await limitOf(models())).not.toContain('dure-degraded'),
    PATIENCE,
  )
  cable.freeze()
  const answers = await Promise.all(Array.from({ length: 60 }, models))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await eventually(async () => expect(await limitOf(models())).toMatch(/;dure-degraded$/), PATIENCE)

  // A limit of which nothing may be given away says so; one of one per hour keeps to a tenth of its burst.
  const closed = await cancel()
  expect(closed.headers.get('retry-after')).toBe('1')
  expect(await refusalIn(closed)).toEqual([503, 'limits.unavailable'])
  expect(await admittedRuns()).toBe(2)

  cable.thaw()
  await eventually(
    async () => expect(await limitOf(models())).not.toContain('dure-degraded'),
    PATIENCE,
  )
  expect((await cancel()).status).toBe(200)
  // What was admitted meanwhile is not forgotten.
  const later = await admittedRuns()
  expect(later).toBeGreaterThan(0)
  expect(later).toBeLessThanOrEqual(18)
})

test('a gateway that never had a Redis answers, too', async () => {
  const alone = await gateway.replica({ REDIS_URL: 'redis://127.0.0.1:1' })
  const headers = { authorization: `Bearer ${gateway.key}` }
  for (let n = 0; n < 10; n++) {
    expect((await fetch(`${alone.origin}/v1/models`, { headers })).status).toBe(200)
  }
})
