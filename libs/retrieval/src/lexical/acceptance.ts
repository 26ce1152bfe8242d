import type { Segment } from './segment.ts'

/** Whether chunks of a document may be found. */
export type Accepts = (documentId: string) => boolean

interface Accepted {
  /** 1 for each ordinal that is not removed and accepted. */
  readonly alive: Uint8Array
  /** Of which state of the segment it is: both only ever tell of more that came or went. */
  readonly capacity: number
  readonly size: number
}

/** Of functions and segments that nobody has any more, nothing is left here. */
const known = new WeakMap<Accepts, WeakMap<Segment, Accepted>>()

/** Which chunks of a segment may be found. A function is asked once per chunk, until chunks of the segment come or go. */
export function acceptedIn(segment: Segment, accepts: Accepts | undefined): Uint8Array {
  if (accepts === undefined) return segment.alive
  const ofFunction = known.get(accepts) ?? new WeakMap<Segment, Accepted>()
  known.set(accepts, ofFunction)
  const { capacity, size } = segment
  const before = ofFunction.get(segment)
  if (before?.capacity === capacity && before.size === size) return before.alive
  const alive = aliveAndAccepted(segment, accepts)
  ofFunction.set(segment, { alive, capacity, size })
  return alive
}

function aliveAndAccepted(segment: Segment, accepts: Accepts): Uint8Array {
  const alive = new Uint8Array(segment.alive)
  for (let ordinal = 0; ordinal < segment.capacity; ordinal++) {
    if (alive[ordinal] === 1 && !accepts(segment.keyOf(ordinal).documentId)) alive[ordinal] = 0
  }
  return alive
}
