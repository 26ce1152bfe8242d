import { quantisedOf } from '@dure/retrieval'
import type { IndexedPassage, IndexSink } from '../../search/bring-up-store.ts'
import type { Engine, EngineRow } from './engine.ts'
import type { Change, Journal, JournalKey } from './journal.ts'
import { follow, knownFrom, type State, wholeOf } from './state.ts'
import { changeOf, count, emptyStatistics, type Statistics } from './statistics.ts'
import { passageTerms } from './terms.ts'

export interface CatchUpParts {
  readonly engine: Engine
  readonly journal: Journal
}

/** Passages of one entry, more or less: a document is never cut. */
const BATCH = 1000
/** Entries that a reader would have to follow one by one before they become one. */
const MAX_ENTRIES = 32

interface Batch {
  readonly rows: EngineRow[]
  /** As in a change: 0 for a document that goes. */
  readonly documents: Map<string, number>
}

/**
 * Writes what has changed into an engine, in batches. New rows first, then the entry that makes them live in place of the
 * old ones, which are removed last: after a crash in between there are rows that are not live, and nothing else. Whoever
 * was slower than another process has written rows for nothing: its entry is refused.
 */
export function createCatchUp(parts: CatchUpParts, key: JournalKey, state: State) {
  let batch: Batch = { rows: [], documents: new Map() }
  const written = { documents: new Set<string>(), rows: 0 }

  async function flush(generation: bigint | null): Promise<void> {
    const { rows, documents } = batch
    batch = { rows: [], documents: new Map() }
    if (documents.size === 0 && generation === null) return
    const statistics = emptyStatistics()
    await forgetOld(parts.engine, { base: key.base, state, documents, statistics })
    for (const { terms } of rows) count(statistics, terms, 1)
    for (const documentId of documents.keys()) written.documents.add(documentId)
    written.rows += rows.length
    if (rows.length > 0) await parts.engine.add(key.base, rows)
    const change: Change = { documents: [...documents], statistics: changeOf(statistics) }
    const entry = { sequence: state.sequence + 1, generation, isWhole: false, change }
    await parts.journal.append(key, entry)
    follow(state, entry)
    await parts.engine.remove(key.base, olderThan(documents))
  }

  const sink: IndexSink = {
    generation: knownFrom(state.generation),
    versions: state.versions,
    // Read apart: a process that only follows the journal has to know it, too.
    revisions: new Map(),
    learn() {},
    async put(documentId, version, passages) {
      batch.documents.set(documentId, version)
      for (const passage of passages) batch.rows.push(rowOf(documentId, version, passage))
      if (batch.rows.length >= BATCH) await flush(null)
    },
    remove(documentId) {
      batch.documents.set(documentId, 0)
    },
  }

  return {
    sink,
    /** The documents of which it may have written rows, and how many. */
    written,
    /** Removes what an interrupted attempt has left behind. */
    begin: () => parts.engine.remove(key.base, olderThan(state.last)),
    async end(generation: bigint): Promise<void> {
      await flush(generation)
      if (state.entries < MAX_ENTRIES) return
      const sequence = state.sequence + 1
      const entry = { sequence, generation, isWhole: true, change: wholeOf(state) }
      await parts.journal.fold(key, entry)
      follow(state, entry)
    },
  }
}

interface Old {
  readonly base: string
  readonly state: State
  readonly documents: ReadonlyMap<string, number>
  readonly statistics: Statistics
}

async function forgetOld(engine: Engine, { base, state, documents, statistics }: Old) {
  const old = new Map<string, number>()
  for (const documentId of documents.keys()) {
    const version = state.versions.get(documentId)
    if (version !== undefined) old.set(documentId, version)
  }
  if (old.size === 0) return
  const rows = new Map((await engine.rowsOf(base, old)).map((row) => [row.id, row]))
  for (const { terms } of rows.values()) count(statistics, terms, -1)
}

/** A document that was removed never comes back. */
const EVERY_VERSION = 2 ** 31 - 1

/** Versions as in a change. @returns as an engine removes what they have replaced */
export function olderThan(documents: Iterable<readonly [string, number]>): Map<string, number> {
  return new Map(Array.from(documents, ([id, version]) => [id, version || EVERY_VERSION]))
}

function rowOf(documentId: string, version: number, passage: IndexedPassage): EngineRow {
  const vector = passage.vector === null ? undefined : directionOf(passage.vector)
  return {
    id: passage.id,
    documentId,
    version,
    terms: passageTerms({ ...passage, documentId }),
    vector,
  }
}

function directionOf(bytes: Uint8Array): Float32Array {
  const { values, scale } = quantisedOf(bytes)
  return Float32Array.from(values, (value) => value * scale)
}
