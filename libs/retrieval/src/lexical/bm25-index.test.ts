import { describe, expect, test } from 'vitest'
import { createLexicalIndex, type LexicalIndex } from './bm25-index.ts'
import { countOf, type LexicalChunk } from './fields.ts'

const everything = { morphemes: countOf(['a', 'b']), bigrams: countOf(['ab']), topK: 1000 }

function chunk(id: string, morphemes: string, more: Partial<LexicalChunk> = {}): LexicalChunk {
  return {
    id,
    documentId: `doc-of-${id}`,
    morphemes: morphemes.split(' '),
    bigrams: [],
    headingMorphemes: [],
    ...more,
  }
}

function indexOf(...chunks: readonly LexicalChunk[]): LexicalIndex {
  const index = createLexicalIndex()
  for (const each of chunks) index.add(each)
  return index
}

describe('the score', () => {
  // Three chunks of 4, 2 and 3 terms: the average length is 3.
  const index = indexOf(
    chunk('one', 'a a b c', { bigrams: ['ab', 'bc'], headingMorphemes: ['a'] }),
    chunk('two', 'a d', { bigrams: ['xy'] }),
    chunk('three', 'e f g'),
  )
  // 'a' is in 2 of 3: ln(1 + 1.5 / 2.5); 'b', the bigram and the heading are in 1: ln(1 + 2.5 / 1.5).
  const common = 0.4700036292
  const rare = 0.980829253

  test('is BM25 of the morphemes, worked out by hand', () => {
    const hits = index.search({ morphemes: countOf(['a', 'b']), bigrams: countOf([]), topK: 10 })

    // The norms are 0.9 * (0.25 + 0.75 * 4 / 3) = 1.125 and 0.9 * (0.25 + 0.75 * 2 / 3) = 0.675.
    expect(hits.map(({ id }) => id)).toEqual(['one', 'two'])
    expect(hits[0]?.contributions.morpheme).toBeCloseTo((common * 2) / 3.125 + rare / 2.125, 6)
    expect(hits[0]?.contributions.morpheme).toBeCloseTo(0.76236903, 6)
    expect(hits[1]?.score).toBeCloseTo(0.280599182, 6)
  })

  test('adds 0.3 of the bigrams and 0.5 of the headings, and says so', () => {
    const [hit] = index.search({ morphemes: countOf(['a']), bigrams: countOf(['ab']), topK: 1 })

    // The average is 1 bigram and 1/3 of a heading term per chunk.
    expect(hit?.contributions.bigram).toBeCloseTo((0.3 * rare) / (1 + 0.9 * (0.25 + 0.75 * 2)), 6)
    expect(hit?.contributions.heading).toBeCloseTo((0.5 * rare) / (1 + 0.9 * (0.25 + 0.75 * 3)), 6)
    const { morpheme = 0, bigram = 0, heading = 0 } = hit?.contributions ?? {}
    expect(hit?.score).toBeCloseTo(morpheme + bigram + heading, 12)
  })

  test('counts a term as much as the query says', () => {
    const [once] = index.search({ morphemes: countOf(['e']), bigrams: countOf([]), topK: 1 })
    const [twice] = index.search({ morphemes: countOf(['e', 'e']), bigrams: countOf([]), topK: 1 })

    expect(twice?.score).toBeCloseTo(2 * (once?.score ?? 0), 12)
  })
})

