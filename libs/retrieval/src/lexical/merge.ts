import { atLeast, codeIn, entryFrom, NO_CODE, ordinalOf, windowOf, windowsIn } from './codes.ts'
import { FIELDS } from './fields.ts'
import type { PostingList } from './posting-list.ts'
import type { FieldArrays } from './sealed-field.ts'
import { createSealedSegment, type SealedSegment } from './sealed-segment.ts'
import type { Segment } from './segment.ts'
import { termArrays } from './terms.ts'

export interface Merged {
  readonly segment: SealedSegment
  /** By source and ordinal in it: the ordinal in the segment, or -1 where it was removed already. */
  readonly ordinals: readonly Int32Array[]
}

/** Entries between two turns of the others: a millisecond or two. */
const TURN = 50_000
/** A list with fewer entries than this per window is read without windows. */
const LONG = 4

/**
 * One sealed segment of what several hold, as it is when this begins: in steps, between which others have their turn. What
 * is removed from the sources meanwhile has to be removed from the segment as well.
 */
export function* merge(sources: readonly Segment[]): Generator<void, Merged> {
  const chunks = numberChunks(sources)
  const fields: FieldArrays[] = []
  for (const field of FIELDS.keys()) {
    fields.push(yield* mergeField(sources, { field, ...chunks }))
  }
  const { ordinals, capacity, keys } = chunks
  return { ordinals, segment: createSealedSegment({ capacity, ...keyArrays(keys), fields }) }
}

interface Chunks {
  readonly ordinals: readonly Int32Array[]
  readonly capacity: number
}

function numberChunks(sources: readonly Segment[]) {
  const keys: { id: string; documentId: string }[] = []
  const ordinals = sources.map((source) =>
    Int32Array.from({ length: source.capacity }, (_, ordinal) =>
      source.alive[ordinal] === 1 ? keys.push(source.keyOf(ordinal)) - 1 : -1,
    ),
  )
  return { ordinals, capacity: keys.length, keys }
}

function keyArrays(keys: readonly { readonly id: string; readonly documentId: string }[]) {
  const numbers = new Map<string, number>()
  const documentOf = Uint32Array.from(keys, ({ documentId }) => {
    const number = numbers.get(documentId) ?? numbers.size
    numbers.set(documentId, number)
    return number
  })
  const firstOf = new Uint32Array(numbers.size)
  const nextOf = new Uint32Array(keys.length)
  for (let ordinal = keys.length - 1; ordinal >= 0; ordinal--) {
    const document = documentOf[ordinal] ?? 0
    nextOf[ordinal] = firstOf[document] ?? 0
    firstOf[document] = ordinal + 1
  }
  return {
    ids: termArrays(keys.map(({ id }) => id)),
    documents: termArrays([...numbers.keys()]),
    documentOf,
    firstOf,
    nextOf,
  }
}

interface FieldOf extends Chunks {
  readonly field: number
}

function* mergeField(
  sources: readonly Segment[],
  { field, ordinals, capacity }: FieldOf,
): Generator<void, FieldArrays> {
  const lengthLevels = new Uint8Array(capacity)
  for (const [at, source] of sources.entries()) {
    for (const [old, ordinal] of (ordinals[at] ?? []).entries()) {
      if (ordinal >= 0) lengthLevels[ordinal] = source.lengthLevelAt(field, old)
    }
  }
  const counts = yield* countEntries(sources, { field, ordinals, capacity })
  const starts = new Uint32Array(counts.size + 1)
  let end = 0
  for (const [number, { count }] of [...counts.values()].entries()) {
    end += count
    starts[number + 1] = end
  }
  yield
  const entries = new Uint32Array(end)
  const ends = starts.slice(0, -1)
  let read = 0
  for (const [at, source] of sources.entries()) {
    const numbers = ordinals[at] ?? new Int32Array()
    for (const [term, list] of source.lists(field)) {
      const number = counts.get(term)?.number
      if (number === undefined) continue
      ends[number] = copy(list, numbers, { entries, to: ends[number] ?? 0 })
      read += list.to - list.from
      if (read < TURN) continue
      read = 0
      yield
    }
  }
  const terms = termArrays([...counts.keys()])
  yield
  return { terms, starts, entries, lengthLevels, ...(yield* boundsOf(entries, starts, capacity)) }
}

