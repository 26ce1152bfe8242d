import { describe, expect, test } from 'vitest'
import { createLane } from './lane.ts'

describe('a lane', () => {
  test('serves those who came during a round together, and no two rounds at once', async () => {
    const rounds: (readonly string[])[] = []
    const first = Promise.withResolvers<void>()
    const lane = createLane<string>(async (items) => {
      rounds.push(items)
      if (rounds.length === 1) await first.promise
    })

    const all = ['a', 'b', 'c'].map((item) => lane(item))
    expect(rounds).toEqual([['a']])
    first.resolve()
    await Promise.all(all)

    expect(rounds).toEqual([['a'], ['b', 'c']])
  })

  test('fails only the item that is bad, and goes on', async () => {
    const served = new Set<string>()
    const lane = createLane<string>(async (items) => {
      await null
      if (items.includes('bad')) throw new Error('bad')
      for (const item of items) served.add(item)
    })

    const outcomes = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((item) => lane(item)))
    await lane('later')

    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect([...served].sort()).toEqual(['a', 'b', 'c', 'later'])
  })
})
