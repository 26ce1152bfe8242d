import { type Accepts, acceptedIn } from './acceptance.ts'
import { BestChunks, type FoundChunk, replaceLeast } from './best-chunks.ts'
import { codeIn, fractionsOf, ordinalOf } from './codes.ts'
import { type AskedTerm, Cursor } from './cursor.ts'
import {
  FIELDS,
  type FieldName,
  identifiersIn,
  type LexicalChunk,
  type PerField,
  type TermWeights,
  WEIGHTS,
} from './fields.ts'
import { entryAt } from './posting-list.ts'
import type { SealedPart } from './sealed-segment.ts'
import type { Segment } from './segment.ts'
import { createSegments, type SegmentsOptions } from './segments.ts'
import { type Term, termOf } from './terms.ts'
import { createTopK } from './top-k.ts'
import { WindowSearch } from './window-search.ts'

export interface LexicalQuery {
  readonly morphemes: TermWeights
  readonly bigrams: TermWeights
  /** How many hits at most; none for less than 1. */
  readonly topK: number
  /** Hits below this score are left out. */
  readonly minScore?: number
  /** Pairs of syllables rank what shares a morpheme, and find nothing by themselves. */
  readonly mustShareMorpheme?: boolean
  /**
   * Only chunks of documents that it accepts; absent: of all. Of all of them, the frequencies of terms still count. What it
   * says is remembered as long as it is the same function.
   */
  readonly accepts?: Accepts | undefined
}

export interface LexicalHit {
  readonly id: string
  readonly documentId: string
  /** The sum of the contributions. */
  readonly score: number
  /** What each field adds to the score, its weight included. */
  readonly contributions: Contributions
}

export type Contributions = Readonly<Record<FieldName, number>>

/**
 * The index of one knowledge base, in memory. Never put two tenants into one: the frequencies of
 * one would show in the scores of the other.
 */
export interface LexicalIndex {
  /** Adds a chunk; one with the same id is replaced. */
  add(chunk: LexicalChunk): void
  /** Forgets all chunks of a document: the next search knows nothing of them, nor do its scores. */
  remove(documentId: string): void
  /** Best first; equal scores by ascending id, so that the order is always the same. */
  search(query: LexicalQuery): LexicalHit[]
  /** In how many chunks a pair of syllables is. */
  holdersOfBigram(bigram: string): number
  /** When its parts are merged into few, which goes on by itself between searches; none changes what is found. */
  merged(): Promise<void>
  /** When all chunks that are here now can be had as `parts`. */
  seal(): Promise<void>
  /** All chunks, to be kept elsewhere; undefined when some were added since they were sealed. */
  parts(): readonly SealedPart[] | undefined
  /** Nobody needs it for now: nothing is merged until something changes. */
  pause(): void
  /** The number of chunks. */
  readonly size: number
  /** An estimate of the memory, from above, for a budget. */
  readonly bytes: number
}

const BIGRAM = FIELDS.indexOf('bigram')
/** Searches do not wait for anything, so one serves all indexes. */
const windowSearch = new WindowSearch()

export function createLexicalIndex(options: SegmentsOptions = {}): LexicalIndex {
  const segments = createSegments(options)
  let fractions: PerField<Float64Array> | undefined

  function changed(): void {
    fractions = undefined
  }

  return {
    add(chunk) {
      changed()
      segments.add(chunk)
    },

    remove(documentId) {
      changed()
      segments.remove(documentId)
    },

    search({ morphemes, bigrams, topK, minScore = 0, mustShareMorpheme = false, accepts }) {
      const { size } = segments
      if (topK < 1 || size === 0) return []
      fractions ??= segments.averageLengths().map(fractionsOf)
      const exact = new Map(identifiersIn(morphemes.keys()).map((term) => [term, 1]))
      const ofField = (field: number, weights: TermWeights) =>
        Array.from(weights, ([text, weight]): Asked => {
          const term = termOf(text)
          const rarity = inverseDocumentFrequency(segments.holders(field, term), size)
          return {
            term,
            field,
            weight: (WEIGHTS[field] ?? 0) * weight * rarity,
            fractions: fractions?.[field] ?? new Float64Array(),
            leads: field !== BIGRAM || !mustShareMorpheme,
          }
        })
      const asked = [morphemes, bigrams, morphemes, exact].flatMap((terms, field) =>
        ofField(field, terms),
      )
      const best = new BestChunks(topK, minScore)
      const all = segments.all
      const wanted = all.map((segment) => acceptedIn(segment, accepts))
      raise(best, all, { asked, topK, wanted })
      for (const [at, segment] of all.entries()) {
        best.segment = at
        const { capacity } = segment
        const alive = wanted[at] ?? segment.alive
        windowSearch.search(cursorsOf(segment, asked), { alive, capacity }, best)
      }
      return hitsOf(best.take(), all, { asked, topK, minScore })
    },

    holdersOfBigram: (bigram) => segments.holders(BIGRAM, termOf(bigram)),
    merged: segments.merged,
    seal: segments.seal,
    parts: segments.parts,
    pause: segments.pause,

    get size() {
      return segments.size
    },

    get bytes() {
      return segments.bytes
    },
  }
}

