import {
  candidatesOf,
  createLexicalIndex,
  createVectorIndex,
  DEFAULT_VECTOR_WEIGHT,
  isConvincing,
  type LexicalIndex,
  type QuestionAnalyzer,
  quantise,
  questionTerms,
  rank,
  type SearchMode,
  type VectorIndex,
} from '@dure/retrieval'
import type { Passage } from './data-set.ts'

/** A set as a knowledge base of its own, each passage as a document with its title as heading. */
export interface Corpus {
  readonly analyzer: QuestionAnalyzer
  readonly lexical: LexicalIndex
  readonly texts: ReadonlyMap<string, string>
  /** Undefined: it is searched by words alone. */
  readonly vectors?: VectorIndex
}

/** Passages between two turns of the merges, as between two documents of a base that is loaded. */
const MERGE_EVERY = 2000
const TELL_EVERY = 20_000

/** @param progress hears how far it is, where it takes long */
export async function indexOf(
  analyzer: QuestionAnalyzer,
  passages: readonly Passage[],
  progress: (text: string) => void,
): Promise<Corpus> {
  const lexical = createLexicalIndex()
  for (const [at, { id, title, text }] of passages.entries()) {
    lexical.add({
      id,
      documentId: id,
      morphemes: analyzer.terms(text),
      bigrams: analyzer.bigrams(text),
      headingMorphemes: analyzer.terms(title),
    })
    if ((at + 1) % MERGE_EVERY === 0) await lexical.merged()
    if ((at + 1) % TELL_EVERY === 0) progress(`${at + 1} of ${passages.length} passages`)
  }
  await lexical.seal()
  return { analyzer, lexical, texts: new Map(passages.map(({ id, text }) => [id, text])) }
}

/** @param vectors of the passages, in their order */
export function withVectors(
  corpus: Corpus,
  passages: readonly Passage[],
  vectors: readonly Float32Array[],
): Corpus {
  const index = createVectorIndex({ dimensions: vectors[0]?.length ?? 1 })
  for (const [at, { id }] of passages.entries()) {
    const vector = quantise(vectors[at] ?? [])
    if (vector) index.add({ id, documentId: id, vector })
  }
  return { ...corpus, vectors: index }
}

/** As a model of embeddings sees a passage: with what it is about above it, as the service sends it. */
export function embeddedText({ title, text }: Passage): string {
  return title === '' ? text : `${title}\n${text}`
}

export interface Asked {
  readonly query: string
  readonly mode: SearchMode
  /** Of the query; undefined: no vectors are asked. */
  readonly vector: Float32Array | undefined
}

const DEPTH = 100

/** Asks as the service asks, down to the passages that it would not show. @returns ids, best first */
export async function rankedIds(corpus: Corpus, { query, mode, vector }: Asked): Promise<string[]> {
  const { analyzer, lexical, vectors, texts } = corpus
  const asksVectors = mode !== 'keyword' && vector !== undefined && vectors !== undefined
  const terms = questionTerms(query, { analyzer, index: lexical })
  const keyword =
    mode === 'vector' ? [] : candidatesOf(lexical, terms, { limit: DEPTH, minScore: 0 })
  const near = asksVectors ? await vectors.search({ vector, topK: DEPTH }) : []
  const ids = keyword.map(({ id }) => id)
  const cosines = asksVectors ? vectors.cosines(vector, ids) : new Map<string, number>()
  const ranking = { mode, fusion: 'weighted', vectorWeight: DEFAULT_VECTOR_WEIGHT } as const
  const found = rank({ keyword, vector: near, cosines }, ranking, { limit: DEPTH, minScore: 0 })
  const pairs = analyzer.bigrams(query)
  return found
    .filter((candidate) =>
      isConvincing(candidate, pairs, () => analyzer.bigrams(texts.get(candidate.id) ?? '')),
    )
    .map(({ id }) => id)
}
