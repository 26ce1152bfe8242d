import { describe, expect, test } from 'vitest'
import { costOf, dearestPrice, familyOf, priceOf, type TokenCount, tokenCount } from './cost.ts'
import { PRICES } from './prices.ts'

const today = new Date('2026-03-01T12:00:00Z')

function costMicroUsd(model: string, tokens: TokenCount, at: Date): number | undefined {
  const price = priceOf(model, at)
  return price && costOf(price, tokens)
}

describe('the cost of a call', () => {
  test('is tokens times price, in micro-dollars', () => {
    const tokens = { inputTokens: 1_000_000, outputTokens: 500_000 }

    // 2.50 USD for a million in, 10 USD for a million out.
    expect(costMicroUsd('gpt-4o', tokens, today)).toBe(2_500_000 + 5_000_000)
  })

  test('is rounded up, so that many small calls do not come out free', () => {
    expect(costMicroUsd('gpt-5-nano', { inputTokens: 1, outputTokens: 0 }, today)).toBe(1)
    expect(costMicroUsd('gpt-5-nano', { inputTokens: 20, outputTokens: 0 }, today)).toBe(1)
    expect(costMicroUsd('gpt-5-nano', { inputTokens: 21, outputTokens: 0 }, today)).toBe(2)
    expect(costMicroUsd('gpt-5-nano', { inputTokens: 0, outputTokens: 0 }, today)).toBe(0)
  })

  test('is exact where floating-point numbers are not', () => {
    // 9,007,199,255 · 2,500,000 has no exact double; a cent-perfect bill needs one.
    const tokens = { inputTokens: 9_007_199_255, outputTokens: 1 }

    expect(costMicroUsd('gpt-4o', tokens, today)).toBe(22_517_998_138 + 10)
  })

  test('is that of the day of the call', () => {
    const tokens = { inputTokens: 1_000_000, outputTokens: 0 }

    expect(costMicroUsd('o3', tokens, new Date('2025-06-09T23:59:59Z'))).toBe(10_000_000)
    expect(costMicroUsd('o3', tokens, new Date('2025-06-10T00:00:00Z'))).toBe(2_000_000)
  })

  test('of a dated snapshot is that of its model', () => {
    expect(priceOf('gpt-4o-2024-08-06', today)).toEqual(priceOf('gpt-4o', today))
  })

  test('has a price of its own for what came from the cache, or went into it', () => {
    const tokens = { inputTokens: 1_000_000, outputTokens: 0 }
    const cached = { ...tokens, cachedInputTokens: 800_000 }

    expect(costMicroUsd('gpt-4.1', cached, today)).toBe(400_000 + 400_000)
    expect(costMicroUsd('demo', cached, today)).toBe(costMicroUsd('demo', tokens, today))
    expect(costMicroUsd('claude-sonnet-4-5', { ...cached, cacheWriteTokens: 200_000 }, today)).toBe(
      240_000 + 750_000,
    )
  })

  test('of a model that nobody knows is that of the dearest one', () => {
    expect(dearestPrice(today, 'answers')).toMatchObject({
      ...{ inputMicroUsd: 15_000_000, outputMicroUsd: 75_000_000 },
    })
    expect(dearestPrice(today, 'embeddings')).toMatchObject({ inputMicroUsd: 130_000 })
  })

  test.each([
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
    ['amazon.nova-pro-v1:0', 'nova-pro'],
    ['my-own', 'my-own'],
  ])('%s is known as %s', (model, family) => {
    expect(familyOf(model)).toBe(family)
  })

  test.each(['gpt-99', 'constructor', '__proto__', ''])('of %j is not known', (model) => {
    expect(costMicroUsd(model, { inputTokens: 1, outputTokens: 1 }, today)).toBeUndefined()
  })
})

test('every price list is in order of its days, and of whole micro-dollars', () => {
  for (const [model, prices] of Object.entries(PRICES)) {
    const days = prices.map(({ from }) => from)
    expect(days, model).toEqual(days.toSorted())
    expect(days.every((day) => new Date(day).toISOString().startsWith(day))).toBe(true)
    for (const { inputMicroUsd, outputMicroUsd } of prices) {
      expect(Number.isInteger(inputMicroUsd) && Number.isInteger(outputMicroUsd)).toBe(true)
    }
  }
})

test.each([
  [7, 7],
  [0, 0],
  [undefined, 0],
  [-1, 0],
  [1.5, 0],
  [Number.NaN, 0],
])('a provider that reports %s tokens is understood as %s', (reported, counted) => {
  expect(tokenCount(reported)).toBe(counted)
})
