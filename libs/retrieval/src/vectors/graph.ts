import { createRequire } from 'node:module'
import type { Quantised } from './quantise.ts'

/*
 * Not imported: its module for `import` looks for its library below a global `__dirname` when there is one, and clients
 * that Prisma generates define one.
 */
const { Index, MetricKind, ScalarKind }: typeof import('usearch') = createRequire(import.meta.url)(
  'usearch',
)

/**
 * A navigable small world (HNSW: Malkov and Yashunin, arXiv 1603.09320) of numbered vectors, which finds the nearest ones
 * without looking at all. What it finds is roughly ordered: whoever asks scores it again.
 */
export interface Graph {
  /** Takes a fifth of a millisecond per vector of 384 dimensions, in this thread. */
  add(numbers: readonly number[], vectors: readonly Quantised[]): void
  remove(number: number): void
  /** Nearest first, approximately. */
  nearest(query: Float32Array, count: number): number[]
  readonly size: number
  /** An estimate of the memory, from above. */
  readonly bytes: number
}

/** As the makers of the library and the paper have them for vectors of some hundred dimensions. */
const CONNECTIVITY = 16
const EXPANSION_ADD = 128
const EXPANSION_SEARCH = 128
/** In this thread: the library would start as many as the machine has cores. */
const ONE_THREAD = 1
/** Links of a node on all its levels, and what surrounds them. */
const BYTES_PER_NODE = 4 * (2 * CONNECTIVITY + CONNECTIVITY) + 64

export function createGraph(dimensions: number): Graph {
  const index = new Index({
    dimensions,
    metric: MetricKind.Cos,
    quantization: ScalarKind.I8,
    connectivity: CONNECTIVITY,
    expansion_add: EXPANSION_ADD,
    expansion_search: EXPANSION_SEARCH,
    multi: false,
  })
  return {
    add(numbers, vectors) {
      const rows = new Float32Array(vectors.length * dimensions)
      for (const [row, { values, scale }] of vectors.entries()) {
        for (let i = 0; i < dimensions; i++) rows[row * dimensions + i] = (values[i] ?? 0) * scale
      }
      index.add(BigUint64Array.from(numbers, BigInt), rows, ONE_THREAD)
    },
    remove(number) {
      index.remove(BigInt(number))
    },
    nearest(query, count) {
      if (index.size() === 0) return []
      return Array.from(index.search(query, count, ONE_THREAD).keys, Number)
    },
    get size() {
      return index.size()
    },
    get bytes() {
      return index.capacity() * (dimensions + BYTES_PER_NODE)
    },
  }
}
