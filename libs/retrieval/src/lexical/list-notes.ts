import type { ChunkStates } from './field.ts'
import { frequencyOf, ordinalOf, type PostingList } from './postings.ts'

/** Entries per block. */
export const BLOCK = 128
const LONGEST = 65_535

/** Of each full block of entries: the largest frequency, and the shortest chunk. */
export interface BlockNotes {
  readonly maxFrequency: Uint8Array
  readonly minLength: Uint16Array
  readonly count: number
}

/** How many of the first `counted` entries are of chunks that are still there. */
export interface AliveNotes {
  readonly alive: number
  readonly counted: number
  /** How many chunks had been removed by then. */
  readonly removals: number
}

/** The notes about all blocks that are full by now: each is looked through once. */
export function blocksOf(list: PostingList, lengths: Uint32Array): BlockNotes {
  const known = list.notes.blocks ?? NO_BLOCKS
  const count = Math.floor(list.length / BLOCK)
  if (known.count === count) return known
  const blocks = { ...withRoom(known, count), count }
  for (let block = known.count; block < count; block++) {
    const from = block * BLOCK
    const { maxFrequency, minLength } = extremesOf(list, { from, to: from + BLOCK, lengths })
    blocks.maxFrequency[block] = maxFrequency
    blocks.minLength[block] = minLength
  }
  list.notes = { ...list.notes, blocks }
  return blocks
}

const NO_BLOCKS: BlockNotes = {
  maxFrequency: new Uint8Array(0),
  minLength: new Uint16Array(0),
  count: 0,
}

function withRoom({ maxFrequency, minLength }: BlockNotes, count: number) {
  if (count <= maxFrequency.length) return { maxFrequency, minLength }
  const room = Math.max(count, Math.ceil(maxFrequency.length * 1.5))
  const larger = { maxFrequency: new Uint8Array(room), minLength: new Uint16Array(room) }
  larger.maxFrequency.set(maxFrequency)
  larger.minLength.set(minLength)
  return larger
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly lengths: Uint32Array
}

/** The largest frequency and the shortest chunk among some entries. A chunk that was removed has no length. */
export function extremesOf({ entries }: PostingList, { from, to, lengths }: Stretch) {
  let [maxFrequency, minLength] = [0, LONGEST]
  for (let at = from; at < to; at++) {
    const entry = entries[at] ?? 0
    maxFrequency = Math.max(maxFrequency, frequencyOf(entry))
    minLength = Math.min(minLength, lengths[ordinalOf(entry)] ?? 0)
  }
  return { maxFrequency, minLength }
}

/** How many chunks hold the term. Counted again only when some were removed, and then once. */
export function holdersOf(
  list: PostingList,
  { alive, removals, size, capacity }: ChunkStates,
): number {
  if (size === capacity) return list.length
  const known = list.notes.alive
  const isCurrent = known?.removals === removals
  let count = isCurrent ? known.alive : 0
  for (let at = isCurrent ? known.counted : 0; at < list.length; at++) {
    count += alive[ordinalOf(list.entries[at] ?? 0)] ?? 0
  }
  list.notes = { ...list.notes, alive: { alive: count, counted: list.length, removals } }
  return count
}
