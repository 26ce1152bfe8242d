import { oneLine } from './clean-text.ts'

/** A table up to this many characters is one piece; a longer one repeats its header. */
const PART_LENGTH = 1200
/** Wider ones are no tables for readers. */
const MAX_COLUMNS = 200

/**
 * A table as Markdown. When it is long, it becomes several tables of whole rows under the same
 * header, so that each piece can be understood and cited on its own. Empty rows and columns go.
 */
export function* tableParts(
  rows: readonly (readonly string[])[],
  headerRows: number,
): Generator<string> {
  const cells = withoutEmpty(rows.map((row) => row.slice(0, MAX_COLUMNS).map(cellText)))
  const width = Math.max(0, ...cells.map((row) => row.length))
  if (width === 0) return
  const names = headerRows > 0 ? cells.slice(0, 1) : [[]]
  const header = [...names.map((row) => line(row, width)), `|${' --- |'.repeat(width)}`].join('\n')
  const body = cells.slice(headerRows > 0 ? 1 : 0).map((row) => line(row, width))

  let part = header
  for (const row of body) {
    if (part !== header && part.length + row.length + 1 > PART_LENGTH) {
      yield part
      part = header
    }
    part += `\n${row}`
  }
  yield part
}

function line(row: readonly string[], width: number): string {
  return `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`
}

function cellText(cell: string): string {
  return oneLine(cell).replaceAll('|', '\\|')
}

function withoutEmpty(rows: readonly (readonly string[])[]): string[][] {
  const used = new Set<number>()
  for (const row of rows) for (const [at, cell] of row.entries()) if (cell !== '') used.add(at)
  const columns = [...used].sort((a, b) => a - b)
  return rows
    .map((row) => columns.map((at) => row[at] ?? ''))
    .filter((row) => row.some((cell) => cell !== ''))
}
