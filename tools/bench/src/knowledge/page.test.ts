import { expect, test } from 'vitest'
import { type WordRows, withWords } from './page.ts'

const rows: WordRows = {
  ingestion: {
    ...{ name: 'ingestion', megabytes: 16, seconds: 8, megabytesPerSecond: 2 },
    megabytesPerCpuSecond: 1.9,
  },
  lexical: {
    ...{ name: 'lexical', chunks: 300_000, p50Micros: 900, p99Micros: 2500 },
    ...{ searches: 2000, bytesPerChunk: 1500 },
  },
  open: { name: 'open', chunks: 100_000, ms: 700, megabytes: 200, segments: 4 },
  both: [],
}

test('the words of the page are written anew, and nothing else of it', () => {
  const page = '# Search\n\n## Words\n\nold\n\n## Vectors\n\nkept\n'

  const written = withWords(page, rows)

  expect(written).toMatch(/^# Search\n\n## Words\n/)
  expect(written).toMatch(/\n\n## Vectors\n\nkept\n$/)
  expect(written).not.toContain('old')
  expect(written).toContain('| a search by words, 300,000 chunks | 900 µs | 2500 µs | 1,500 |')
  expect(written).toContain('at 2 MB per second, and at\n1.9 MB')
  expect(withWords(written, rows)).toBe(written)
})

test('a page without that part is not written', () => {
  expect(() => withWords('# Search\n', rows)).toThrow('## Words')
})
