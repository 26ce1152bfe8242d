import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@dure/dev'
import { candidatesOf, createAnalyzer, loadDictionary, type QuestionTerms } from '@dure/retrieval'
import { percentile, round } from '../statistics.ts'
import type { FilledIndex } from './words.ts'

/** What a search in the index alone takes, in microseconds. */
export interface LexicalRow {
  readonly name: 'lexical'
  readonly chunks: number
  readonly p50Micros: number
  readonly p99Micros: number
  readonly searches: number
  readonly bytesPerChunk: number
}

/** How much text becomes terms in a second of CPU, one thread. */
export interface AnalysisRow {
  readonly name: 'analysis'
  readonly megabytesPerCpuSecond: number
  readonly megabytes: number
}

/** As the service asks for ten hits: some may turn out to be gone. */
const LIMIT = 40

export function measureLexical({ index, questions }: FilledIndex): LexicalRow {
  const search = (one: QuestionTerms) => candidatesOf(index, one, { limit: LIMIT, minScore: 0 })
  // Once through, so that what is measured is optimised.
  for (const one of questions) search(one)
  const micros = questions.map((one) => microsOf(() => search(one)))
  return {
    name: 'lexical',
    chunks: index.size,
    p50Micros: round(percentile(micros, 0.5)),
    p99Micros: round(percentile(micros, 0.99)),
    searches: micros.length,
    bytesPerChunk: round(index.bytes / index.size),
  }
}

/** Our own Korean texts, again and again: what is known of one word must not help with the next. */
export async function measureAnalysis(): Promise<AnalysisRow> {
  const text = readFileSync(join(ROOT, 'README.ko.md'), 'utf8')
  const analyzer = createAnalyzer(await loadDictionary())
  const analyse = () => {
    analyzer.terms(text)
    analyzer.bigrams(text)
  }
  for (let n = 0; n < 20; n += 1) analyse()
  const before = process.cpuUsage()
  let bytes = 0
  while (process.cpuUsage(before).user < 3_000_000) {
    analyse()
    bytes += Buffer.byteLength(text)
  }
  const { user, system } = process.cpuUsage(before)
  return {
    name: 'analysis',
    megabytesPerCpuSecond: round(bytes / (user + system), 2),
    megabytes: round(bytes / 1e6, 1),
  }
}

function microsOf(work: () => void): number {
  const before = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - before) / 1000
}
