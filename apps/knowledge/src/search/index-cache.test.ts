import type { KnowledgeBaseId } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { describe, expect, test } from 'vitest'
import type { FollowingIndex } from './base-index.ts'
import { createIndexCache } from './index-cache.ts'

const tenant = testTenant()
const idOf = (digit: string) => `kb_${digit.repeat(32)}` as KnowledgeBaseId
const NO_SNAPSHOTS = { open: async () => undefined, keep: async () => {} }
const GENEROUS = 64 * 1024 * 1024

/** A base with one document whose version is its generation. */
function setUp(budgetBytes = GENEROUS) {
  let generation = 1n
  let running = 0
  const seen = { loads: 0, most: 0, put: 0 }
  const cache = createIndexCache({
    budgetBytes,
    snapshots: NO_SNAPSHOTS,
    loads: 2,
    bringUp: async (_tenant, id, sink) => {
      const version = Number(generation)
      seen.loads++
      seen.most = Math.max(seen.most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (sink.versions.get(`doc_${id}`) !== version) {
        seen.put++
        await sink.put(`doc_${id}`, version, [
          {
            id: `${id}#${version}`,
            morphemes: ['말'],
            bigrams: [],
            headingMorphemes: [],
            vector: null,
          },
        ])
      }
      return BigInt(version)
    },
  })
  const change = () => {
    generation++
  }
  const found = async (digit: string) =>
    (await cache.get(tenant, idOf(digit), generation)).lexical
      .search({ morphemes: new Map([['말', 1]]), bigrams: new Map(), topK: 10 })
      .map(({ id }) => id)
  return { found, change, seen }
}

describe('the cache of indexes', () => {
  test('loads an index once, however many ask at the same time', async () => {
    const { found, seen } = setUp()

    await Promise.all(Array.from({ length: 20 }, () => found('1')))
    await found('1')

    expect(seen.loads).toBe(1)
  })

  test('follows a change, and never answers with what was before it', async () => {
    const { found, change } = setUp()
    expect(await found('1')).toEqual([`${idOf('1')}#1`])

    change()

    expect(await found('1')).toEqual([`${idOf('1')}#2`])
  })

  test('does not take the answer of a load that began before the change', async () => {
    const { found, change, seen } = setUp()
    const early = found('1')
    while (seen.loads === 0) await Promise.resolve()
    change()

    expect(await found('1')).toEqual([`${idOf('1')}#2`])
    await early
    expect(seen.loads).toBe(2)
  })

  test('drops what was not used for longest when the room is needed', async () => {
    const { found, seen } = setUp(1)

    await found('1')
    await found('2')
    expect(seen.put).toBe(2)
    await found('1')

    expect(seen.put).toBe(3)
  })

  test('keeps one that is larger than all the room', async () => {
    const { found, seen } = setUp(1)

    await found('1')
    await found('1')

    expect(seen.loads).toBe(1)
  })

  test('loads no more than two at once', async () => {
    const { found, seen } = setUp()

    await Promise.all(['1', '2', '3', '4', '5', '6'].map(found))

    expect(seen).toMatchObject({ loads: 6, most: 2 })
  })

  test('follows a small change while two large bases are loaded, and loads those of other tenants', async () => {
    const slow = new Set(['1', '2', '3'].map(idOf))
    const gate = Promise.withResolvers<void>()
    const [loaded, generations] = [[] as string[], new Map<string, bigint>()]
    const cache = createIndexCache({
      budgetBytes: GENEROUS,
      snapshots: NO_SNAPSHOTS,
      bringUp: async (_tenant, id) => {
        if (slow.has(id)) await gate.promise
        loaded.push(id)
        return generations.get(id) ?? 1n
      },
    })
    const get = (digit: string, of = tenant) =>
      cache.get(of, idOf(digit), generations.get(idOf(digit)) ?? 1n)
    await get('4')
    const large = ['1', '2', '3'].map((digit) => get(digit))

    generations.set(idOf('4'), 2n)
    await get('4')
    await get('5', testTenant('2'))
    expect(loaded).toEqual(['4', '4', '5'].map(idOf))

    gate.resolve()
    await Promise.all(large)
    expect(loaded).toHaveLength(6)
  })

  test('says so, and stops, when an index never gets as far as it should', async () => {
    const cache = createIndexCache({
      budgetBytes: GENEROUS,
      snapshots: NO_SNAPSHOTS,
      bringUp: async () => 1n,
    })

    await expect(cache.get(tenant, idOf('1'), 2n)).rejects.toMatchObject({
      code: 'search.index-behind',
    })
  })

  test.each([
    ['with its base', (words: number, _: FollowingIndex) => words],
    [
      'by itself',
      (words: number, { sink }: FollowingIndex) => sink.put('other', 1, [passageOf(words)]),
    ],
  ])('drops others when one grows %s', async (_, grow) => {
    const loads: string[] = []
    let words = 10
    const cache = createIndexCache({
      budgetBytes: 1024 * 1024,
      snapshots: NO_SNAPSHOTS,
      bringUp: async (_tenant, id, sink) => {
        loads.push(id)
        await sink.put('document', words, [passageOf(words)])
        return BigInt(words)
      },
    })
    const get = (digit: string) => cache.get(tenant, idOf(digit), BigInt(words))
    await get('1')
    const index = (await get('2')) as FollowingIndex
    await get('1')
    expect(loads).toEqual([idOf('1'), idOf('2')])

    words = grow(15_000, index) ?? words
    await get('2')
    expect(index.bytes).toBeGreaterThan(1024 * 1024)
    words = 10
    await get('1')

    expect(loads.filter((id) => id === idOf('1'))).toHaveLength(2)
  })
})

function passageOf(words: number) {
  return {
    id: `passage-${words}`,
    morphemes: Array.from({ length: words }, (_, n) => `말${n}`),
    bigrams: [],
    headingMorphemes: [],
    vector: null,
  }
}