describe('a search', () => {
  test('finds nothing in nothing, for nothing, and for what is not there', () => {
    const index = indexOf(chunk('one', 'a'))

    expect(createLexicalIndex().search(everything)).toEqual([])
    expect(index.search({ morphemes: countOf([]), bigrams: countOf([]), topK: 10 })).toEqual([])
    expect(index.search({ morphemes: countOf(['z']), bigrams: countOf(['zz']), topK: 10 })).toEqual(
      [],
    )
    expect(index.search({ ...everything, topK: 0 })).toEqual([])
  })

  test('orders equal scores by id, whatever the order of adding', () => {
    const chunks = ['d', 'b', 'e', 'a', 'c'].map((id) => chunk(id, 'a'))
    const ids = (index: LexicalIndex) => index.search({ ...everything, topK: 3 }).map((h) => h.id)

    expect(ids(indexOf(...chunks))).toEqual(['a', 'b', 'c'])
    expect(ids(indexOf(...chunks.reverse()))).toEqual(['a', 'b', 'c'])
  })

  test('leaves out what scores below the least score, and keeps what reaches it', () => {
    const index = indexOf(chunk('one', 'a b'), chunk('two', 'a c'), chunk('three', 'd'))
    const [first, second] = index.search(everything)

    expect(index.search({ ...everything, minScore: first?.score ?? 0 })).toEqual([first])
    expect(index.search({ ...everything, minScore: second?.score ?? 0 })).toHaveLength(2)
  })

  test('for few gives the beginning of a search for all', () => {
    const index = indexOf(...randomChunks(400, 3))
    const all = index.search(everything)

    expect(all.length).toBeGreaterThan(100)
    for (const topK of [1, 2, 7, 50]) {
      expect(index.search({ ...everything, topK })).toEqual(all.slice(0, topK))
    }
  })

  test('finds the same however many it passes over, also of removed and added chunks', () => {
    const index = indexOf(...randomChunks(5000, 17, RARE_AND_FREQUENT))
    for (let n = 0; n < 300; n++) index.remove(`doc-${n}`)
    for (const late of randomChunks(500, 19, RARE_AND_FREQUENT)) {
      index.add({ ...late, id: `late-${late.id}` })
    }
    for (const mustShareMorpheme of [false, true]) {
      for (const at of [0, 7, 19, 30, 39]) {
        const question = {
          morphemes: countOf([at, at + 3, 39].map((n) => `m${n}`)),
          bigrams: countOf([at, at + 1, at + 2].map((n) => `b${n}`)),
          mustShareMorpheme,
        }
        const all = index.search({ ...question, topK: 10_000 })
        expect(all.length).toBeGreaterThan(100)
        for (const topK of [1, 10, 40]) {
          expect(index.search({ ...question, topK })).toEqual(all.slice(0, topK))
        }
        const minScore = all[20]?.score ?? 0
        expect(index.search({ ...question, topK: 10_000, minScore }).length).toBeGreaterThan(20)
        expect(index.search({ ...question, topK: 5, minScore })).toEqual(all.slice(0, 5))
      }
    }
  })

  test('finds only what is accepted, with the scores of all, also of what came and went since', () => {
    const index = indexOf(...randomChunks(600, 23))
    const accepts = (documentId: string) => Number(documentId.slice(4)) % 10 === 0
    const accepted = (topK: number) =>
      index
        .search(everything)
        .filter(({ documentId }) => accepts(documentId))
        .slice(0, topK)

    for (const change of [() => {}, () => index.remove('doc-10'), () => index.add(late)]) {
      change()
      expect(accepted(20)).toHaveLength(20)
      for (const topK of [1, 20]) {
        expect(index.search({ ...everything, topK, accepts })).toEqual(accepted(topK))
      }
    }
  })

  test('finds nothing by pairs of syllables alone, when a morpheme must be shared', () => {
    const index = indexOf(
      chunk('pairs', 'x', { bigrams: ['ab', 'bc'] }),
      chunk('word', 'a', { bigrams: ['zz'] }),
      chunk('heading', 'y', { headingMorphemes: ['a'] }),
    )
    const question = { morphemes: countOf(['a']), bigrams: countOf(['ab', 'bc']), topK: 10 }
    const ids = (more: object) => index.search({ ...question, ...more }).map(({ id }) => id)

    expect(ids({}).toSorted()).toEqual(['heading', 'pairs', 'word'])
    expect(ids({ mustShareMorpheme: true }).toSorted()).toEqual(['heading', 'word'])
  })

  test('counts frequencies that do not fit a byte as the largest that does', () => {
    const many = Array.from({ length: 400 }, () => 'a').join(' ')
    const [hit] = indexOf(chunk('one', many)).search(everything)

    expect(hit?.score).toBeCloseTo((Math.log(1 + 0.5 / 1.5) * 255) / (255 + 0.9), 6)
  })
})

