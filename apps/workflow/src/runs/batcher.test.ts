import { describe, expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

/** A batcher of texts, whose batches settle when the test says so. */
function batches(limits: { maxItems?: number; maxBytes?: number; maxInFlight?: number } = {}) {
  const sent: string[][] = []
  const open: PromiseWithResolvers<PromiseSettledResult<string>[]>[] = []
  const submit = createBatcher<string, string>({
    maxItems: 3,
    maxBytes: 100,
    maxInFlight: 1,
    ...limits,
    keyOf: (item) => item.charAt(0),
    bytesOf: (item) => item.length,
    send(items) {
      sent.push([...items])
      const settled = Promise.withResolvers<PromiseSettledResult<string>[]>()
      open.push(settled)
      return settled.promise
    },
  })
  const settle = (index: number) =>
    open[index]?.resolve(
      (sent[index] ?? []).map((value) =>
        value.endsWith('!')
          ? { status: 'rejected', reason: value }
          : { status: 'fulfilled', value },
      ),
    )
  return { sent, open, submit, settle }
}

describe('a batcher', () => {
  test('sends a lone item at once, and what comes meanwhile together', async () => {
    const { sent, submit, settle } = batches()
    const all = ['a', 'b', 'c', 'd', 'e'].map(submit)
    expect(sent).toEqual([['a']])
    settle(0)
    expect(await all[0]).toBe('a')
    await Promise.resolve()
    expect(sent).toEqual([['a'], ['b', 'c', 'd']])
    settle(1)
    expect(await all[3]).toBe('d')
    await Promise.resolve()
    expect(sent[2]).toEqual(['e'])
  })

  test('has no more batches under way than it may', () => {
    const { sent, submit } = batches({ maxInFlight: 2 })
    for (const item of ['a', 'b', 'c', 'd']) void submit(item)
    expect(sent).toEqual([['a'], ['b']])
  })

  test('never sends two items of one key together, and keeps their order', async () => {
    const { sent, submit, settle } = batches()
    const all = ['z', 'a1', 'a2', 'b', 'a3'].map(submit)
    for (const index of [0, 1, 2]) {
      settle(index)
      await all[[0, 1, 2][index] ?? 0]
      await Promise.resolve()
    }
    expect(sent).toEqual([['z'], ['a1', 'b'], ['a2'], ['a3']])
  })

  test('ends a batch before it is too large, but sends an item that is too large alone', async () => {
    const { sent, submit, settle } = batches({ maxBytes: 5 })
    const all = ['z', 'aaaaaaaaa', 'bbb', 'ccc', 'd'].map(submit)
    for (const index of [0, 1, 2]) {
      settle(index)
      await all[index]
      await Promise.resolve()
    }
    expect(sent).toEqual([['z'], ['aaaaaaaaa'], ['bbb'], ['ccc', 'd']])
  })

  test('rejects the item that failed, and all of a batch that failed as a whole', async () => {
    const { open, submit, settle } = batches()
    const all = ['z', 'a', 'b!', 'c', 'd'].map(submit)
    const settled = Promise.allSettled(all)
    settle(0)
    await all[0]
    await Promise.resolve()
    settle(1)
    await all[1]
    await Promise.resolve()
    open[2]?.reject(new Error('lost'))
    expect(await settled).toEqual([
      { status: 'fulfilled', value: 'z' },
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason: 'b!' },
      { status: 'fulfilled', value: 'c' },
      { status: 'rejected', reason: new Error('lost') },
    ])
  })
})
