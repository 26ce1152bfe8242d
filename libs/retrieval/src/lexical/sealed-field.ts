import { lengthAt, windowsIn } from './codes.ts'
import { countDead, type PostingList, type Removals } from './posting-list.ts'
import { type Term, type TermArrays, termTable } from './terms.ts'

/** One field of a sealed segment. */
export interface FieldArrays {
  readonly terms: TermArrays
  /** By number of a term: where its list begins. One more, for the end of the last. */
  readonly starts: Uint32Array
  readonly entries: Uint32Array
  /** By number of a term: no entry counts for more than this code. */
  readonly bounds: Uint16Array
  /** By number of a term: which of the long lists it has, plus 1; 0: a short one. */
  readonly longOf: Uint32Array
  /** Of each long list, as many as there are windows and one. */
  readonly windowStarts: Uint32Array
  /** Of each long list, as many as there are windows. */
  readonly windowBounds: Uint16Array
  /** By ordinal. */
  readonly lengthLevels: Uint8Array
}

export interface SealedField {
  readonly totalLength: number
  list(term: Term): PostingList | undefined
  holders(term: Term, removals: Removals): number
  lists(): Iterable<readonly [term: string, list: PostingList]>
  /** Of what is counted since there are removals. */
  readonly countBytes: number
}

export function createSealedField(arrays: FieldArrays, capacity: number): SealedField {
  const { starts, entries, bounds, longOf, windowStarts, windowBounds, lengthLevels } = arrays
  const terms = termTable(arrays.terms)
  const windows = windowsIn(capacity)
  // Made by the first removal that somebody asks about.
  let dead: Uint32Array | undefined
  let seen: Uint32Array | undefined

  function listAt(number: number): PostingList {
    const long = (longOf[number] ?? 0) - 1
    return {
      entries,
      from: starts[number] ?? 0,
      to: starts[number + 1] ?? 0,
      bound: bounds[number] ?? 0,
      windows:
        long < 0
          ? undefined
          : {
              starts: windowStarts,
              firstStart: long * (windows + 1),
              bounds: windowBounds,
              firstBound: long * windows,
            },
    }
  }

  return {
    totalLength: lengthLevels.reduce((sum, level) => sum + lengthAt(level), 0),
    list(term) {
      const number = terms.find(term)
      return number < 0 ? undefined : listAt(number)
    },
    holders(term, removals) {
      const number = terms.find(term)
      if (number < 0) return 0
      const length = (starts[number + 1] ?? 0) - (starts[number] ?? 0)
      if (removals.removed.length === 0) return length
      dead ??= new Uint32Array(terms.size)
      seen ??= new Uint32Array(terms.size)
      const known = { dead: dead[number] ?? 0, seen: seen[number] ?? 0 }
      const count = countDead(listAt(number), known, removals)
      dead[number] = count.dead
      seen[number] = count.seen
      return length - count.dead
    },
    *lists() {
      for (let number = 0; number < terms.size; number++) {
        yield [terms.textOf(number), listAt(number)]
      }
    },
    get countBytes() {
      return (dead?.byteLength ?? 0) + (seen?.byteLength ?? 0)
    },
  }
}
