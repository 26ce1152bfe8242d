import {
  type Clusters,
  clustered,
  createVectorIndex,
  exactTen,
  type Quantised,
  quantise,
  type VectorIndex,
} from '@dure/retrieval'

export interface VectorRow {
  readonly index: 'looks at all' | 'graph'
  readonly vectors: number
  readonly dimensions: number
  /** Part of the ten nearest by floats that are found. Absent where the vectors repeat: equal ones are as good. */
  readonly recallAt10?: number
  /** Of one search, in milliseconds of the processor. */
  readonly cpuMs: number
  /** To add one vector, in microseconds of the processor. */
  readonly addCpuUs: number
  readonly bytesPerVector: number
}

const DIMENSIONS = 384
const COUNT = 20_000
/** So often the vectors are there in the large base. */
const REPEATS = 5

/** Above the size from which a base has a graph. */
const LARGE = 200_000

/** About two minutes of one core. The same vectors on every run. */
export async function measureVectors(): Promise<VectorRow[]> {
  const small = inputOf(COUNT)
  const rows = [
    await measure(small, { index: 'looks at all' }),
    await measure(small, { index: 'graph' }),
    await measure(small, { index: 'looks at all', repeats: REPEATS }),
  ]
  return [...rows, await measure(inputOf(LARGE), { index: 'graph' })]
}

interface Input {
  readonly sample: Clusters
  readonly exact: readonly (readonly string[])[]
}

function inputOf(count: number): Input {
  const sample = clustered({ count, queryCount: 100, dimensions: DIMENSIONS, seed: 1 })
  return { sample, exact: sample.queries.map((query) => exactTen(sample.vectors, query)) }
}

async function measure(
  { sample, exact }: Input,
  { index: kind, repeats = 1 }: { index: VectorRow['index']; repeats?: number },
): Promise<VectorRow> {
  const graphFrom = kind === 'graph' ? sample.vectors.length : Number.POSITIVE_INFINITY
  const vectors = sample.vectors.flatMap((vector) => quantise(vector) ?? [])
  const index = createVectorIndex({ dimensions: DIMENSIONS, graphFrom })
  const addMs = await cpuMsOf(() => fill(index, vectors, repeats))
  const found: string[][] = []
  const searchMs = await cpuMsOf(async () => {
    for (const vector of sample.queries) {
      found.push((await index.search({ vector, topK: 10 })).map(({ id }) => id))
    }
  })
  return {
    index: kind,
    vectors: index.size,
    dimensions: DIMENSIONS,
    ...(repeats === 1 && { recallAt10: recall(found, exact) }),
    cpuMs: rounded(searchMs / sample.queries.length),
    addCpuUs: rounded((1000 * addMs) / index.size),
    bytesPerVector: Math.round(index.bytes / index.size),
  }
}

async function fill(index: VectorIndex, vectors: readonly Quantised[], repeats: number) {
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [at, vector] of vectors.entries()) {
      const id = repeat === 0 ? `v${at}` : `v${at}-${repeat}`
      index.add({ id, documentId: `doc-${at % 1000}`, vector })
    }
  }
  await index.grown()
}

function recall(found: readonly string[][], exact: readonly (readonly string[])[]): number {
  const hits = found.flatMap((ids, query) => ids.filter((id) => exact[query]?.includes(id)))
  return hits.length / (10 * found.length)
}

async function cpuMsOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
