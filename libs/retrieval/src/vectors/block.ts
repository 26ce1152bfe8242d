import type { Quantised } from './quantise.ts'

/** Rows of one block: few enough that one is scanned in about half a millisecond. */
export const BLOCK_ROWS = 1024

/** Some vectors side by side in one array, read from its beginning to its end. Rows are never changed or taken back. */
export interface Block {
  readonly count: number
  readonly isFull: boolean
  /** @returns its row */
  add(vector: Quantised): number
  /** On the memory of the block. */
  vectorOf(row: number): Quantised
  /** The cosine of a row with a query of length 1. */
  cosine(row: number, query: Float32Array): number
  readonly bytes: number
}

export function createBlock(dimensions: number): Block {
  const values = new Int8Array(BLOCK_ROWS * dimensions)
  const scales = new Float32Array(BLOCK_ROWS)
  let count = 0

  return {
    get count() {
      return count
    },
    get isFull() {
      return count === BLOCK_ROWS
    },
    add(vector) {
      values.set(vector.values, count * dimensions)
      scales[count] = vector.scale
      return count++
    },
    vectorOf: (row) => ({
      values: values.subarray(row * dimensions, (row + 1) * dimensions),
      scale: scales[row] ?? 0,
    }),
    cosine(row, query) {
      let sum = 0
      let at = row * dimensions
      for (let i = 0; i < dimensions; i++, at++) sum += (values[at] ?? 0) * (query[i] ?? 0)
      return sum * (scales[row] ?? 0)
    },
    bytes: values.byteLength + scales.byteLength,
  }
}
