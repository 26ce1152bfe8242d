import {
  candidatesOf,
  clustered,
  createRandom,
  createVectorIndex,
  quantise,
  rank,
  type VectorIndex,
} from '@dure/retrieval'
import { threadCpuClock } from '../meters/cpu-clock.ts'
import { percentile, round } from '../statistics.ts'
import type { FilledIndex } from './words.ts'

/** What a search by words and by vectors takes, without the vector of the question and the rows of what was found. */
export interface HybridRow {
  readonly name: 'hybrid'
  readonly chunks: number
  readonly dimensions: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of the processor alone, as if nobody else were there. */
  readonly p50CpuMs: number
  readonly p99CpuMs: number
  readonly searches: number
  readonly bytesPerChunk: number
}

const DIMENSIONS = 384
/** Vectors of which the others are near. */
const SAMPLE = 20_000
const QUERIES = 500
/** How far a byte of them may be from that of its sample. */
const NOISE = 12
/** As the service asks, when ten hits are wanted. */
const DEPTH = 100
const LIMIT = 40
const TELL_EVERY = 50_000
const TELL_MS = 15_000

export async function measureHybrid({ index, questions }: FilledIndex): Promise<HybridRow> {
  const sample = clustered({ count: SAMPLE, queryCount: QUERIES, dimensions: DIMENSIONS, seed: 1 })
  const vectors = fillVectors(sample.vectors, index.size)
  await grown(vectors)
  const asked = sample.queries.map((vector, at) => ({ vector, terms: questions[at] }))
  const search = async ({ vector, terms }: (typeof asked)[number]) => {
    const keyword = terms ? candidatesOf(index, terms, { limit: DEPTH, minScore: 0 }) : []
    const near = await vectors.search({ vector, topK: DEPTH })
    const ids = keyword.map(({ id }) => id)
    const found = { keyword, vector: near, cosines: vectors.cosines(vector, ids) }
    const how = { mode: 'hybrid', fusion: 'weighted', vectorWeight: 0.4 } as const
    return rank(found, how, { limit: LIMIT, minScore: 0 })
  }
  // Once through, so that what is measured is optimised.
  for (const one of asked) await search(one)
  const times: number[] = []
  const cpuTimes: number[] = []
  const cpuNow = threadCpuClock()
  for (const one of asked) {
    const [before, cpuBefore] = [performance.now(), cpuNow()]
    await search(one)
    cpuTimes.push((cpuNow() - cpuBefore) / 1000)
    times.push(performance.now() - before)
  }
  return {
    name: 'hybrid',
    chunks: index.size,
    dimensions: DIMENSIONS,
    p50Ms: round(percentile(times, 0.5), 2),
    p99Ms: round(percentile(times, 0.99), 2),
    p50CpuMs: round(percentile(cpuTimes, 0.5), 2),
    p99CpuMs: round(percentile(cpuTimes, 0.99), 2),
    searches: times.length,
    bytesPerChunk: round((index.bytes + vectors.bytes) / index.size),
  }
}

/** Tells that it goes on: of a million vectors it takes minutes. */
async function grown(vectors: VectorIndex): Promise<void> {
  const before = performance.now()
  const tell = () => {
    const seconds = round((performance.now() - before) / 1000)
    console.error(`the graph grows for ${seconds} s, ${round(vectors.bytes / 1e6)} MB of vectors`)
  }
  const timer = setInterval(tell, TELL_MS)
  await vectors.grown().finally(() => clearInterval(timer))
  tell()
}

/** One for each chunk; none is exactly another one. */
function fillVectors(sample: readonly Float32Array[], count: number): VectorIndex {
  const random = createRandom(2)
  const quantised = sample.flatMap((vector) => quantise(vector) ?? [])
  const index = createVectorIndex({ dimensions: DIMENSIONS })
  for (let n = 0; n < count; n++) {
    const near = quantised[n % quantised.length]
    if (near === undefined) continue
    const values = near.values.map((value) => value + random.below(2 * NOISE + 1) - NOISE)
    const vector = quantise(values)
    if (vector) index.add({ id: `chunk-${n}`, documentId: `document-${n}`, vector })
    if ((n + 1) % TELL_EVERY === 0) console.error(`${n + 1} of ${count} vectors`)
  }
  return index
}
