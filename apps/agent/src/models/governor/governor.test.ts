import { connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog, testQueues } from '@dure/platform/testing'
import { rateLimited, type ScriptedModel, startScriptedModel, text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Provider } from '../index.ts'
import { callFor } from '../testing/call.ts'
import { callerOf, modelsAt } from '../testing/caller.ts'
import { type Asking, createGovernor } from './governor.ts'

const log = silentLog()
const { redisUrl, prefix } = testQueues()
let queues: Queues
let server: ScriptedModel
beforeAll(async () => {
  queues = connectQueues({ redisUrl, prefix, log })
  server = await startScriptedModel()
  await eventually(() => expect(queues.redis.status).toBe('ready'))
})
afterAll(() => Promise.all([queues.close(), server.close()]))

let providers = 0
function provider(limits: Provider['limits']): Provider {
  providers += 1
  const name = `p${providers}`
  return { name, kind: 'openai-compatible', telemetryName: name, limits }
}

function asking(of: Provider, how: Partial<Asking> = {}): Asking {
  return {
    ...{ provider: of, tokens: 10, priority: 'interactive', waitMs: 20_000, lifeMs: 30_000 },
    signal: new AbortController().signal,
    ...how,
  }
}

const shared = () => createGovernor({ redis: queues.redis, prefix, log })
const alone = () => createGovernor({ prefix, log })

describe.each([
  ['shared by processes', shared],
  ['of a process without Redis', alone],
])('limits %s', (_what, make) => {
  test('let so many at once through, and the next when one has ended', async () => {
    const of = provider({ concurrency: 2 })
    const governor = make()
    const [first] = await Promise.all([governor.acquire(asking(of)), governor.acquire(asking(of))])
    await expect(governor.acquire(asking(of, { waitMs: 0 }))).rejects.toMatchObject({
      ...{ code: 'model.rate-limited', retryAfterS: expect.any(Number) },
    })
    const third = governor.acquire(asking(of))
    first.end()

    await third
  })

  test('let so many requests and tokens of a minute through', async () => {
    const requests = provider({ requestsPerMinute: 14 })
    const tokens = provider({ tokensPerMinute: 700 })
    const governor = make()
    const ask = (of: Provider, want: number) =>
      governor.acquire(asking(of, { tokens: want, waitMs: 0 }))

    await ask(requests, 1)
    await ask(requests, 1)
    await expect(ask(requests, 1)).rejects.toMatchObject({ code: 'model.rate-limited' })
    await ask(tokens, 80)
    await expect(ask(tokens, 80)).rejects.toMatchObject({ code: 'model.rate-limited' })
  })

  test('get back the tokens that were not used', async () => {
    const of = provider({ tokensPerMinute: 700 })
    const governor = make()
    const turn = await governor.acquire(asking(of, { tokens: 100 }))
    turn.end(1)

    await eventually(() => governor.acquire(asking(of, { tokens: 90, waitMs: 0 })))
  })

  test('let nobody through while the provider asks to wait', async () => {
    const of = provider({})
    const governor = make()
    await governor.pause(of, 60_000)
    await governor.pause(of, 1)

    await expect(governor.acquire(asking(of, { waitMs: 1000 }))).rejects.toMatchObject({
      ...{ code: 'model.rate-limited', retryAfterS: expect.any(Number) },
    })
  })

  test('are not waited for by those who have left', async () => {
    const of = provider({ concurrency: 1 })
    const governor = make()
    const turn = await governor.acquire(asking(of))
    const leaving = new AbortController()
    const left = governor.acquire(asking(of, { signal: leaving.signal }))
    leaving.abort(new Error('gone'))

    await expect(left).rejects.toThrow('gone')
    turn.end()
    await governor.acquire(asking(of))
  })
})

