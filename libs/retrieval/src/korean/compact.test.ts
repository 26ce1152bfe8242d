import { describe, expect, test } from 'vitest'
import { compactConnections, compactTokens } from './compact.ts'
import { kindAt, lastOfKey, leftOf, rightOf, tagIdOf } from './tokens.ts'

/** left id, right id, tag id, cost, feature offset (two), unused (two) */
const record = (left: number, right: number, tagId: number, cost: number, feature = 0) => [
  ...[left, right, tagId, cost & 0xffff, feature & 0xffff, feature >>> 16],
  ...[0, 0],
]

/** Of keys that have so many tokens each, as far as the values go. */
function trieOf(counts: readonly number[]): Int32Array {
  let first = 0
  return Int32Array.from(
    counts.flatMap((count) => {
      const value = (first << 8) | count
      first += count
      return [-(value + 1), 1]
    }),
  )
}

// Right ids 1 and 3 are alike, and so are left ids 1 and 2.
const COSTS = [...[0, 5, 9, 5], ...[7, -2, 4, -2], ...[7, -2, 4, -2]]
const connections = { costs: Int16Array.from(COSTS), rows: 4, columns: 3 }
// A cheap word is a frequent one: right id 2 is used more than 1 and 3.
const tokens = Uint16Array.from([
  ...record(1, 2, 150, -3000),
  ...record(2, 3, 151, 4000),
  ...record(0, 1, 180, 100),
])

describe('the connection matrix', () => {
  const compact = compactConnections(connections, { tokens })
  const { leftClass, rightClass, rightClasses, costs } = compact

  test('lacks what it repeats', () => {
    expect(rightClasses).toBe(3)
    expect(costs).toHaveLength(2 * 3)
    expect(leftClass[1]).toBe(leftClass[2])
    expect(rightClass[1]).toBe(rightClass[3])
  })

  test('costs what it cost', () => {
    for (let left = 0; left < 3; left++) {
      for (let right = 0; right < 4; right++) {
        const at = (leftClass[left] ?? 0) * rightClasses + (rightClass[right] ?? 0)
        expect(costs[at]).toBe(COSTS[left * 4 + right])
      }
    }
  })

  test('has the border as class 0, then what is used most', () => {
    expect([leftClass[0], rightClass[0], rightClass[2], rightClass[1]]).toEqual([0, 0, 1, 2])
  })

  test('knows the least cost on each left side', () => {
    expect([...compact.leastTo]).toEqual([0, -2])
  })

  test('tokens keep their sides, tag ids and costs, of either sign', () => {
    const made = compactTokens({ tokens, trie: trieOf([1, 2]) }, compact)
    const [first, second] = [kindAt(made, 0), kindAt(made, 1)]

    expect([leftOf(first.packed), rightOf(first.packed), tagIdOf(first.packed)]).toEqual([
      1, 1, 150,
    ])
    expect([leftOf(second.packed), rightOf(second.packed), tagIdOf(second.packed)]).toEqual([
      ...[1, 2, 151],
    ])
    expect([first.cost, second.cost]).toEqual([-3000, 4000])
  })

  test('tokens know which is the last of its key', () => {
    const made = compactTokens({ tokens, trie: trieOf([1, 2]) }, compact)

    expect([0, 1, 2].map((first) => lastOfKey(made, first))).toEqual([0, 2, 2])
  })
})
