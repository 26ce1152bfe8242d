import { createRandom } from './random.ts'

export interface Clusters {
  readonly vectors: readonly Float32Array[]
  readonly queries: readonly Float32Array[]
}

export interface ClusterOptions {
  readonly count: number
  readonly queryCount: number
  readonly dimensions: number
  readonly seed: number
}

/** How far the members of a cluster are spread, where the clusters are at 1. */
const SPREAD = 0.6
const MEMBERS = 100

/**
 * Vectors in clusters, as those of texts about some subjects are, the same on every run. Queries are new members of the
 * clusters: no query is one of the vectors.
 */
export function clustered({ count, queryCount, dimensions, seed }: ClusterOptions): Clusters {
  const random = createRandom(seed)
  // A sum of twelve is close to a normal distribution of variance 1.
  const normal = () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += random.below(2 ** 24) / 2 ** 24
    return sum
  }
  const centres = Array.from({ length: Math.ceil(count / MEMBERS) }, () =>
    Float32Array.from({ length: dimensions }, normal),
  )
  const member = () => {
    const centre = centres[random.below(centres.length)] ?? new Float32Array(dimensions)
    return centre.map((value) => value + SPREAD * normal())
  }
  return {
    vectors: Array.from({ length: count }, member),
    queries: Array.from({ length: queryCount }, member),
  }
}

/** The ten nearest by the cosine in floats, by looking at all: what every index is measured against. */
export function exactTen(vectors: readonly Float32Array[], query: Float32Array): string[] {
  const cosine = (a: Float32Array, b: Float32Array) => {
    let [dot, lengthA, lengthB] = [0, 0, 0]
    for (let i = 0; i < a.length; i++) {
      const [x = 0, y = 0] = [a[i], b[i]]
      dot += x * y
      lengthA += x * x
      lengthB += y * y
    }
    return dot / Math.sqrt(lengthA * lengthB)
  }
  return vectors
    .map((vector, at) => ({ id: `v${at}`, score: cosine(vector, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 10)
    .map(({ id }) => id)
}
