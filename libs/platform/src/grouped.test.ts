import { describe, expect, test } from 'vitest'
import { grouped } from './grouped.ts'

/** Calls whose runs end when the test says so. */
function setup(limits: { maxItems?: number; maxInFlight?: number; maxBytes?: number } = {}) {
  const runs: { items: readonly string[]; done: PromiseWithResolvers<void> }[] = []
  const call = grouped({
    run: async (items: readonly string[]) => {
      const done = Promise.withResolvers<void>()
      runs.push({ items, done })
      await done.promise
      return items.map((item) => item.toUpperCase())
    },
    keyOf: (item) => item,
    bytesOf: (item) => item.length,
    isOneToBlame: (error) => error instanceof RangeError,
    ...limits,
  })
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  return { runs, call, turn, groups: () => runs.map(({ items }) => items.join('')) }
}

describe('grouped calls', () => {
  test('of one turn go out as one, and each gets its own result', async () => {
    const { runs, call, turn, groups } = setup()
    const results = Promise.all(['a', 'b', 'c'].map(call))
    await turn()
    runs[0]?.done.resolve()

    expect(await results).toEqual(['A', 'B', 'C'])
    expect(groups()).toEqual(['abc'])
  })

  test('that arrive while as many as may be are under way go out together afterwards', async () => {
    const { runs, call, turn, groups } = setup({ maxInFlight: 1 })
    const first = call('a')
    await turn()
    const others = [call('b')]
    await turn()
    others.push(call('c'))
    await turn()
    expect(groups()).toEqual(['a'])

    runs[0]?.done.resolve()
    await first
    await turn()
    runs[1]?.done.resolve()

    expect(await Promise.all(others)).toEqual(['B', 'C'])
    expect(groups()).toEqual(['a', 'bc'])
  })

  test('are never more than may go out as one, and never two of one key', async () => {
    const { runs, call, turn, groups } = setup({ maxItems: 2, maxInFlight: 9 })
    const results = Promise.all(['a', 'a', 'b', 'c'].map(call))
    await turn()
    for (const { done } of runs) done.resolve()

    expect(await results).toEqual(['A', 'A', 'B', 'C'])
    expect(groups()).toEqual(['ab', 'ac'])
  })

  test('are never larger than may go out as one, unless the first alone is', async () => {
    const { runs, call, turn, groups } = setup({ maxBytes: 5, maxInFlight: 9 })
    const results = Promise.all(['aaaaaaaaa', 'bbb', 'ccc', 'd'].map(call))
    await turn()
    await turn()
    for (const { done } of runs) done.resolve()

    expect(await results).toHaveLength(4)
    expect(groups()).toEqual(['aaaaaaaaa', 'bbb', 'cccd'])
  })

  test('are tried one by one when one of them is to blame', async () => {
    const { runs, call, turn, groups } = setup()
    const results = Promise.allSettled(['a', 'b'].map(call))
    await turn()
    runs[0]?.done.reject(new RangeError('one of you'))
    await turn()
    runs[1]?.done.reject(new RangeError('you'))
    runs[2]?.done.resolve()

    expect(await results).toMatchObject([{ reason: { message: 'you' } }, { value: 'B' }])
    expect(groups()).toEqual(['ab', 'a', 'b'])
  })

  test('all fail when none of them is to blame, and the next ones go out', async () => {
    const { runs, call, turn } = setup({ maxInFlight: 1 })
    const results = Promise.allSettled(['a', 'b'].map(call))
    await turn()
    runs[0]?.done.reject(new Error('down'))
    expect(await results).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])

    const next = call('c')
    await turn()
    runs[1]?.done.resolve()
    expect(await next).toBe('C')
  })
})
