import { oneLine } from './clean-text.ts'

/** A table up to this many characters is one piece; a longer one repeats its header. */
const PART_LENGTH = 1200
/** Wider ones are no tables for readers. */
const MAX_COLUMNS = 200

/** Whether the first row names the columns; `guess` where a format does not say it. */
export type Header = 'first-row' | 'none' | 'guess'

/**
 * A table as Markdown. When it is long, it becomes several tables of whole rows under the same
 * header, so that each piece can be understood and cited on its own.
 */
export function* tableParts(
  cells: readonly (readonly string[])[],
  header: Header,
): Generator<string> {
  const width = Math.max(0, ...cells.map((row) => row.length))
  const isNamed = header === 'guess' ? hasHeader(cells) : header === 'first-row'
  const names = (isNamed && cells[0]) || []
  const head = `${line(names, width)}\n|${' --- |'.repeat(width)}`
  const body = cells.slice(isNamed ? 1 : 0).map((row) => line(row, width))

  let part = head
  for (const row of body) {
    if (part !== head && part.length + row.length + 1 > PART_LENGTH) {
      yield part
      part = head
    }
    part += `\n${row}`
  }
  yield part
}

function line(row: readonly string[], width: number): string {
  return `| ${Array.from({ length: width }, (_, at) => (row[at] ?? '').replaceAll('|', '\\|')).join(' | ')} |`
}

/** The words of a table, without rows and columns that are empty. */
export function filledCells(given: readonly (readonly string[])[]): string[][] {
  const rows = given.map((row) => row.slice(0, MAX_COLUMNS).map(oneLine))
  const used = new Set<number>()
  for (const row of rows) for (const [at, cell] of row.entries()) if (cell !== '') used.add(at)
  const columns = [...used].sort((a, b) => a - b)
  return rows
    .map((row) => columns.map((at) => row[at] ?? ''))
    .filter((row) => row.some((cell) => cell !== ''))
}

/** Names of columns are different words; a row with an empty or a numeric field is data. */
function hasHeader([first, second]: readonly (readonly string[])[]): boolean {
  if (!first || !second) return false
  const names = first.map((name) => name.trim())
  const isName = (name: string) => name !== '' && !/^[\d\s.,%+₩$-]+$/.test(name)
  return names.every(isName) && new Set(names).size === names.length
}
