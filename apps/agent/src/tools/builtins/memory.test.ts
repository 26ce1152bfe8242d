import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltinsUnderTest, startBuiltins } from '../testing/builtins.ts'

let builtins: BuiltinsUnderTest
beforeAll(async () => {
  builtins = await startBuiltins()
})
afterAll(() => builtins.close())

const config = { scopes: ['user'] }

test('no tool has a memory outside of an execution', async () => {
  for (const [tool, input] of [
    ['memory_read', {}],
    ['memory_search', { query: 'food' }],
    ['memory_write', { key: 'food', value: 1 }],
  ] as const) {
    expect(await builtins.call({ tool, config }, input)).toMatchObject({
      ...{ status: 'failed', error: { code: 'memory.outside-execution' } },
    })
  }
})

test('a grant says whose memory it is', async () => {
  for (const wrong of [{}, { scopes: [] }, { scopes: ['team'] }, { ...config, owner: 'ada' }]) {
    await expect(builtins.call({ tool: 'memory_read', config: wrong }, {})).rejects.toMatchObject({
      code: 'tool.invalid-config',
    })
  }
})
