import { TooLargeError } from '@dure/kernel'
import type { ChunkStates } from './field.ts'
import { MAX_ORDINALS } from './postings.ts'

export interface ChunkKey {
  readonly id: string
  readonly documentId: string
}

/** Gives chunks the small numbers that postings are made of, and knows which are still there. */
export interface ChunkTable extends ChunkStates {
  /** @throws TooLargeError `lexical-index.full` after 16.7 million chunks. */
  add(key: ChunkKey): number
  keyOf(ordinal: number): ChunkKey | undefined
  ordinalOf(id: string): number | undefined
  ordinalsOf(documentId: string): Iterable<number>
  remove(ordinal: number): void
  /**
   * Gives the chunks new ordinals without gaps once a quarter of them is removed, so that removals
   * cost little on average. By old ordinal: the new one, or -1.
   */
  compact(): Int32Array | undefined
  readonly bytes: number
}

const MAX_REMOVED = 1 / 4
/** Two map entries, a key object and the headers of its strings. */
const BYTES_PER_CHUNK = 320

export function createChunkTable(): ChunkTable {
  let keys: ChunkKey[] = []
  let alive = new Uint8Array(64)
  let ordinals = new Map<string, number>()
  let documents = new Map<string, Set<number>>()
  let bytes = 0
  let removals = 0

  function add({ id, documentId }: ChunkKey): number {
    const ordinal = keys.length
    if (ordinal >= MAX_ORDINALS) {
      throw new TooLargeError('lexical-index.full', 'This knowledge base holds too many chunks')
    }
    if (ordinal >= alive.length) {
      const larger = new Uint8Array(2 * alive.length)
      larger.set(alive)
      alive = larger
    }
    keys.push({ id, documentId })
    alive[ordinal] = 1
    ordinals.set(id, ordinal)
    const siblings = documents.get(documentId)
    if (siblings === undefined) documents.set(documentId, new Set([ordinal]))
    else siblings.add(ordinal)
    bytes += bytesOf({ id, documentId })
    return ordinal
  }

  function remove(ordinal: number): void {
    const key = keys[ordinal]
    if (key === undefined || alive[ordinal] !== 1) return
    alive[ordinal] = 0
    removals += 1
    ordinals.delete(key.id)
    const siblings = documents.get(key.documentId)
    siblings?.delete(ordinal)
    if (siblings?.size === 0) documents.delete(key.documentId)
  }

  function compact(): Int32Array | undefined {
    if (keys.length - ordinals.size <= keys.length * MAX_REMOVED) return undefined
    const [oldKeys, oldAlive] = [keys, alive]
    keys = []
    alive = new Uint8Array(64)
    ordinals = new Map()
    documents = new Map()
    bytes = 0
    return Int32Array.from(oldKeys, (key, ordinal) => (oldAlive[ordinal] === 1 ? add(key) : -1))
  }

  return {
    add,
    remove,
    compact,
    keyOf: (ordinal) => keys[ordinal],
    ordinalOf: (id) => ordinals.get(id),
    ordinalsOf: (documentId) => documents.get(documentId) ?? [],
    get alive() {
      return alive
    },
    get capacity() {
      return keys.length
    },
    get size() {
      return ordinals.size
    },
    get removals() {
      return removals
    },
    get bytes() {
      return bytes + alive.byteLength
    },
  }
}

function bytesOf({ id, documentId }: ChunkKey): number {
  return BYTES_PER_CHUNK + 2 * (id.length + documentId.length)
}
