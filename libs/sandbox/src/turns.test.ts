import { describe, expect, test } from 'vitest'
import { createTurns } from './turns.ts'

/** One place that is taken, and who gets it next. */
async function busy(limits: { maxInLine?: number; maxWaiting?: number } = {}) {
  const turns = createTurns({ places: 1, maxInLine: 10, maxWaiting: 20, ...limits })
  await turns.take('first')
  const got: string[] = []
  const wait = (line: string, what = line) => turns.take(line).then(() => got.push(what))
  return { turns, got, wait }
}

describe('whoever waits for a place', () => {
  test('gets it in a turn of its line, however long another line is', async () => {
    const { turns, got, wait } = await busy()
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((what) =>
      wait(what.slice(0, 1), what),
    )
    for (let n = 0; n < all.length; n += 1) turns.pass()
    await Promise.all(all)
    expect(got).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4'])
  })

  test('is refused where its line is full, and others are not', async () => {
    const { turns, got, wait } = await busy({ maxInLine: 1 })
    const a = wait('a')
    await expect(turns.take('a')).rejects.toMatchObject({ code: 'sandbox.busy', transient: true })
    const b = wait('b')
    turns.pass()
    turns.pass()
    await Promise.all([a, b])
    expect(got).toEqual(['a', 'b'])
  })

  test('is refused where all lines together are full', async () => {
    const { turns, wait } = await busy({ maxWaiting: 1 })
    const a = wait('a')
    await expect(turns.take('b')).rejects.toMatchObject({ code: 'sandbox.busy' })
    turns.pass()
    await a
  })

  test('gets nothing any more after the end', async () => {
    const { turns, wait } = await busy()
    const waiting = expect(wait('a')).rejects.toMatchObject({ code: 'sandbox.closed' })
    turns.close()
    await waiting
    await expect(turns.take('b')).rejects.toMatchObject({ code: 'sandbox.closed' })
  })

  test('finds it free when nobody waits', async () => {
    const { turns } = await busy()
    turns.pass()
    await expect(turns.take('a')).resolves.toBeUndefined()
  })
})
