import type { PostingList } from './posting-list.ts'
import type { Term } from './terms.ts'

export interface ChunkKey {
  readonly id: string
  readonly documentId: string
}

/** Some chunks of an index, numbered by ordinals from 0, and the lists of their terms. */
export interface Segment {
  /** How many ordinals there are. */
  readonly capacity: number
  /** How many chunks are not removed. */
  readonly size: number
  /** 1 for each ordinal that is not removed. */
  readonly alive: Uint8Array
  /** The sum of the lengths of all that is not removed. */
  totalLength(field: number): number
  list(field: number, term: Term): PostingList | undefined
  /** In how many chunks, of those that are not removed, a term is. */
  holders(field: number, term: Term): number
  keyOf(ordinal: number): ChunkKey
  /** Of a chunk that is not removed. */
  ordinalOf(id: Term): number | undefined
  /** Of the chunks of a document that are not removed. */
  ordinalsOf(documentId: Term): number[]
  remove(ordinal: number): void
  lengthLevelAt(field: number, ordinal: number): number
  /** All lists of a field; removed chunks are still in them. */
  lists(field: number): Iterable<readonly [term: string, list: PostingList]>
  /** An estimate of the memory, from above. */
  readonly bytes: number
}