test('a pause and a turn are those of all processes', async () => {
  const of = provider({ concurrency: 1 })
  const turn = await shared().acquire(asking(of))
  const other = shared()

  await expect(other.acquire(asking(of, { waitMs: 0 }))).rejects.toMatchObject({
    code: 'model.rate-limited',
  })
  turn.end()
  await shared().pause(of, 60_000)
  expect((await other.pausedUntil(of))?.getTime()).toBeGreaterThan(Date.now())
  await expect(other.acquire(asking(of, { waitMs: 0 }))).rejects.toMatchObject({
    code: 'model.rate-limited',
  })
})

test('whoever is waited for by a person goes before what is in the background', async () => {
  const of = provider({ concurrency: 1 })
  const governor = shared()
  const turn = await governor.acquire(asking(of))
  const order: string[] = []
  const line = `${prefix}:{models:${of.name}}:line`
  const waits = async (priority: Asking['priority'], inLine: number) => {
    const waiting = governor.acquire(asking(of, { priority })).then((own) => {
      order.push(priority)
      own.end()
    })
    await eventually(async () => expect(await queues.redis.zcard(line)).toBe(inLine))
    return { waiting }
  }
  const background = await waits('background', 1)
  const interactive = await waits('interactive', 2)
  turn.end()
  await Promise.all([background.waiting, interactive.waiting])

  expect(order).toEqual(['interactive', 'background'])
})

test('whoever died leaves the line, and its turn ends', async () => {
  const of = provider({ concurrency: 1 })
  const keys = ['leases', 'line', 'alive'].map((key) => `${prefix}:{models:${of.name}}:${key}`)
  const [leases = '', line = '', alive = ''] = keys
  await queues.redis.zadd(leases, '1', 'dead')
  await queues.redis.zadd(line, '1', 'dead')
  await queues.redis.zadd(alive, '1', 'dead')

  await shared().acquire(asking(of, { waitMs: 0 }))
  expect(await queues.redis.zcard(line)).toBe(0)
})

describe('a provider that asks everybody to wait', () => {
  test('is asked again when it said, and none of ten calls fails', async () => {
    const models = modelsAt(server.baseUrl, { MODEL_PROVIDER: 'busy' })
    let openAtMs = 0
    let refused = 0
    server.rewrite(() => {
      openAtMs ||= Date.now() + 1000
      if (Date.now() >= openAtMs) return text('ok')
      refused += 1
      return rateLimited(1)
    })
    const caller = callerOf(models, { governor: shared() })
    const first = caller.call(callFor())
    await eventually(() => expect(refused).toBe(1))
    await eventually(async () => {
      const [of] = models.providers
      expect(of && (await shared().pausedUntil(of))).toBeInstanceOf(Date)
    })
    // Nine more, of other processes: none of them asks before it may.
    const others = Array.from({ length: 9 }, () =>
      callerOf(models, { governor: shared() }).call(callFor()),
    )
    const replies = await Promise.all([first, ...others])

    expect(replies.map(({ text: said }) => said)).toEqual(Array.from({ length: 10 }, () => 'ok'))
    expect(refused).toBe(1)
  })

  test('refuses ten calls at once, and none of them fails', async () => {
    const models = modelsAt(server.baseUrl, { MODEL_PROVIDER: 'crowded' })
    server.rewrite((_call, index) => (index < 10 ? rateLimited(0) : text('ok')))
    const caller = callerOf(models, { governor: shared() })
    const replies = await Promise.all(Array.from({ length: 10 }, () => caller.call(callFor())))

    expect(replies).toHaveLength(10)
    expect(server.calls).toHaveLength(20)
  })

  test('for longer than there is time fails the call with what it said', async () => {
    const models = modelsAt(server.baseUrl, { MODEL_PROVIDER: 'closed' })
    server.rewrite(() => rateLimited(300))
    const caller = callerOf(models, { governor: shared() })

    await expect(caller.call(callFor({ timeoutMs: 5000 }))).rejects.toMatchObject({
      ...{ code: 'model.rate-limited', retryAfterS: 300 },
    })
    expect(server.calls).toHaveLength(1)
  })
})