describe('a removal', () => {
  test('leaves the index as if the document had never been added', () => {
    const chunks = randomChunks(600, 5)
    const isGone = ({ documentId }: LexicalChunk) => Number(documentId.slice(4)) % 3 !== 0
    const gone = new Set(chunks.filter(isGone).map(({ documentId }) => documentId))
    const index = indexOf(...chunks)
    const fresh = indexOf(...chunks.filter((each) => !isGone(each)))

    for (const documentId of gone) index.remove(documentId)

    expect(index.size).toBe(fresh.size)
    expect(index.search(everything)).toEqual(fresh.search(everything))
  })

  test('shows in the very next search, scores included, at every step', () => {
    const chunks = randomChunks(60, 9)
    const index = indexOf(...chunks)
    const documents = [...new Set(chunks.map(({ documentId }) => documentId))]
    documents.forEach((removed, i) => {
      index.remove(removed)
      const left = new Set(documents.slice(i + 1))
      const fresh = indexOf(...chunks.filter(({ documentId }) => left.has(documentId)))
      expect(index.search(everything)).toEqual(fresh.search(everything))
    })
    expect(index.size).toBe(0)
  })

  test('of an unknown document changes nothing, and a document may come back', () => {
    const index = indexOf(chunk('one', 'a'), chunk('two', 'b'))
    const before = index.search(everything)

    index.remove('doc-of-nobody')
    index.remove('doc-of-one')
    index.remove('doc-of-one')
    index.add(chunk('one', 'a'))

    expect(index.size).toBe(2)
    expect(index.search(everything)).toEqual(before)
  })

  test('gives memory back', () => {
    const chunks = randomChunks(400, 11)
    const index = indexOf(...chunks)
    const full = index.bytes

    for (const { documentId } of chunks) index.remove(documentId)

    expect(full).toBeGreaterThan(400 * 4)
    expect(index.bytes).toBeLessThan(full / 4)
  })
})

test('a chunk that is added again replaces itself', () => {
  const index = indexOf(chunk('one', 'a'), chunk('two', 'b'), chunk('one', 'a c'))

  expect(index.size).toBe(2)
  expect(index.search(everything)).toEqual(
    indexOf(chunk('two', 'b'), chunk('one', 'a c')).search(everything),
  )
})

test('a document is removed with all its chunks and no other', () => {
  const index = indexOf(
    chunk('1', 'a', { documentId: 'x' }),
    chunk('2', 'a', { documentId: 'y' }),
    chunk('3', 'a', { documentId: 'x' }),
  )

  index.remove('x')

  expect(index.search(everything).map(({ id, documentId }) => [id, documentId])).toEqual([
    ['2', 'y'],
  ])
})

const late = chunk('late', 'a a a b', { documentId: 'doc-7770' })

interface Alphabets {
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headings: readonly string[]
}

const FEW: Alphabets = {
  morphemes: ['a', 'b', 'c', 'd', 'e'],
  bigrams: ['ab', 'bc', 'cd'],
  headings: ['a', 'f'],
}
/** The first are in nearly every chunk, the last in few. */
const RARE_AND_FREQUENT: Alphabets = {
  morphemes: falling('m', 43),
  bigrams: falling('b', 43),
  headings: falling('m', 20),
}

/** Names, each there as often as its number divides the largest. */
function falling(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) =>
    Array.from({ length: Math.ceil(count / (n + 1)) }, () => `${prefix}${n}`),
  ).flat()
}

/** Chunks of several documents, the same ones on every run. */
function randomChunks(count: number, seed: number, alphabets: Alphabets = FEW): LexicalChunk[] {
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const some = (alphabet: readonly string[], most: number) =>
    Array.from({ length: below(most) }, () => alphabet[below(alphabet.length)] ?? '')
  return Array.from({ length: count }, (_, i) => ({
    id: `chunk-${i}`,
    documentId: `doc-${below(count / 4)}`,
    morphemes: some(alphabets.morphemes, 12),
    bigrams: some(alphabets.bigrams, 8),
    headingMorphemes: some(alphabets.headings, 3),
  }))
}
