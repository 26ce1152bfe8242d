import { entryFrom, ordinalOf, WINDOW_BITS } from './codes.ts'

/** The chunks that hold one term: the entries from `from` up to `to`, ascending; see `entryOf`. */
export interface PostingList {
  readonly entries: Uint32Array
  readonly from: number
  readonly to: number
  /** No entry counts for more than this code. */
  readonly bound: number
  /** Of long lists alone. */
  readonly windows: Windows | undefined
}

/** Where the entries of each window of ordinals begin, and what they count for at the most. */
export interface Windows {
  /** From `firstStart` on, one per window, and the end of the last. */
  readonly starts: Uint32Array
  readonly firstStart: number
  /** From `firstBound` on, a code per window. */
  readonly bounds: Uint16Array
  readonly firstBound: number
}

/** Where the first entry is that is not below this one, by leaps that double, then by halves; `to` when all are. */
export function firstNotBelow(
  entries: Uint32Array,
  { from, to }: { readonly from: number; readonly to: number },
  entry: number,
): number {
  let [low, step] = [from, 1]
  while (low + step < to && (entries[low + step] ?? 0) < entry) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, to)
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle] ?? 0) < entry) low = middle + 1
    else high = middle
  }
  return low
}

/** The entry of a chunk; undefined: it does not hold the term. */
export function entryAt(list: PostingList, ordinal: number): number | undefined {
  const at = firstNotBelow(list.entries, stretchOf(list, ordinal), entryFrom(ordinal))
  const entry = list.entries[at]
  return at < list.to && entry !== undefined && ordinalOf(entry) === ordinal ? entry : undefined
}

/** Of a long list, the window that a chunk is in. */
function stretchOf(list: PostingList, ordinal: number) {
  if (list.windows === undefined) return list
  const { starts, firstStart } = list.windows
  const window = firstStart + (ordinal >>> WINDOW_BITS)
  return { from: starts[window] ?? 0, to: starts[window + 1] ?? 0 }
}

/** How many entries are of removed chunks, as of some moment. */
export interface DeadCount {
  readonly dead: number
  /** How many chunks of the segment had been removed by then. */
  readonly seen: number
}

export const NONE_DEAD: DeadCount = { dead: 0, seen: 0 }

export interface Removals {
  /** 1 for each ordinal that is not removed. */
  readonly alive: Uint8Array
  /** The others, in the order of their removal. */
  readonly removed: readonly number[]
}

/** Removals are counted in a list when somebody asks for it; for most lists nobody does. */
export function countDead(
  list: PostingList,
  known: DeadCount,
  { alive, removed }: Removals,
): DeadCount {
  const { entries, from, to } = list
  const fresh = removed.length - known.seen
  if (fresh === 0) return known
  let dead = known.dead
  if (fresh * Math.log2(to - from + 1) > to - from) {
    dead = 0
    for (let at = from; at < to; at++) dead += 1 - (alive[ordinalOf(entries[at] ?? 0)] ?? 0)
  } else {
    for (let at = known.seen; at < removed.length; at++) {
      if (entryAt(list, removed[at] ?? 0) !== undefined) dead++
    }
  }
  return { dead, seen: removed.length }
}
