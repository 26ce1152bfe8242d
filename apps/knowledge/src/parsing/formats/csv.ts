import { createDocumentWriter } from '../document-writer.ts'
import { damaged } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'

const DELIMITERS = [',', '\t', ';', '|'] as const
/** Enough to tell a delimiter from a comma in a sentence. */
const SAMPLE_LENGTH = 64 * 1024
const SAMPLE_ROWS = 50

/**
 * Comma-separated values after RFC 4180, with the delimiter that makes the rows most alike.
 *
 * @throws ParseError `document.damaged` when a quoted field does not end
 */
export function parseCsv(text: string, limits: ParseLimits): ParsedDocument {
  const writer = createDocumentWriter(limits)
  writer.table([...rowsOf(text, delimiterOf(text))], 'guess')
  return writer.end()
}

function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE_LENGTH)
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: evenness(sample, delimiter) }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

/** The share of rows that have the most frequent number of fields, when that is more than one. */
function evenness(sample: string, delimiter: string): number {
  const counts = new Map<number, number>()
  let rows = 0
  for (const row of rowsOf(sample, delimiter, { isCut: true })) {
    if (rows === SAMPLE_ROWS) break
    rows++
    counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  }
  const [width = 1, count = 0] = [...counts].reduce(
    (best, next) => (next[1] > best[1] ? next : best),
    [1, 0],
  )
  return width > 1 ? count / rows : 0
}

function* rowsOf(text: string, delimiter: string, { isCut = false } = {}): Generator<string[]> {
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const field = text[at] === '"' ? quoted(text, at) : bare(text, at, delimiter)
    if (!field) {
      if (isCut) return
      throw damaged('A quoted field of the table does not end')
    }
    row.push(field.value)
    at = field.end
    if (text[at] === delimiter) {
      at++
      if (at === text.length) row.push('')
      continue
    }
    at = afterLineBreak(text, at)
    if (!isBlank(row)) yield row
    row = []
  }
  if (row.length > 0) yield row
}

/** An empty line says nothing, and there may be millions of them. */
function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0] === ''
}

interface Field {
  readonly value: string
  readonly end: number
}

function bare(text: string, start: number, delimiter: string): Field {
  let end = start
  while (end < text.length && !isEnd(text[end], delimiter)) end++
  return { value: text.slice(start, end), end }
}

function isEnd(character: string | undefined, delimiter: string): boolean {
  return character === delimiter || character === '\n' || character === '\r'
}

/** What follows the closing quote up to the delimiter belongs to the field, as in other programs. */
function quoted(text: string, start: number): Field | undefined {
  const parts: string[] = []
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from)
    if (quote === -1) return undefined
    parts.push(text.slice(from, quote))
    if (text[quote + 1] !== '"') return { value: parts.join('"'), end: quote + 1 }
    from = quote + 2
  }
}

function afterLineBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}
