import { testTenant } from '@dure/platform/testing'
import { describe, expect, test } from 'vitest'
import type { ToolGrant } from '../tool.ts'
import type { BuiltinParts } from './builtin.ts'
import { createBuiltins } from './index.ts'

/** Of these tools none reaches anything. */
const source = createBuiltins({ now: () => Date.parse('2026-05-01T00:00:00Z') } as BuiltinParts)

async function call(grant: ToolGrant, input: unknown) {
  const tool = await source.find(testTenant(), grant)
  return tool?.execute({
    ...{ callKey: 'k', idempotencyKey: 'k', tenant: testTenant(), caller: undefined, input },
    ...{
      timeoutMs: 1000,
      signal: new AbortController().signal,
      onSent: () => {},
      onAnswered: () => {},
    },
  })
}

describe('built-in tools', () => {
  test('calculate', async () => {
    expect(await call({ tool: 'calculator' }, { expression: '2 * 21' })).toEqual({ result: 42 })
  })

  test('know what time it is, anywhere', async () => {
    const time = (input: object) => call({ tool: 'date_time' }, input)

    expect(await time({ operation: 'now', timeZone: 'Asia/Seoul' })).toEqual({
      ...{ iso: '2026-05-01T09:00:00+09:00', date: '2026-05-01', time: '09:00:00' },
      ...{ weekday: 'Friday', timeZone: 'Asia/Seoul' },
      ...{ utc: '2026-05-01T00:00:00.000Z', unixMs: 1_777_593_600_000 },
    })
    expect(await time({ operation: 'add', at: '2026-05-01', days: -1, hours: 2 })).toMatchObject({
      iso: '2026-04-30T02:00:00+00:00',
    })
    expect(await time({ operation: 'difference', at: '2026-05-01', to: '2026-05-03' })).toEqual({
      ...{ milliseconds: 172_800_000, seconds: 172_800, hours: 48, days: 2 },
    })
    await expect(
      time({ operation: 'add', at: '2026-05-01', days: 9_000_000, hours: 9_000_000 * 100 }),
    ).rejects.toMatchObject({ code: 'date-time.invalid' })
  })

  test('are found by their names alone', async () => {
    expect(await source.find(testTenant(), { tool: 'constructor' })).toBeUndefined()
  })

  test('take no configuration that they do not have', async () => {
    await expect(
      source.find(testTenant(), { tool: 'calculator', config: { precision: 3 } }),
    ).rejects.toMatchObject({ code: 'tool.invalid-config' })
  })
})
