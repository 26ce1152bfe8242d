import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import {
  createLexicalIndex,
  createVectorIndex,
  type LexicalIndex,
  quantisedOf,
  type VectorIndex,
} from '@dure/retrieval'
import { LRUCache } from 'lru-cache'
import type { IndexSink } from './store.ts'

/** What is searched of one knowledge base. */
export interface BaseIndex {
  readonly lexical: LexicalIndex
  /** Undefined: no passage has a vector. */
  vectors: VectorIndex | undefined
}

interface Entry {
  readonly index: BaseIndex
  /** The version of each document in it. */
  readonly versions: Map<string, number>
  readonly generation: bigint
}

export interface IndexCache {
  /**
   * The index of a knowledge base, at least as new as `generation`. Whoever asks has checked that
   * the tenant has this base in this generation.
   *
   * @throws UnavailableError `search.index-behind` when loading does not get there
   */
  get(tenant: Tenant, id: KnowledgeBaseId, generation: bigint): Promise<BaseIndex>
}

export interface IndexCacheOptions {
  /** Fills an index from the rows of truth. @returns the generation that it is of */
  readonly bringUp: (tenant: Tenant, id: KnowledgeBaseId, sink: IndexSink) => Promise<bigint>
  readonly budgetBytes: number
  /** How many indexes are loaded at once, so that searches keep connections for themselves. */
  readonly loads?: number
  /** Told when a large base must do without a graph of its vectors, and is slower for it. */
  readonly onNoGraph?: (error: unknown) => void
}

/** One that is under way and one after it; the rest is room for what nobody foresaw. */
const MAX_LOADS = 4

/**
 * Indexes in memory, loaded when first needed and dropped when others need the room. They are a
 * cache: losing one at any moment costs time and nothing else.
 */
export function createIndexCache({
  bringUp,
  budgetBytes,
  loads = 2,
  onNoGraph = () => {},
}: IndexCacheOptions): IndexCache {
  const entries = new LRUCache<KnowledgeBaseId, Entry>({
    maxSize: budgetBytes,
    // One that is larger than everything takes the whole place, or it would be loaded per search.
    sizeCalculation: ({ index }) => Math.min(Math.max(1, bytesOf(index)), budgetBytes),
  })
  const loading = new Map<KnowledgeBaseId, Promise<Entry>>()
  const inTurn = createTurns(loads)

  async function load(tenant: Tenant, id: KnowledgeBaseId): Promise<Entry> {
    const { index, versions } = entries.get(id) ?? {
      index: { lexical: createLexicalIndex(), vectors: undefined },
      versions: new Map<string, number>(),
    }
    const generation = await bringUp(tenant, id, sinkOf(index, { versions, onNoGraph }))
    const entry = { index, versions, generation }
    entries.set(id, entry)
    return entry
  }

  function loadOnce(tenant: Tenant, id: KnowledgeBaseId): Promise<Entry> {
    const known = loading.get(id)
    if (known !== undefined) return known
    const flight = inTurn(() => load(tenant, id)).finally(() => loading.delete(id))
    loading.set(id, flight)
    return flight
  }

  return {
    async get(tenant, id, generation) {
      let entry = entries.get(id)
      // One that is under way may have begun too early; the next has not.
      for (let load = 1; !entry || entry.generation < generation; load++) {
        if (load > MAX_LOADS) {
          throw new UnavailableError('search.index-behind', 'The index is being brought up to date')
        }
        entry = await loadOnce(tenant, id)
      }
      return entry.index
    },
  }
}

/** Replaces a document in one go: no search ever sees a part of it. */
function sinkOf(
  index: BaseIndex,
  { versions, onNoGraph }: { versions: Map<string, number>; onNoGraph: (error: unknown) => void },
): IndexSink {
  const remove = (documentId: string) => {
    index.lexical.remove(documentId)
    index.vectors?.remove(documentId)
  }
  return {
    versions,
    put(documentId, version, passages) {
      remove(documentId)
      for (const { vector: bytes, ...passage } of passages) {
        index.lexical.add({ ...passage, documentId })
        if (bytes === null) continue
        const vector = quantisedOf(bytes)
        index.vectors ??= createVectorIndex({ dimensions: vector.values.length, onNoGraph })
        index.vectors.add({ id: passage.id, documentId, vector })
      }
      versions.set(documentId, version)
    },
    remove(documentId) {
      remove(documentId)
      versions.delete(documentId)
    },
  }
}

function bytesOf({ lexical, vectors }: BaseIndex): number {
  return lexical.bytes + (vectors?.bytes ?? 0)
}

/** At most so many at once, the others in the order of their coming. */
function createTurns(limit: number) {
  const waiting: (() => void)[] = []
  let running = 0
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
