import { expect, test } from 'vitest'
import { type WordRows, withWords } from './page.ts'

const OPEN = { name: 'open', chunks: 100_000, cpuMs: 500, nextMs: 10 } as const
const rows: WordRows = {
  ingestion: {
    ...{ name: 'ingestion', texts: 'generated', megabytes: 16, seconds: 8, megabytesPerSecond: 2 },
    megabytesPerCpuSecond: 1.9,
  },
  lexical: {
    ...{ name: 'lexical', chunks: 300_000, p50Micros: 900, p99Micros: 2500 },
    ...{ p50CpuMicros: 800, p99CpuMicros: 2100, searches: 2000, bytesPerChunk: 1500 },
  },
  open: { ...OPEN, vectors: 0, ms: 700, megabytes: 200 },
  openWithVectors: { ...OPEN, vectors: 100_000, ms: 900, megabytes: 240 },
  both: [],
}

test('the words of the page are written anew, and nothing else of it', () => {
  const page = '# Search\n\n## Words\n\nold\n\n## Vectors\n\nkept\n'

  const written = withWords(page, rows)

  expect(written).toMatch(/^# Search\n\n## Words\n/)
  expect(written).toMatch(/\n\n## Vectors\n\nkept\n$/)
  expect(written).not.toContain('old')
  expect(written).toContain(
    '| a search by words, 300,000 chunks | 900 µs | 2500 µs | 800 µs | 2100 µs | 1,500 |',
  )
  expect(written).toContain('at 2 MB per second, and at\n1.9 MB')
  expect(withWords(written, rows)).toBe(written)
})

test('a page without that part is not written', () => {
  expect(() => withWords('# Search\n', rows)).toThrow('## Words')
})
