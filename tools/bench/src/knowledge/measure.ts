import { candidatesOf, createAnalyzer, loadDictionary, type QuestionTerms } from '@dure/retrieval'
import { threadCpuClock } from '../meters/cpu-clock.ts'
import { percentile, round } from '../statistics.ts'
import type { TextSource } from './text.ts'
import type { FilledIndex } from './words.ts'

/** What a search in the index alone takes, in microseconds. */
export interface LexicalRow {
  readonly name: 'lexical'
  readonly chunks: number
  readonly p50Micros: number
  readonly p99Micros: number
  /** Of the processor alone, as if nobody else were there. */
  readonly p50CpuMicros: number
  readonly p99CpuMicros: number
  readonly searches: number
  readonly bytesPerChunk: number
}

/** How much text becomes terms in a second of CPU, one thread. */
export interface AnalysisRow {
  readonly name: 'analysis'
  readonly texts: string
  readonly megabytesPerCpuSecond: number
  readonly megabytes: number
}

/** As the service asks for ten hits: some may turn out to be gone. */
const LIMIT = 40

export function measureLexical({ index, questions }: FilledIndex): LexicalRow {
  const search = (one: QuestionTerms) => candidatesOf(index, one, { limit: LIMIT, minScore: 0 })
  // Once through, so that what is measured is optimised.
  for (const one of questions) search(one)
  const cpuNow = threadCpuClock()
  const times = questions.map((one) => {
    const [began, cpuBegan] = [performance.now(), cpuNow()]
    search(one)
    return { clock: 1000 * (performance.now() - began), cpu: cpuNow() - cpuBegan }
  })
  const micros = times.map(({ clock }) => clock)
  const cpuMicros = times.map(({ cpu }) => cpu)
  return {
    name: 'lexical',
    chunks: index.size,
    p50Micros: round(percentile(micros, 0.5)),
    p99Micros: round(percentile(micros, 0.99)),
    p50CpuMicros: round(percentile(cpuMicros, 0.5)),
    p99CpuMicros: round(percentile(cpuMicros, 0.99)),
    searches: micros.length,
    bytesPerChunk: round(index.bytes / index.size),
  }
}

/** More than any cache remembers: what is known of one word helps with the next as in a text, and no more. */
const ROUND_BYTES = 2_000_000
/** Of a machine that is shared, the processor time of the same work differs by a fifth, and is never too short: the fastest counts. */
const ROUNDS = 8
const WARM_UP_BYTES = 500_000

/** Terms and pairs, as they are indexed. */
export async function measureAnalysis(source: TextSource): Promise<AnalysisRow> {
  const analyzer = createAnalyzer(await loadDictionary())
  const cpuNow = threadCpuClock()
  const analyse = (passages: readonly string[]): number => {
    const before = cpuNow()
    let bytes = 0
    for (const text of passages) {
      analyzer.terms(text)
      analyzer.bigrams(text)
      bytes += Buffer.byteLength(text)
    }
    return bytes / (cpuNow() - before)
  }
  analyse(passagesOf(source, WARM_UP_BYTES))
  const rounds = Array.from({ length: ROUNDS }, () => analyse(passagesOf(source, ROUND_BYTES)))
  return {
    name: 'analysis',
    texts: source.name,
    megabytesPerCpuSecond: round(Math.max(...rounds), 2),
    megabytes: round((ROUNDS * ROUND_BYTES) / 1e6, 1),
  }
}

function passagesOf(source: TextSource, most: number): string[] {
  const passages: string[] = []
  for (let bytes = 0; bytes < most; ) {
    const passage = source.passage()
    passages.push(passage)
    bytes += Buffer.byteLength(passage)
  }
  return passages
}
