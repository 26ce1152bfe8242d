import { describe, expect, test } from 'vitest'
import { clustered, exactTen } from '../evaluation/clusters.ts'
import { createRandom } from '../evaluation/random.ts'
import { quantise } from './quantise.ts'
import { createVectorIndex, type VectorIndex } from './vector-index.ts'

const vectorOf = (...values: number[]) => quantise(values) ?? expect.unreachable()

function add(index: VectorIndex, id: string, values: ArrayLike<number>, documentId = `of-${id}`) {
  index.add({ id, documentId, vector: vectorOf(...Array.from(values)) })
}

/** More than is searched in one turn. */
function large() {
  const random = createRandom(3)
  const values = () => Float32Array.from({ length: 2000 }, () => random.below(2001) - 1000)
  const index = createVectorIndex({ dimensions: 2000 })
  for (let at = 0; at < 3000; at++) add(index, `v${at}`, values())
  return { index, query: values() }
}

const idsOf = async (index: VectorIndex, vector: ArrayLike<number>, topK = 10) =>
  (await index.search({ vector, topK })).map(({ id }) => id)

describe.each([
  ['that looks at all', {}],
  ['with a graph', { graphFrom: 1 }],
])('an index %s', (_name, options) => {
  test('finds the nearest first, with the cosine', async () => {
    const index = createVectorIndex({ dimensions: 2, ...options })
    add(index, 'right', [1, 0])
    add(index, 'up', [0, 1])
    add(index, 'between', [1, 1])
    await index.grown()

    const hits = await index.search({ vector: [2, 0.1], topK: 2 })

    expect(hits).toEqual([
      { id: 'right', documentId: 'of-right', score: expect.closeTo(0.9988, 3) },
      { id: 'between', documentId: 'of-between', score: expect.closeTo(0.7415, 2) },
    ])
    expect(await index.search({ vector: [1, 0], topK: 9, minScore: 0.9 })).toHaveLength(1)
    expect(await index.search({ vector: [1, 0], topK: 0 })).toEqual([])
    expect(await index.search({ vector: [0, 0], topK: 9 })).toEqual([])
  })

  test('says the cosines of some of them', async () => {
    const index = createVectorIndex({ dimensions: 2, ...options })
    add(index, 'right', [1, 0])
    add(index, 'up', [0, 1])

    expect(index.cosines([1, 0], ['up', 'nobody', 'right'])).toEqual(
      new Map([
        ['up', 0],
        ['right', expect.closeTo(1, 6)],
      ]),
    )
    expect(index.cosines([0, 0], ['up'])).toEqual(new Map())
  })

  test('orders equal ones by id', async () => {
    const index = createVectorIndex({ dimensions: 2, ...options })
    for (const id of ['c', 'a', 'd', 'b']) add(index, id, [1, 1])

    expect(await idsOf(index, [1, 1], 3)).toEqual(['a', 'b', 'c'])
  })

  test('knows nothing of what was removed, from the next search on', async () => {
    const index = createVectorIndex({ dimensions: 2, ...options })
    for (const id of ['a', 'b', 'c']) add(index, id, [1, 0], id === 'b' ? 'two' : 'one')
    await index.grown()

    index.remove('one')
    index.remove('nobody')

    expect(await idsOf(index, [1, 0])).toEqual(['b'])
    expect(index.size).toBe(1)
    index.remove('two')
    expect(await idsOf(index, [1, 0])).toEqual([])
    add(index, 'a', [0, 1])
    expect(await idsOf(index, [1, 0])).toEqual(['a'])
  })

  test('replaces one with the same id', async () => {
    const index = createVectorIndex({ dimensions: 2, ...options })
    add(index, 'a', [1, 0], 'old')
    add(index, 'a', [0, 1], 'new')

    expect(await index.search({ vector: [0, 1], topK: 5 })).toMatchObject([{ documentId: 'new' }])
    index.remove('old')
    expect(index.size).toBe(1)
  })

  test('gives only what a filter accepts, however far it is', async () => {
    const index = createVectorIndex({ dimensions: 8, ...options })
    const { vectors, queries } = clustered({ count: 500, queryCount: 1, dimensions: 8, seed: 5 })
    for (const [at, vector] of vectors.entries()) add(index, `v${at}`, vector, `doc-${at % 50}`)
    await index.grown()

    const accepts = (documentId: string) => documentId === 'doc-7'
    const hits = await index.search({ vector: queries[0] ?? [], topK: 20, accepts })

    expect(hits).toHaveLength(10)
    expect(new Set(hits.map(({ documentId }) => documentId))).toEqual(new Set(['doc-7']))
  })

  test('after any removals is as if what is gone had never been there', async () => {
    const { vectors, queries } = clustered({ count: 3000, queryCount: 20, dimensions: 16, seed: 7 })
    const index = createVectorIndex({ dimensions: 16, ...options })
    for (const [at, vector] of vectors.entries()) add(index, `v${at}`, vector, `doc-${at % 300}`)
    const full = index.bytes
    const isGone = (at: number) => at % 300 > 40
    for (let document = 41; document < 300; document++) index.remove(`doc-${document}`)
    const fresh = createVectorIndex({ dimensions: 16 })
    for (const [at, vector] of vectors.entries()) if (!isGone(at)) add(fresh, `v${at}`, vector)
    await index.grown()

    expect(index.size).toBe(fresh.size)
    for (const query of queries)
      expect(await idsOf(index, query)).toEqual(await idsOf(fresh, query))
    expect(index.bytes).toBeLessThan(full / 2)
  })

  test('refuses vectors of other dimensions', async () => {
    const index = createVectorIndex({ dimensions: 3, ...options })

    expect(() => add(index, 'a', [1, 0])).toThrow(RangeError)
    await expect(index.search({ vector: [1, 0], topK: 1 })).rejects.toThrow(RangeError)
  })
})

