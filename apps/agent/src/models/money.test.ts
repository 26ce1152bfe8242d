import { atMostTokens, LimitExceededError } from '@dure/kernel'
import {
  failing,
  held,
  rateLimited,
  type ScriptedModel,
  stalled,
  startScriptedModel,
  text,
  truncated,
} from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Spending } from '../budgets/spending.ts'
import { estimateInput } from './estimate.ts'
import { callFor } from './testing/call.ts'
import { callerOf, modelsAt } from './testing/caller.ts'

let server: ScriptedModel
beforeAll(async () => {
  server = await startScriptedModel()
})
afterAll(() => server.close())

const MODELS = [
  { id: 'dear', inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 },
  { id: 'cheap', inputMicroUsd: 1000, outputMicroUsd: 1000 },
]

type Reserve = Spending['reserve']
let booked: Map<string, number[]>
let keys: string[]
beforeEach(() => {
  keys = []
  booked = new Map()
})

/** Says in a budget's place what it says, and writes down what it is told. */
function spendingOf(
  reserve: (of: Parameters<Reserve>[0]) => Awaited<ReturnType<Reserve>>,
): Spending {
  return {
    async reserve(of) {
      const reservation = reserve(of)
      keys.push(of.key)
      booked.set(attemptOf(of), [of.estimateMicroUsd])
      return reservation
    },
    async settle({ key, costMicroUsd }) {
      booked.get(attemptOf({ key }))?.push(costMicroUsd)
    },
  }
}

/** Without what makes the key of each try another one. */
function attemptOf({ key }: { readonly key: string }): string {
  return key.slice(0, key.lastIndexOf('/'))
}

const enough = spendingOf(({ estimateMicroUsd }) => ({ reservedMicroUsd: estimateMicroUsd }))

function ask(call: Parameters<typeof callFor>[0] = {}, spending = enough, idleMs = 30_000) {
  const provider = { name: 'p', kind: 'openai-compatible', baseUrl: server.baseUrl, models: MODELS }
  const models = modelsAt('', { MODEL_PROVIDERS: JSON.stringify([provider]) })
  return callerOf(models, { spending, idleMs }).call(
    callFor({ callKey: 'exe_1/3', models: ['dear'], maxOutputTokens: 100, ...call }),
  )
}

describe('the money of a call', () => {
  test('is reserved before it is asked, and settled with what it cost', async () => {
    let reservedFirst = false
    server.rewrite(() => {
      reservedFirst = booked.has('exe_1/3/1')
      return text('Hi there')
    })
    const { usage } = await ask()

    expect(reservedFirst).toBe(true)
    const [estimate = 0, cost] = booked.get('exe_1/3/1') ?? []
    expect(estimate).toBeGreaterThan(200)
    expect(cost).toBe(2 + 2 * 2)
    expect(usage.costMicroUsd).toBe(cost)
  })

  test('is settled for each attempt, also for those that broke off', async () => {
    server.rewrite([rateLimited(0), truncated({ reportsUsage: true }), text('whole')])
    const { usage } = await ask()

    expect([...booked].map(([key, [, cost]]) => [key, cost])).toEqual([
      ...[
        ['exe_1/3/1', 0],
        ['exe_1/3/2', 2 + 4 * 2],
        ['exe_1/3/3', 2 + 2 * 2],
      ],
    ])
    expect(usage.costMicroUsd).toBe(10 + 6)
  })

  test('is reserved anew by whoever makes the same call after a crash', async () => {
    server.rewrite(() => text('Hi there'))
    await ask()
    await ask()

    expect([keys.length, new Set(keys).size]).toEqual([2, 2])
    expect(new Set(keys.map((key) => attemptOf({ key })))).toEqual(new Set(['exe_1/3/1']))
  })

  test.each([
    ['refuses', failing(400)],
    ['is down', failing(503, { retryAfterS: 0 })],
  ])('comes back whole when the provider %s', async (_what, reply) => {
    server.rewrite(() => reply)
    await ask().catch(() => {})

    expect([...booked.values()].every(([, cost]) => cost === 0)).toBe(true)
    expect(booked.size).toBeGreaterThan(0)
  })

  test.each([
    ['breaks off', truncated()],
    ['falls silent', stalled()],
  ])('is estimated when the answer %s, and nobody says what it took', async (_what, reply) => {
    server.rewrite(() => reply)
    await ask({}, enough, 30).catch(() => {})

    const [, cost] = booked.get('exe_1/3/1') ?? []
    expect(cost).toBeGreaterThan(2 * atMostTokens('The answer is'))
  })

  test('is estimated when nobody answers in time, for somebody may have worked on it', async () => {
    const reply = held(text('late'))
    server.rewrite(() => reply)
    await ask({ timeoutMs: 300 }).catch(() => {})
    reply.release()

    const [, cost] = booked.get('exe_1/3/1') ?? []
    expect(cost).toBeGreaterThan(0)
  })

  test('that a budget does not have is not spent', async () => {
    server.rewrite([])
    const none = spendingOf(() => {
      throw new LimitExceededError('budget.exceeded', 'nothing is left')
    })

    await expect(ask({ models: ['dear', 'cheap'] }, none)).rejects.toMatchObject({
      code: 'budget.exceeded',
    })
    expect(server.calls).toHaveLength(0)
  })

  test.each([
    ['asks for another one', { details: undefined }],
    ['has enough for another one alone', { details: { cheaperModel: 'cheap' } }],
  ])('goes to a cheaper model when a budget %s', async (_what, { details }) => {
    server.rewrite(() => text('ok'))
    const nearlySpent = spendingOf(({ model }) => {
      if (model === 'cheap') return { reservedMicroUsd: 1, degradeTo: 'cheap' }
      if (details) throw new LimitExceededError('budget.exceeded', 'little is left', details)
      return { reservedMicroUsd: 1, degradeTo: 'cheap' }
    })

    expect(await ask({}, nearlySpent)).toMatchObject({ model: 'cheap', text: 'ok' })
    expect(server.calls.map(({ model }) => model)).toEqual(['cheap'])
    expect(booked.get('exe_1/3/1')?.[1] ?? 0).toBe(0)
  })
})

test.each([
  ['The quick brown fox jumps over the lazy dog.', 10],
  ['환불은 구매일로부터 14일 안에 신청할 수 있습니다.', 24],
  ['{"id":"3f2a9c41-77b0-4f1e-8f57-c1d2e3f4a5b6"}', 30],
  ['🙂🙂🙂', 6],
])('%j is estimated at no fewer tokens than tokenizers count', (said, counted) => {
  expect(atMostTokens(said)).toBeGreaterThanOrEqual(counted * 0.9)
  expect(atMostTokens(said)).toBeLessThanOrEqual(Buffer.byteLength(said))
})

test('a picture counts as one, however many bytes it has', () => {
  const data = 'A'.repeat(1_000_000)
  const file = { type: 'file' as const, data, mediaType: 'image/png' }

  expect(estimateInput({ messages: [{ role: 'user', content: [file] }] })).toBeLessThan(5000)
})
