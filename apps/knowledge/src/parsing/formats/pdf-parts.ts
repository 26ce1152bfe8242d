import { gridsOf } from './pdf-grids.ts'
import { type Line, type Paragraph, paragraphsOf, type Run } from './pdf-layout.ts'
import { rowsOf } from './pdf-rows.ts'
import type { Rulings } from './pdf-rulings.ts'
import { NUMBER } from './pdf-table-lines.ts'
import { type PrintedTable, tablesOf } from './pdf-tables.ts'

/** The paragraphs and tables of a page, in the order in which they are printed. */
export function partsOf(lines: readonly Line[], rulings: Rulings, page: number): Paragraph[] {
  const ruled = gridsOf(lines, rulings)
  const used = new Set(ruled.flatMap((table) => table.runs))
  const rest = lines.map((line) => ({ ...line, runs: line.runs.filter((run) => !used.has(run)) }))
  const tables = [...ruled, ...tablesOf(rest)]
  const tableOfRun = new Map(tables.flatMap((table) => table.runs.map((run) => [run, table])))
  const told = new Set<PrintedTable>()
  const parts: Paragraph[] = []
  let open: Line[] = []

  function close() {
    parts.push(...paragraphsOf(open, page))
    open = []
  }

  for (const line of lines) {
    const rest = line.runs.filter((run) => !tableOfRun.has(run))
    if (rest.length > 0) open.push(rest.length < line.runs.length ? lineOf(line, rest) : line)
    for (const run of line.runs) {
      const table = tableOfRun.get(run)
      if (!table || told.has(table)) continue
      close()
      told.add(table)
      parts.push(tablePart(table, page))
    }
  }
  close()
  return parts
}

/** Whether words stand beside each other on it at all. */
export function mayHaveTables(lines: readonly Line[]): boolean {
  return rowsOf(lines).some(({ cells }) => cells.length > 1)
}

function lineOf(line: Line, runs: readonly Run[]): Line {
  return { ...line, runs, text: runs.map(({ text }) => text.trim()).join(' ') }
}

function tablePart(table: PrintedTable, page: number): Paragraph {
  const text = table.rows.map((row) => row.join(' ')).join('\n')
  return { page, text, lineCount: table.rows.length, size: table.size, table }
}

/** As a share of the size of the letters: the columns of a table stand at one place on every page. */
const SAME_PLACE = 1

/** A table that goes on has the names of its columns again, as a long one has that is cut. */
export function withHeaders(parts: readonly Paragraph[]): Paragraph[] {
  let before: PrintedTable | undefined
  return parts.map((part) => {
    const { table } = part
    if (!table) {
      before = undefined
      return part
    }
    const header = before && goesOn(before, table) ? before.rows[0] : undefined
    before = header ? { ...table, rows: [header, ...table.rows] } : table
    return { ...part, table: before }
  })
}

/** It stands in the same columns, and begins with a number below what was a name. */
function goesOn(before: PrintedTable, next: PrintedTable): boolean {
  if (before.columns.length !== next.columns.length) return false
  const isNear = (a: number, b = Number.POSITIVE_INFINITY) =>
    Math.abs(a - b) <= SAME_PLACE * next.size
  const isSamePlace = next.columns.every(
    ({ start, end }, at) =>
      isNear(start, before.columns[at]?.start) || isNear(end, before.columns[at]?.end),
  )
  const names = before.rows[0] ?? []
  const isData = next.rows[0]?.some(
    (text, at) => NUMBER.test(text) && !NUMBER.test(names[at] ?? ''),
  )
  return isSamePlace && isData === true
}