interface TermCount {
  readonly number: number
  count: number
}

/** The terms that somebody still has, numbered in the order in which they are found. */
function* countEntries(
  sources: readonly Segment[],
  { field, ordinals }: FieldOf,
): Generator<void, Map<string, TermCount>> {
  const counts = new Map<string, TermCount>()
  let read = 0
  for (const [at, source] of sources.entries()) {
    const numbers = ordinals[at] ?? new Int32Array()
    const isWhole = source.size === source.capacity
    for (const [term, list] of source.lists(field)) {
      const count = isWhole ? list.to - list.from : kept(list, numbers)
      const known = counts.get(term)
      if (known !== undefined) known.count += count
      else if (count > 0) counts.set(term, { number: counts.size, count })
      read += isWhole ? 10 : list.to - list.from
      if (read < TURN) continue
      read = 0
      yield
    }
  }
  return counts
}

function kept({ entries, from, to }: PostingList, numbers: Int32Array): number {
  let count = 0
  for (let at = from; at < to; at++) {
    if ((numbers[ordinalOf(entries[at] ?? 0)] ?? -1) >= 0) count++
  }
  return count
}

/** @returns where the next list of the term goes on */
function copy(
  list: PostingList,
  numbers: Int32Array,
  target: { readonly entries: Uint32Array; readonly to: number },
): number {
  let to = target.to
  for (let at = list.from; at < list.to; at++) {
    const entry = list.entries[at] ?? 0
    const ordinal = numbers[ordinalOf(entry)] ?? -1
    if (ordinal >= 0) target.entries[to++] = (entryFrom(ordinal) | codeIn(entry)) >>> 0
  }
  return to
}

function* boundsOf(
  entries: Uint32Array,
  starts: Uint32Array,
  capacity: number,
): Generator<void, Pick<FieldArrays, 'bounds' | 'longOf' | 'windowStarts' | 'windowBounds'>> {
  const windows = windowsIn(capacity)
  const count = starts.length - 1
  const isLong = (number: number) =>
    (starts[number + 1] ?? 0) - (starts[number] ?? 0) >= LONG * windows && windows > 1
  const longOf = new Uint32Array(count)
  let longLists = 0
  for (let number = 0; number < count; number++) if (isLong(number)) longOf[number] = ++longLists
  const bounds = new Uint16Array(count).fill(NO_CODE)
  const windowStarts = new Uint32Array(longLists * (windows + 1))
  const windowBounds = new Uint16Array(longLists * windows).fill(NO_CODE)
  let read = 0
  for (let number = 0; number < count; number++) {
    const [from, to] = [starts[number] ?? 0, starts[number + 1] ?? 0]
    const long = (longOf[number] ?? 0) - 1
    let bound = NO_CODE
    let window = -1
    for (let at = from; at < to; at++) {
      const entry = entries[at] ?? 0
      bound = atLeast(bound, codeIn(entry))
      if (long < 0) continue
      while (window < windowOf(entry)) {
        windowStarts[long * (windows + 1) + ++window] = at
      }
      const here = long * windows + window
      windowBounds[here] = atLeast(windowBounds[here] ?? 0, codeIn(entry))
    }
    if (long >= 0) {
      while (window < windows) windowStarts[long * (windows + 1) + ++window] = to
    }
    bounds[number] = bound
    read += to - from
    if (read < TURN) continue
    read = 0
    yield
  }
  return { bounds, longOf, windowStarts, windowBounds }
}
