import { setImmediate as tick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

function setUp(options: Parameters<typeof createTurns>[0]) {
  const turns = createTurns(options)
  const begun: string[] = []
  const gates = new Map<string, () => void>()
  /** Something that goes on until it is ended; the first letter is its tenant. */
  function begin(name: string): Promise<void> {
    return turns.take(name.slice(0, 1), () => {
      begun.push(name)
      const { promise, resolve } = Promise.withResolvers<void>()
      gates.set(name, resolve)
      return promise
    })
  }
  async function end(name: string): Promise<void> {
    await tick()
    gates.get(name)?.()
    await tick()
  }
  return { turns, begun, begin, end }
}

test('one tenant never has all turns, and those who wait have theirs in turn', async () => {
  const { begun, begin, end } = setUp({ limit: 3, perTenant: 2 })
  const all = ['a1', 'a2', 'a3', 'a4', 'a5'].map(begin)
  await tick()
  expect(begun).toEqual(['a1', 'a2'])

  all.push(...['b1', 'b2', 'c1'].map(begin))
  await tick()
  expect(begun).toEqual(['a1', 'a2', 'b1'])

  for (const name of ['a1', 'a2', 'b1', 'a3', 'b2', 'c1', 'a4', 'a5']) await end(name)
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'c1', 'a4', 'a5'])
  await Promise.all(all)
})

test('what fails gives its turn to the next', async () => {
  const { turns, begun, begin, end } = setUp({ limit: 1, perTenant: 1 })
  const failing = turns.take('a', () => Promise.reject(new Error('It is broken')))
  const next = begin('b1')

  await expect(failing).rejects.toThrow('It is broken')
  await tick()
  expect(begun).toEqual(['b1'])
  await end('b1')
  await next
})

test('nobody waits without end, and whoever gives up keeps no turn from others', async () => {
  const { begun, begin, end } = setUp({ limit: 1, perTenant: 1, waitMs: 1 })
  const first = begin('a1')
  await expect(begin('a2')).rejects.toMatchObject({ code: 'search.index-behind' })
  await end('a1')
  await first
  const last = begin('a3')
  await end('a3')
  await last
  expect(begun).toEqual(['a1', 'a3'])
})

test('of one tenant, no more wait than may', async () => {
  const { begun, begin, end } = setUp({ limit: 1, perTenant: 1, maxWaiting: 1 })
  const all = [begin('a1'), begin('a2'), begin('b1')]
  await expect(begin('a3')).rejects.toMatchObject({ code: 'search.index-behind' })
  for (const name of ['a1', 'a2', 'b1']) await end(name)
  expect(begun).toEqual(['a1', 'a2', 'b1'])
  await Promise.all(all)
})