test('what is removed while a search goes on is not in its answer', async () => {
  const { index, query } = large()
  const before = await idsOf(index, query)

  const searching = idsOf(index, query)
  for (const id of before.slice(0, 5)) index.remove(`of-${id}`)
  const found = await searching

  expect(found.filter((id) => before.includes(id))).toEqual(before.slice(5))
})

test('others have their turn while a large base is searched', async () => {
  const { index, query } = large()
  const order: string[] = []

  setImmediate(() => order.push('other'))
  const searching = idsOf(index, query).then(() => order.push('search'))
  await searching

  expect(order).toEqual(['other', 'search'])
})

test('a graph grows while searches go on, and is left when its base becomes small', async () => {
  const { vectors, queries } = clustered({ count: 400, queryCount: 1, dimensions: 32, seed: 9 })
  const index = createVectorIndex({ dimensions: 32, graphFrom: 200 })
  const whole = createVectorIndex({ dimensions: 32 })
  const [query = new Float32Array()] = queries
  for (const [at, vector] of vectors.entries()) {
    add(index, `v${at}`, vector)
    add(whole, `v${at}`, vector)
    if (at % 50 === 49) expect(await idsOf(index, query)).toEqual(await idsOf(whole, query))
  }
  await index.grown()
  const withGraph = index.bytes
  for (let at = 0; at < 350; at++) index.remove(`of-v${at}`)

  expect(index.bytes).toBeLessThan(withGraph / 2)
  expect(await idsOf(index, query, 50)).toHaveLength(50)
})

describe('recall at ten against the exact search in floats', () => {
  const measured = { count: 4000, queryCount: 50, dimensions: 128, seed: 11 }
  test.each([
    ['int8, looking at all', undefined, 0.95],
    ['a graph', 1000, 0.95],
  ])('of %s', async (_name, graphFrom, least) => {
    const { vectors, queries } = clustered(measured)
    const index = createVectorIndex({ dimensions: 128, ...(graphFrom && { graphFrom }) })
    for (const [at, vector] of vectors.entries()) add(index, `v${at}`, vector)
    await index.grown()

    let found = 0
    for (const query of queries) {
      const exact = new Set(exactTen(vectors, query))
      for (const id of await idsOf(index, query)) if (exact.has(id)) found++
    }

    expect(found / (10 * queries.length)).toBeGreaterThanOrEqual(least)
  })
})
