import { lengthAt } from './codes.ts'
import { FIELDS, type LexicalChunk, termsOf } from './fields.ts'
import { createGrowingField } from './growing-field.ts'
import type { ChunkKey, Segment } from './segment.ts'

/** The segment that chunks are added to. */
export interface MutableSegment extends Segment {
  readonly isFull: boolean
  /** Of a chunk that is not there, while it is not full. */
  add(chunk: LexicalChunk): void
}

/** Two map entries, a key object and the headers of its strings. */
const BYTES_PER_CHUNK = 320

/** @param room for so many chunks */
export function createMutableSegment(room: number): MutableSegment {
  const keys: ChunkKey[] = []
  const ordinals = new Map<string, number>()
  const documents = new Map<string, number[]>()
  const alive = new Uint8Array(room)
  const removed: number[] = []
  const fields = FIELDS.map(() => createGrowingField(room))
  const removedLengths = FIELDS.map(() => 0)
  let keyBytes = 0

  return {
    get isFull() {
      return keys.length === room
    },
    add(chunk) {
      const { id, documentId } = chunk
      const ordinal = keys.push({ id, documentId }) - 1
      alive[ordinal] = 1
      ordinals.set(id, ordinal)
      const siblings = documents.get(documentId)
      if (siblings === undefined) documents.set(documentId, [ordinal])
      else siblings.push(ordinal)
      keyBytes += BYTES_PER_CHUNK + 2 * (id.length + documentId.length)
      for (const [field, terms] of termsOf(chunk).entries()) fields[field]?.add(ordinal, terms)
    },
    remove(ordinal) {
      const key = keys[ordinal]
      if (key === undefined || alive[ordinal] !== 1) return
      alive[ordinal] = 0
      removed.push(ordinal)
      ordinals.delete(key.id)
      addLengths(removedLengths, (field) => fields[field]?.lengthLevelAt(ordinal) ?? 0)
    },
    get capacity() {
      return keys.length
    },
    get size() {
      return ordinals.size
    },
    alive,
    totalLength: (field) => (fields[field]?.totalLength ?? 0) - (removedLengths[field] ?? 0),
    list: (field, term) => fields[field]?.list(term),
    holders: (field, term) => fields[field]?.holders(term, { alive, removed }) ?? 0,
    keyOf: (ordinal) => keys[ordinal] ?? { id: '', documentId: '' },
    ordinalOf: ({ text }) => ordinals.get(text),
    ordinalsOf: ({ text }) => (documents.get(text) ?? []).filter((ordinal) => alive[ordinal] === 1),
    lengthLevelAt: (field, ordinal) => fields[field]?.lengthLevelAt(ordinal) ?? 0,
    lists: (field) => fields[field]?.lists() ?? [],
    get bytes() {
      return fields.reduce((sum, { bytes }) => sum + bytes, room + keyBytes)
    },
  }
}

/** Adds the lengths of a chunk, by their levels, to sums per field. */
export function addLengths(sums: number[], levelAt: (field: number) => number): void {
  for (const field of FIELDS.keys()) sums[field] = (sums[field] ?? 0) + lengthAt(levelAt(field))
}
