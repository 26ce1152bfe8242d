import type { HybridRow } from './hybrid.ts'
import type { IngestionRow } from './ingestion.ts'
import type { LexicalRow } from './measure.ts'
import type { OpenRow } from './open.ts'

export interface WordRows {
  readonly ingestion: IngestionRow
  readonly lexical: LexicalRow
  readonly open: OpenRow
  readonly openWithVectors: OpenRow
  /** Where it was measured. */
  readonly both: readonly HybridRow[]
}

const BEGIN = '## Words\n'
const END = '## Vectors\n'

/** docs/benchmarks/knowledge.md with what was measured of words. @throws Error when it has no place for that */
export function withWords(
  page: string,
  { ingestion, lexical, open, openWithVectors, both }: WordRows,
): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`No "${BEGIN.trim()}" before "${END.trim()}"`)
  const count = (value: number) => value.toLocaleString('en-US')
  const rows = [
    `| a search by words, ${count(lexical.chunks)} chunks | ${lexical.p50Micros} µs | ${lexical.p99Micros} µs | ${lexical.p50CpuMicros} µs | ${lexical.p99CpuMicros} µs | ${count(lexical.bytesPerChunk)} |`,
    ...both.map(
      ({ chunks, p50Ms, p99Ms, p50CpuMs, p99CpuMs, bytesPerChunk }) =>
        `| by words and vectors, ${count(chunks)} chunks | ${p50Ms} ms | ${p99Ms} ms | ${p50CpuMs} ms | ${p99CpuMs} ms | ${count(bytesPerChunk)} |`,
    ),
  ]
  const section = `${BEGIN}
\`npm run bench -- knowledge --chart\` writes this part. Passages are of made-up words with the frequencies of a language (Zipf and Mandelbrot), the same on
every run; questions are words of a passage, 40 passages are wanted. Vectors have 384 dimensions, in clusters; the vector of the question and the
rows of what was found are not counted. On two shared cores.

| | p50 | p99 | p50 of the processor | p99 of the processor | bytes per chunk |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

A base of ${count(open.chunks)} chunks that was written down opens in ${open.ms} ms (${open.megabytes} MB), one with vectors in ${openWithVectors.ms} ms
(${openWithVectors.megabytes} MB): from PostgreSQL, through the whole service, with the first search.

Generated Korean text, no two documents alike, is ingested, from the request to the moment at which it is found, at ${ingestion.megabytesPerSecond} MB per second, and at
${ingestion.megabytesPerCpuSecond} MB per second of the processor time of the service (${ingestion.megabytes} MB, without vectors).

`
  return page.slice(0, begin) + section + page.slice(end)
}
