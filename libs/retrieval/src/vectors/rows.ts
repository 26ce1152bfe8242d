import { BLOCK_ROWS, type Block, createBlock } from './block.ts'
import type { Quantised } from './quantise.ts'

/** Where a vector is. It moves when the gaps of removed ones are closed. */
export interface Place {
  readonly id: string
  readonly documentId: string
  block: Block
  row: number
  isRemoved: boolean
}

/** The vectors of one base in blocks, with few gaps. */
export interface Rows {
  add(key: Pick<Place, 'id' | 'documentId'>, vector: Quantised): Place
  remove(place: Place): void
  /** Blocks as they are now; what moves later is in them still. */
  snapshot(): { readonly block: Block; readonly places: readonly Place[]; readonly count: number }[]
  readonly bytes: number
}

/** Part of a block that is removed before the rest of it moves to the last block. */
const MAX_REMOVED = BLOCK_ROWS / 4

interface Filled {
  readonly block: Block
  readonly places: Place[]
  removed: number
}

export function createRows(dimensions: number): Rows {
  const filled = new Map<Block, Filled>()
  let last: Filled | undefined

  function put(vector: Quantised, place: (block: Block, row: number) => Place): Place {
    if (last === undefined || last.block.isFull) {
      last = { block: createBlock(dimensions), places: [], removed: 0 }
      filled.set(last.block, last)
    }
    const placed = place(last.block, last.block.add(vector))
    last.places.push(placed)
    return placed
  }

  function moveOut({ block, places }: Filled): void {
    filled.delete(block)
    for (const place of places) {
      if (place.isRemoved) continue
      put(block.vectorOf(place.row), (to, row) => Object.assign(place, { block: to, row }))
    }
  }

  return {
    add: ({ id, documentId }, vector) =>
      put(vector, (block, row) => ({ id, documentId, block, row, isRemoved: false })),

    remove(place) {
      place.isRemoved = true
      const from = filled.get(place.block)
      if (from === undefined) return
      from.removed++
      if (from.removed > MAX_REMOVED && from !== last) moveOut(from)
      else if (from === last && from.removed === from.block.count) {
        filled.delete(from.block)
        last = undefined
      }
    },

    snapshot: () =>
      Array.from(filled.values(), ({ block, places }) => ({ block, places, count: block.count })),

    get bytes() {
      let bytes = 0
      for (const { block } of filled.values()) bytes += block.bytes
      return bytes
    },
  }
}
