import { arraysIn } from '../snapshot/array-file.ts'
import { addLengths } from './mutable-segment.ts'
import { createSealedField, type FieldArrays } from './sealed-field.ts'
import type { Segment } from './segment.ts'
import { type TermArrays, termTable } from './terms.ts'

/** A segment whose lists never change, in arrays that are the same in memory and in a snapshot. */
export interface SegmentArrays {
  readonly capacity: number
  readonly ids: TermArrays
  readonly documents: TermArrays
  /** By ordinal: the number of its document. */
  readonly documentOf: Uint32Array
  /** By the number of a document: its first ordinal, plus 1. */
  readonly firstOf: Uint32Array
  /** By ordinal: the next one of its document, plus 1; 0 ends it. */
  readonly nextOf: Uint32Array
  readonly fields: readonly FieldArrays[]
}

/** Chunks that are merged into one segment, as they are kept elsewhere; those of some ordinals are removed since. */
export interface SealedPart {
  readonly arrays: SegmentArrays
  readonly removed: readonly number[]
}

export interface SealedSegment extends Segment, SealedPart {}

export function createSealedSegment(arrays: SegmentArrays): SealedSegment {
  const { capacity, documentOf, firstOf, nextOf } = arrays
  const ids = termTable(arrays.ids)
  const documents = termTable(arrays.documents)
  const fields = arrays.fields.map((field) => createSealedField(field, capacity))
  const alive = new Uint8Array(capacity).fill(1)
  const removed: number[] = []
  const removedLengths = fields.map(() => 0)
  const fixedBytes = arraysIn(arrays).reduce(
    (sum, [, { byteLength }]) => sum + byteLength,
    capacity,
  )

  return {
    arrays,
    removed,
    capacity,
    get size() {
      return capacity - removed.length
    },
    alive,
    totalLength: (field) => (fields[field]?.totalLength ?? 0) - (removedLengths[field] ?? 0),
    list: (field, term) => fields[field]?.list(term),
    holders: (field, term) => fields[field]?.holders(term, { alive, removed }) ?? 0,
    keyOf: (ordinal) => ({
      id: ids.textOf(ordinal),
      documentId: documents.textOf(documentOf[ordinal] ?? 0),
    }),
    ordinalOf(id) {
      const ordinal = ids.find(id)
      return alive[ordinal] === 1 ? ordinal : undefined
    },
    ordinalsOf(documentId) {
      const found: number[] = []
      const document = documents.find(documentId)
      let at = document < 0 ? 0 : (firstOf[document] ?? 0)
      for (; at > 0; at = nextOf[at - 1] ?? 0) if (alive[at - 1] === 1) found.push(at - 1)
      return found
    },
    remove(ordinal) {
      if (alive[ordinal] !== 1) return
      alive[ordinal] = 0
      removed.push(ordinal)
      addLengths(removedLengths, (field) => arrays.fields[field]?.lengthLevels[ordinal] ?? 0)
    },
    lengthLevelAt: (field, ordinal) => arrays.fields[field]?.lengthLevels[ordinal] ?? 0,
    lists: (field) => fields[field]?.lists() ?? [],
    get bytes() {
      const counts = fields.reduce((sum, field) => sum + field.countBytes, 0)
      return fixedBytes + counts + 8 * removed.length
    },
  }
}
