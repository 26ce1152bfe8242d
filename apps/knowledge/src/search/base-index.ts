import {
  createLexicalIndex,
  createVectorIndex,
  type LexicalIndex,
  quantisedOf,
  type SealedPart,
  type VectorEntry,
  type VectorIndex,
} from '@dure/retrieval'
import type { BaseTerms, IndexedPassage, IndexSink } from './bring-up-store.ts'
import { createFacts, type KnownFacts } from './facts.ts'

/** What is searched of one knowledge base. */
export interface BaseIndex {
  readonly lexical: LexicalIndex
  /** What its terms are; undefined: it is not known yet. */
  readonly terms: BaseTerms | undefined
  /** Undefined: no passage has a vector. */
  readonly vectors: VectorIndex | undefined
  /** Which of the vectors of its base these are; undefined: it is not known yet. */
  readonly build: string | undefined
  /** The version of each document in it. */
  readonly versions: ReadonlyMap<string, number>
  readonly facts: KnownFacts
}

/** An index that follows its base. */
export interface FollowingIndex extends BaseIndex {
  /** Replaces or removes a document in one go: no search ever sees a part of it. */
  readonly sink: MemorySink
  /** Passages that came or went since it was written down, or since the beginning. */
  readonly changes: number
  /** So many of them are kept elsewhere now. */
  writtenDown(changes: number): void
  readonly bytes: number
  /** Nobody needs it for now: it does nothing by itself until something changes. */
  pause(): void
}

interface MemorySink extends IndexSink {
  /** Done when it returns. */
  put(documentId: string, version: number, passages: readonly IndexedPassage[]): void
}

/** What an index begins with. */
export interface IndexContents {
  readonly parts: readonly SealedPart[]
  readonly vectors: readonly VectorEntry[]
  readonly build: string | undefined
  readonly terms: BaseTerms | undefined
  readonly versions: ReadonlyMap<string, number>
}

export const NO_CONTENTS: IndexContents = {
  parts: [],
  vectors: [],
  build: undefined,
  terms: undefined,
  versions: new Map(),
}

/** A map entry and the header of a string. */
const BYTES_PER_DOCUMENT = 120

/** @param onNoGraph told when a large base must do without a graph of its vectors, and is slower for it */
export function createBaseIndex(
  contents: IndexContents,
  onNoGraph: (error: unknown) => void,
): FollowingIndex {
  const lexical = createLexicalIndex({ parts: contents.parts })
  const versions = new Map(contents.versions)
  const facts = createFacts(versions)
  let vectors: VectorIndex | undefined
  let { build, terms } = contents
  let changes = 0

  function addVector(entry: VectorEntry): void {
    vectors ??= createVectorIndex({ dimensions: entry.vector.values.length, onNoGraph })
    vectors.add(entry)
  }

  function remove(documentId: string): void {
    changes += lexical.size
    lexical.remove(documentId)
    changes -= lexical.size
    vectors?.remove(documentId)
  }

  for (const entry of contents.vectors) addVector(entry)

  return {
    ...{ lexical, versions, facts },
    get vectors() {
      return vectors
    },
    get build() {
      return build
    },
    get terms() {
      return terms
    },
    get changes() {
      return changes
    },
    writtenDown(written) {
      changes -= written
    },
    sink: {
      ...{ generation: undefined, versions, revisions: facts.revisions, learn: facts.learn },
      get build() {
        return build
      },
      get terms() {
        return terms
      },
      useTerms(known: BaseTerms) {
        terms = known
      },
      // Searches that are under way keep those that their questions meet.
      useVectors(other: string, entries: readonly VectorEntry[]) {
        vectors?.pause()
        vectors = undefined
        build = other
        for (const entry of entries) addVector(entry)
        changes += entries.length
      },
      put(documentId: string, version: number, passages: readonly IndexedPassage[]) {
        remove(documentId)
        changes += passages.length
        for (const { vector, ...passage } of passages) {
          lexical.add({ ...passage, documentId })
          if (vector !== null)
            addVector({ id: passage.id, documentId, vector: quantisedOf(vector) })
        }
        versions.set(documentId, version)
      },
      remove(documentId) {
        remove(documentId)
        versions.delete(documentId)
      },
    },
    get bytes() {
      return (
        lexical.bytes + (vectors?.bytes ?? 0) + versions.size * BYTES_PER_DOCUMENT + facts.bytes
      )
    },
    pause() {
      lexical.pause()
      vectors?.pause()
    },
  }
}
