import { setImmediate } from 'node:timers/promises'
import { createTopK } from '../lexical/top-k.ts'
import { createGrowth } from './growth.ts'
import { type Quantised, unitOf } from './quantise.ts'
import { createRows, type Place, type Rows } from './rows.ts'

export interface VectorEntry {
  readonly id: string
  readonly documentId: string
  readonly vector: Quantised
}

export interface VectorQuery {
  readonly vector: ArrayLike<number>
  /** How many hits at most; none for less than 1. */
  readonly topK: number
  /** Hits with a smaller cosine are left out. */
  readonly minScore?: number
  /** Only passages of documents that it accepts; absent: of all. */
  readonly accepts?: ((documentId: string) => boolean) | undefined
}

export interface VectorHit {
  readonly id: string
  readonly documentId: string
  /** The cosine of the angle, from -1 to 1. */
  readonly score: number
}

/** The vectors of one knowledge base, in memory. Never put two tenants into one. */
export interface VectorIndex {
  /** One with the same id is replaced. @throws RangeError for a vector of other dimensions */
  add(entry: VectorEntry): void
  /** Forgets all vectors of a document: no search that ends after it has one of them. */
  remove(documentId: string): void
  /**
   * Nearest first; equal ones by ascending id. Lets others have their turn every few milliseconds.
   *
   * @throws RangeError for a vector of other dimensions
   */
  search(query: VectorQuery): Promise<VectorHit[]>
  /** The cosines with some of the vectors, by id; those that are not there are missing. */
  cosines(vector: ArrayLike<number>, ids: readonly string[]): Map<string, number>
  /** All vectors, as they are now, to be kept elsewhere. */
  places(): readonly Place[]
  /** Nobody needs it for now: its graph is given up until something is added. */
  pause(): void
  /** When the graph has all that it should have; until then, searches look at the rest one by one. */
  grown(): Promise<void>
  readonly size: number
  /** An estimate of the memory, from above, for a budget. */
  readonly bytes: number
}

export interface VectorIndexOptions {
  readonly dimensions: number
  /** From so many vectors on, a graph finds the nearest ones; below, all are looked at. */
  readonly graphFrom?: number
  /** Told when this machine cannot have a graph; then all vectors are looked at, however many. */
  readonly onNoGraph?: (error: unknown) => void
}

/** Looking at all of so many vectors of 384 dimensions takes 30 to 100 ms of a core. */
const GRAPH_FROM = 100_000
/** Multiplications between two turns of the others: 4 to 10 ms. */
const TURN = 4_000_000
/** What a graph finds is roughly ordered. Of so many more than are asked for, the best are the best. */
const GRAPH_EXCESS = 6
const GRAPH_LEAST = 100
/** An object, two map entries, a set entry and the headers of two strings. */
const BYTES_PER_PLACE = 480

export function createVectorIndex({
  dimensions,
  graphFrom = GRAPH_FROM,
  onNoGraph = () => {},
}: VectorIndexOptions): VectorIndex {
  const rows = createRows(dimensions)
  const places = new Map<string, Place>()
  const documents = new Map<string, Set<Place>>()
  const growth = createGrowth({ dimensions, onFailure: onNoGraph })

  function drop(place: Place): void {
    rows.remove(place)
    growth.remove(place)
    places.delete(place.id)
    const siblings = documents.get(place.documentId)
    siblings?.delete(place)
    if (siblings?.size === 0) documents.delete(place.documentId)
    // Well below the bound, or a base at the bound would build a graph again and again.
    if (places.size < graphFrom / 2) growth.stop()
  }

  return {
    add({ id, documentId, vector }) {
      requireDimensions(vector.values.length, dimensions)
      const old = places.get(id)
      if (old) drop(old)
      const place = rows.add({ id, documentId }, vector)
      places.set(id, place)
      const siblings = documents.get(documentId) ?? new Set()
      documents.set(documentId, siblings.add(place))
      if (growth.isOn) growth.add(place)
      else if (places.size >= graphFrom) growth.start(places.values())
    },

    remove(documentId) {
      for (const place of [...(documents.get(documentId) ?? [])]) drop(place)
    },

    async search({ vector, topK, minScore = -1, accepts }) {
      requireDimensions(vector.length, dimensions)
      const query = unitOf(vector)
      if (query === undefined || topK < 1) return []
      const best = createBest(topK, minScore)
      const count = Math.max(GRAPH_LEAST, GRAPH_EXCESS * topK)
      const near = acceptedOf(growth.candidates(query, count), { accepts, topK })
      if (near) for (const place of near) best.offer(place, place.block.cosine(place.row, query))
      else await scan(rows, { query, accepts, best, turn: Math.ceil(TURN / dimensions) })
      return best.take()
    },

    cosines(vector, ids) {
      requireDimensions(vector.length, dimensions)
      const query = unitOf(vector)
      const known = query ? ids.flatMap((id) => places.get(id) ?? []) : []
      return new Map(
        known.map(({ id, block, row }) => [id, query ? block.cosine(row, query) : 0] as const),
      )
    },

    places: () => [...places.values()],
    pause: () => growth.stop(),
    grown: () => growth.done(),

    get size() {
      return places.size
    },

    get bytes() {
      return rows.bytes + growth.bytes + places.size * BYTES_PER_PLACE
    },
  }
}

/** @returns undefined when too few are left: the nearest of the others are not among them */
function acceptedOf(
  places: Iterable<Place> | undefined,
  { accepts, topK }: Pick<VectorQuery, 'accepts' | 'topK'>,
): Iterable<Place> | undefined {
  if (!places || !accepts) return places
  const accepted = [...places].filter(({ documentId }) => accepts(documentId))
  return accepted.length < topK ? undefined : accepted
}

interface Scan {
  readonly query: Float32Array
  readonly accepts: VectorQuery['accepts']
  readonly best: Best
  /** Rows between two turns of the others. */
  readonly turn: number
}

async function scan(rows: Rows, { query, accepts, best, turn }: Scan): Promise<void> {
  let done = 0
  for (const { block, places, count } of rows.snapshot()) {
    for (let row = 0; row < count; row++) {
      const place = places[row]
      if (!place || place.isRemoved || accepts?.(place.documentId) === false) continue
      best.offer(place, block.cosine(row, query))
    }
    done += count
    if (done < turn) continue
    done = 0
    await setImmediate()
  }
}

interface Best {
  offer(place: Place, score: number): void
  take(): VectorHit[]
}

function createBest(topK: number, minScore: number): Best {
  const best = createTopK<VectorHit & { place: Place }>(topK, byScoreThenId)
  return {
    offer(place, score) {
      // Most end here: no object is made for them.
      if (score < minScore || score < (best.worst()?.score ?? -2)) return
      best.offer({ id: place.id, documentId: place.documentId, score, place })
    },
    take: () =>
      best
        .take()
        // Removed meanwhile, while others had their turn.
        .filter(({ place }) => !place.isRemoved)
        .map(({ id, documentId, score }) => ({ id, documentId, score })),
  }
}

function byScoreThenId(a: VectorHit, b: VectorHit): number {
  if (a.score !== b.score) return b.score - a.score
  return a.id < b.id ? -1 : 1
}

function requireDimensions(actual: number, expected: number): void {
  if (actual === expected) return
  throw new RangeError(`A vector of ${actual} dimensions among those of ${expected}`)
}