interface Asked extends AskedTerm {
  readonly term: Term
}

/** Lucene's form, which is never negative: ln(1 + (N - n + 0.5) / (n + 0.5)). */
export function inverseDocumentFrequency(holders: number, size: number): number {
  return Math.log(1 + (size - holders + 0.5) / (holders + 0.5))
}

function cursorsOf(segment: Segment, asked: readonly Asked[]): Cursor[] {
  return asked.flatMap((each) => {
    const list = segment.list(each.field, each.term)
    return list === undefined ? [] : [new Cursor(list, each)]
  })
}

/** Entries of each term that are looked at before the search. */
const SAMPLE = 1000

/**
 * Before anything is found: where one term alone gives `topK` chunks so much, no chunk with less is among the best. Some of its
 * entries say so as well as all.
 */
function raise(
  best: BestChunks,
  segments: readonly Segment[],
  {
    asked,
    topK,
    wanted,
  }: {
    readonly asked: readonly Asked[]
    readonly topK: number
    readonly wanted: readonly Uint8Array[]
  },
): void {
  for (const { term, field, weight, fractions, leads } of asked) {
    if (!leads || weight < best.threshold) continue
    const scores = new Float64Array(topK)
    let left = SAMPLE
    for (const [number, segment] of segments.entries()) {
      const list = segment.list(field, term)
      if (list === undefined) continue
      for (let at = list.from; at < list.to && left > 0; at++, left--) {
        const entry = list.entries[at] ?? 0
        if (wanted[number]?.[ordinalOf(entry)] !== 1) continue
        const score = weight * (fractions[codeIn(entry)] ?? 0)
        if (score > (scores[0] ?? 0)) replaceLeast(scores, score)
      }
    }
    best.threshold = Math.max(best.threshold, scores[0] ?? 0)
  }
}

interface Wanted {
  readonly asked: readonly Asked[]
  readonly topK: number
  readonly minScore: number
}

/** Adds up what each chunk gets, always in the same order: a score does not depend on how it was found. */
function hitsOf(
  found: readonly FoundChunk[],
  segments: readonly Segment[],
  { asked, topK, minScore }: Wanted,
): LexicalHit[] {
  const best = createTopK<LexicalHit>(topK, byScoreThenId)
  for (const [at, segment] of segments.entries()) {
    const ordinals = found.flatMap((chunk) => (chunk.segment === at ? chunk.ordinal : []))
    if (ordinals.length === 0) continue
    const lists = asked.flatMap((each) => {
      const list = segment.list(each.field, each.term)
      return list === undefined ? [] : [{ ...each, list }]
    })
    for (const ordinal of ordinals) {
      const sums = FIELDS.map(() => 0)
      for (const { list, field, weight, fractions } of lists) {
        const entry = entryAt(list, ordinal)
        if (entry === undefined) continue
        sums[field] = (sums[field] ?? 0) + weight * (fractions[codeIn(entry)] ?? 0)
      }
      const [morpheme = 0, bigram = 0, heading = 0, exact = 0] = sums
      const score = morpheme + bigram + heading + exact
      if (score <= 0 || score < minScore) continue
      const contributions = { morpheme, bigram, heading, exact }
      best.offer({ ...segment.keyOf(ordinal), score, contributions })
    }
  }
  return best.take()
}

function byScoreThenId(a: LexicalHit, b: LexicalHit): number {
  if (a.score !== b.score) return b.score - a.score
  return a.id < b.id ? -1 : 1
}
