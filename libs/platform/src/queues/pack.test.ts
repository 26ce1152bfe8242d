import { expect, test } from 'vitest'
import { packsOf } from './pack.ts'

const message = (key: string, payload: unknown = {}) => ({ queue: 'q', name: 'm', key, payload })
const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`)
const sizes = (messages: ReturnType<typeof message>[]) =>
  packsOf(messages).map((pack) => pack.length)

test('50 messages make a pack, and their order is kept', () => {
  const keys = keysOf(120)
  const packs = packsOf(keys.map((key) => message(key)))
  expect(packs.map((pack) => pack.length)).toEqual([50, 50, 20])
  expect(packs.flat().map(({ key }) => key)).toEqual(keys)
})

test('large messages make small packs, and one that is too large for any travels alone', () => {
  const kilobytes = (size: number) => 'x'.repeat(size * 1024)
  const [a, b, c, d] = keysOf(4).map((key, index) =>
    message(key, kilobytes([100, 100, 100, 300][index] ?? 0)),
  )
  expect(sizes([a, b, c].filter((one) => one !== undefined))).toEqual([2, 1])
  expect(sizes([a, d, b].filter((one) => one !== undefined))).toEqual([1, 1, 1])
})

test('a key is taken once', () => {
  expect(packsOf([message('a', 1), message('b', 2), message('a', 3)])).toEqual([
    [message('a', 1), message('b', 2)],
  ])
})
