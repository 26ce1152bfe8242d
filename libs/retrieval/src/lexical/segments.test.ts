import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../evaluation/random.ts'
import { createLexicalIndex, type LexicalIndex } from './bm25-index.ts'
import { WINDOW } from './codes.ts'
import { countOf, type LexicalChunk } from './fields.ts'

const words = (text: string) => text.split(' ')
const question = { morphemes: countOf(words('a c m')), bigrams: countOf(words('b d')) }
const everything = { ...question, topK: 10_000 }

/** BM25 by its definition, one chunk after the other. */
function exhaustive(chunks: readonly LexicalChunk[]) {
  const fields = [
    { of: ({ morphemes }: LexicalChunk) => morphemes, terms: question.morphemes, weight: 1 },
    { of: ({ bigrams }: LexicalChunk) => bigrams, terms: question.bigrams, weight: 0.3 },
    {
      of: ({ headingMorphemes }: LexicalChunk) => headingMorphemes,
      terms: question.morphemes,
      weight: 0.5,
    },
  ].map((field) => {
    const total = chunks.reduce((sum, chunk) => sum + field.of(chunk).length, 0)
    const holders = (term: string) =>
      chunks.filter((chunk) => field.of(chunk).includes(term)).length
    const rarity = new Map(
      [...field.terms.keys()].map((term) => {
        const n = holders(term)
        return [term, Math.log(1 + (chunks.length - n + 0.5) / (n + 0.5))]
      }),
    )
    return { ...field, average: total / chunks.length, rarity }
  })
  const scoreOf = (chunk: LexicalChunk) => {
    let score = 0
    for (const { of, weight, average, rarity } of fields) {
      const terms = of(chunk)
      const norm = 0.9 * (0.25 + (0.75 * terms.length) / average)
      for (const [term, idf] of rarity) {
        const frequency = terms.filter((other) => other === term).length
        if (frequency > 0) score += (weight * idf * frequency) / (frequency + norm)
      }
    }
    return score
  }
  return chunks
    .map((chunk) => ({ id: chunk.id, score: scoreOf(chunk) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) =>
      Math.abs(a.score - b.score) < 1e-9 ? (a.id < b.id ? -1 : 1) : b.score - a.score,
    )
}

function expectExhaustive(index: LexicalIndex, chunks: Iterable<LexicalChunk>, topK: number): void {
  const expected = exhaustive([...chunks]).slice(0, topK)
  const hits = index.search({ ...everything, topK })
  expect(hits.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  for (const [at, { score }] of hits.entries())
    expect(score).toBeCloseTo(expected[at]?.score ?? 0, 9)
}

function randomChunk(id: number, below: (limit: number) => number): LexicalChunk {
  const some = (count: number, alphabet: string) =>
    Array.from({ length: count }, () => alphabet.charAt(Math.min(below(26), below(26))))
  return {
    id: `chunk-${id}`,
    documentId: `doc-${below(30)}`,
    morphemes: some(1 + below(12), 'abcdefghijklmnopqrstuvwxyz'),
    bigrams: some(below(6), 'abcdefghijklmnopqrstuvwxyz'),
    headingMorphemes: some(below(3), 'aceg'),
  }
}

test.each([1, 2, 3, 4, 5, 6])(
  'segments rank as one index would, however chunks came and went: %d',
  async (seed) => {
    const { below } = createRandom(seed)
    const index = createLexicalIndex({ chunksPerSegment: 7 })
    const chunks = new Map<string, LexicalChunk>()
    for (let step = 0; step < 600; step++) {
      const chance = below(100)
      if (chance < 80) {
        const chunk = randomChunk(below(400), below)
        index.add(chunk)
        chunks.set(chunk.id, chunk)
      } else if (chance < 90) {
        const gone = `doc-${below(30)}`
        index.remove(gone)
        for (const { id, documentId } of chunks.values()) if (documentId === gone) chunks.delete(id)
      } else if (chance < 97) await setImmediate()
      else if (chance < 99) await index.merged()
      else await index.seal()
      if (step % 20 === 0) expectExhaustive(index, chunks.values(), 1 + below(40))
    }
    await index.seal()
    expectExhaustive(index, chunks.values(), 400)
    expect(index.size).toBe(chunks.size)
  },
)

describe('a merge', () => {
  const { below } = createRandom(9)
  const chunks = Array.from({ length: 3000 }, (_, id) => randomChunk(id, below))
  const filled = () => {
    const index = createLexicalIndex({ chunksPerSegment: 100 })
    for (const chunk of chunks) index.add(chunk)
    return index
  }

  test('changes nothing but the memory', async () => {
    const index = filled()
    const before = index.search(everything)
    const { bytes } = index

    await index.merged()

    expect(index.search(everything)).toEqual(before)
    expect(index.bytes).toBeLessThan(bytes)
  })

  test('lets searches go on, and does not bring back what is removed meanwhile', async () => {
    const index = filled()
    const gone = new Set<string>()
    const merged = index.merged().then(() => 'merged')
    let turns = 0
    for (let document = 0; document < 30; document++) {
      await setImmediate()
      turns++
      index.remove(`doc-${document}`)
      gone.add(`doc-${document}`)
      const found = index.search({ ...everything, topK: 50 })
      expect(found.filter(({ documentId }) => gone.has(documentId))).toEqual([])
    }
    expect([turns, await merged, index.size]).toEqual([30, 'merged', 0])
    expect(index.search(everything)).toEqual([])
  })

  test('waits while nobody needs the index, until something changes', async () => {
    const index = filled()
    const before = index.bytes

    index.pause()
    await index.merged()
    expect(index.bytes).toBe(before)

    for (const chunk of chunks.slice(0, 200)) index.add({ ...chunk, id: `late-${chunk.id}` })
    await index.merged()
    expect(index.bytes).toBeLessThan(before)
  })
})

test('a segment of several windows, with lists long and short, gives what many small ones give', async () => {
  const { below } = createRandom(21)
  const small = createLexicalIndex({ chunksPerSegment: 500 })
  const large = createLexicalIndex({ chunksPerSegment: 4500 })
  for (let id = 0; id < 13_000; id++) {
    const word = () => `w${Math.floor(200 * (below(1000) / 1000) ** 4)}`
    const chunk = {
      ...{ id: `chunk-${id}`, documentId: `doc-${below(2000)}`, headingMorphemes: [word()] },
      morphemes: Array.from({ length: 1 + below(20) }, word),
      bigrams: Array.from({ length: below(10) }, word),
    }
    for (const index of [small, large]) index.add(chunk)
  }
  await large.seal()
  for (const index of [small, large]) for (let n = 0; n < 100; n++) index.remove(`doc-${n}`)
  const parts = large.parts() ?? expect.unreachable()
  expect(Math.max(...parts.map(({ arrays }) => arrays.capacity))).toBeGreaterThan(2 * WINDOW)

  for (let n = 0; n < 60; n++) {
    const some = () => countOf(Array.from({ length: 1 + below(5) }, () => `w${below(200)}`))
    const asked = { morphemes: some(), bigrams: some(), mustShareMorpheme: n % 2 === 0 }
    for (const topK of [1, 10, 300]) {
      expect(large.search({ ...asked, topK })).toEqual(
        small.search({ ...asked, topK: 13_000 }).slice(0, topK),
      )
    }
  }
})

test('who asks for a name gets the passage with all of it before those with its parts', () => {
  const index = createLexicalIndex()
  const add = (id: string, morphemes: string) =>
    index.add({
      id,
      documentId: id,
      morphemes: words(morphemes),
      bigrams: [],
      headingMorphemes: [],
    })
  add('parts', 'gpt 4o gpt 4o')
  add('name', 'gpt-4o gpt 4o x y')
  for (let other = 0; other < 5; other++) add(`other-${other}`, 'p q r')

  const [first, second] = index.search({
    ...{ morphemes: countOf(words('gpt-4o gpt 4o')), bigrams: new Map(), topK: 2 },
  })

  expect([first?.id, second?.id]).toEqual(['name', 'parts'])
  expect(first?.contributions.exact).toBeGreaterThan(0)
  expect(second?.contributions.exact).toBe(0)
})
