import { type Background, createBackground, type Steps } from './background.ts'
import { MAX_CHUNKS } from './codes.ts'
import { FIELDS, type LexicalChunk, type PerField } from './fields.ts'
import { type Merged, merge } from './merge.ts'
import { createMutableSegment, type MutableSegment } from './mutable-segment.ts'
import { createSealedSegment, type SealedPart, type SealedSegment } from './sealed-segment.ts'
import type { Segment } from './segment.ts'
import { type Term, termOf } from './terms.ts'

/** All chunks of an index: one segment that grows, and others that are merged into larger ones while questions are answered. */
export interface Segments extends Pick<Background, 'pause'> {
  add(chunk: LexicalChunk): void
  remove(documentId: string): void
  readonly all: readonly Segment[]
  readonly size: number
  /** By field: how long a chunk is on average. */
  averageLengths(): PerField<number>
  holders(field: number, term: Term): number
  /** When nothing is left to be merged. */
  merged(): Promise<void>
  /** When all chunks that are here now are in sealed segments. */
  seal(): Promise<void>
  /** All chunks; undefined when some are not sealed. */
  parts(): readonly SealedPart[] | undefined
  readonly bytes: number
}

/** So many of one size become one of the next, so that each chunk is merged few times, and segments are few. */
const FAN_IN = 4
/** Part of a segment that is removed before it is written anew. */
const MAX_REMOVED = 1 / 4

export interface SegmentsOptions {
  /** What is there from the beginning. */
  readonly parts?: readonly SealedPart[]
  /** So many are added to one segment. */
  readonly chunksPerSegment?: number
}

/** Few enough that lists are short where they grow, and that the memory that is wasted there is little. */
const CHUNKS_PER_SEGMENT = 2048

export function createSegments({
  parts = [],
  chunksPerSegment = CHUNKS_PER_SEGMENT,
}: SegmentsOptions): Segments {
  let mutable: MutableSegment = createMutableSegment(chunksPerSegment)
  let others: Segment[] = parts.map(reopened)
  let unsealed: readonly Segment[] = []
  const background = createBackground(() => {
    const sources = toSeal() ?? toMerge(others, chunksPerSegment)
    return sources && mergeInto(sources)
  })

  /** Of those that somebody waits for. */
  function toSeal(): readonly Segment[] | undefined {
    unsealed = unsealed.filter((segment) => others.includes(segment))
    return unsealed.length > 0 ? unsealed.slice(0, FAN_IN) : undefined
  }

  function setMutableAside(): void {
    others.push(mutable)
    mutable = createMutableSegment(chunksPerSegment)
  }

  function* mergeInto(sources: readonly Segment[]): Steps<void> {
    const merged = yield* merge(sources)
    removeWhatIsGone(sources, merged)
    others = others.filter((segment) => !sources.includes(segment))
    if (merged.segment.size > 0) others.push(merged.segment)
  }

  function drop(found: readonly Found[]): void {
    if (found.length === 0) return
    for (const { segment, ordinal } of found) segment.remove(ordinal)
    others = others.filter(({ size }) => size > 0)
    if (mutable.size === 0) mutable = createMutableSegment(chunksPerSegment)
    if (toMerge(others, chunksPerSegment)) background.wake()
  }

  const all = (): Segment[] => (mutable.capacity > 0 ? [...others, mutable] : others)

  return {
    add(chunk) {
      drop(chunksWithId(all(), chunk.id))
      if (mutable.isFull) {
        setMutableAside()
        if (toMerge(others, chunksPerSegment)) background.wake()
      }
      mutable.add(chunk)
    },
    remove(documentId) {
      drop(chunksOf(all(), documentId))
    },
    get all() {
      return all()
    },
    get size() {
      return others.reduce((sum, { size }) => sum + size, mutable.size)
    },
    averageLengths() {
      const total = (field: number) =>
        all().reduce((sum, segment) => sum + segment.totalLength(field), 0)
      return Array.from(FIELDS.keys(), (field) => total(field) / this.size)
    },
    holders: (field, term) => all().reduce((sum, segment) => sum + segment.holders(field, term), 0),
    merged: () => background.idle(),
    async seal() {
      if (mutable.size > 0) setMutableAside()
      unsealed = others.filter((segment) => !isSealed(segment))
      if (unsealed.length > 0) background.wake()
      await background.idle()
    },
    parts() {
      const segments = all()
      return segments.every(isSealed) ? segments : undefined
    },
    pause: () => background.pause(),
    get bytes() {
      return all().reduce((sum, { bytes }) => sum + bytes, 0)
    },
  }
}

interface Found {
  readonly segment: Segment
  readonly ordinal: number
}

function chunksWithId(segments: readonly Segment[], id: string): Found[] {
  const term = termOf(id)
  return segments.flatMap((segment) => {
    const ordinal = segment.ordinalOf(term)
    return ordinal === undefined ? [] : [{ segment, ordinal }]
  })
}

function chunksOf(segments: readonly Segment[], documentId: string): Found[] {
  const document = termOf(documentId)
  return segments.flatMap((segment) =>
    segment.ordinalsOf(document).map((ordinal) => ({ segment, ordinal })),
  )
}

function reopened({ arrays, removed }: SealedPart): SealedSegment {
  const segment = createSealedSegment(arrays)
  for (const ordinal of removed) segment.remove(ordinal)
  return segment
}

function isSealed(segment: Segment): segment is SealedSegment {
  return 'arrays' in segment
}

/** Those that are the next to become one: one with many gaps, or enough of a size. */
function toMerge(segments: readonly Segment[], smallest: number): readonly Segment[] | undefined {
  const withGaps = segments.find(({ size, capacity }) => capacity - size > capacity * MAX_REMOVED)
  if (withGaps) return [withGaps]
  const bySize = Map.groupBy(segments, ({ capacity }) =>
    Math.max(0, Math.floor(Math.log(capacity / smallest) / Math.log(FAN_IN))),
  )
  for (const same of bySize.values()) {
    const few = same.slice(0, FAN_IN)
    const size = few.reduce((sum, segment) => sum + segment.size, 0)
    if (few.length === FAN_IN && size <= MAX_CHUNKS) return few
  }
  return undefined
}

/** What was removed from the sources after the merge had begun. */
function removeWhatIsGone(sources: readonly Segment[], { segment, ordinals }: Merged): void {
  for (const [at, { alive }] of sources.entries()) {
    for (const [old, ordinal] of (ordinals[at] ?? []).entries()) {
      if (ordinal >= 0 && alive[old] !== 1) segment.remove(ordinal)
    }
  }
}
