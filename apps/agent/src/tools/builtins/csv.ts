import { InvalidInputError } from '@dure/kernel'

const MAX_ROWS = 10_000
const MAX_COLUMNS = 200
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/

export type CsvRow = Readonly<Record<string, string | number>>

/**
 * Comma-separated values as RFC 4180 has them; the separator may also be `;` or a tab, whichever the
 * first line has most of. The first line names the columns. What is written as a number is one.
 *
 * @throws InvalidInputError `csv.invalid`, with the line
 */
export function csvRows(text: string): CsvRow[] {
  const [names = [], ...lines] = linesOf(text.replace(/^\ufeff/, ''))
  if (names.length === 0) throw invalid(1, 'there is nothing')
  if (names.length > MAX_COLUMNS) throw invalid(1, `there are more than ${MAX_COLUMNS} columns`)
  return lines.map((cells, index) => {
    if (cells.length > names.length) throw invalid(index + 2, 'it has more cells than columns')
    return Object.fromEntries(names.map((name, at) => [name, cellValue(cells[at] ?? '')]))
  })
}

function cellValue(cell: string): string | number {
  return NUMBER.test(cell) ? Number(cell) : cell
}

function linesOf(text: string): string[][] {
  const separator = separatorOf(text)
  const lines: string[][] = []
  let cells: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at, lines.length + 1) : bare(text, at, separator)
    cells.push(cell.value)
    at = cell.end
    if (text[at] === separator) {
      at += 1
      // A separator at the very end has an empty cell behind it.
      if (at < text.length) continue
      cells.push('')
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    if (cells.length > 1 || cells[0] !== '') lines.push(cells)
    if (lines.length > MAX_ROWS + 1)
      throw invalid(lines.length, `there are more than ${MAX_ROWS} rows`)
    cells = []
  }
  return lines
}

interface Cell {
  readonly value: string
  readonly end: number
}

function bare(text: string, from: number, separator: string): Cell {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r')
    end++
  return { value: text.slice(from, end).trim(), end }
}

function quoted(text: string, from: number, line: number): Cell {
  let value = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw invalid(line, 'a quotation mark is not closed')
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { value, end: quote + 1 }
    value += '"'
    at = quote + 2
  }
}

function separatorOf(text: string): string {
  const first = text.slice(0, text.search(/\r|\n|$/))
  const counts = [',', ';', '\t'].map((sign) => [sign, first.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

function invalid(line: number, what: string): InvalidInputError {
  return new InvalidInputError('csv.invalid', `This is no CSV: in line ${line}, ${what}`)
}
