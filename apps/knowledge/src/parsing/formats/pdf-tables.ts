import type { Line, Run } from './pdf-layout.ts'
import { type Row, rowsOf } from './pdf-rows.ts'
import { blocksOf, type Column, cellIn, type TableBlock } from './pdf-table-blocks.ts'
import { joinLines } from './pdf-table-lines.ts'
import { isOther } from './pdf-table-others.ts'

/** A table as it is printed on one page. */
export interface PrintedTable {
  readonly rows: readonly (readonly string[])[]
  readonly columns: readonly Column[]
  readonly size: number
  /** What of the page is in it. */
  readonly runs: readonly Run[]
}

/** Two rows of two cells are nothing that could not be chance. */
const LEAST_CELLS = 6
/** Cells of a column begin, end or have their middle at one place, most of them. */
const ALIGNED_SHARE = 0.6
const ALIGNED_SHARE_OF_TWO = 0.85
const SAME_PLACE = 0.5
/** Lines of prose are long and fill their column; two such columns are no table. */
const PROSE_WIDTH = 10
const PROSE_FILL = 0.75
const WORDY_WIDTH = 9
/** Columns within columns are rare. */
const MAX_DEPTH = 3

const CAPTION = /^[([<〈【]?\s*(?:단위|표\s*\d|table\s*\d)/i

/**
 * The tables of a page, by the places of its words alone: rows whose cells stand in the same columns,
 * with clear gaps between these. Columns of prose, lists, contents and forms are none.
 */
export function tablesOf(lines: readonly Line[]): PrintedTable[] {
  return tablesIn(rowsOf(lines), MAX_DEPTH)
}

function tablesIn(rows: readonly Row[], depth: number): PrintedTable[] {
  const blocks = [...blocksOf(rows)]
  const gutter = blocks.map(gutterOf).find((x) => x !== undefined)
  const found = blocks
    .filter((block) => gutter === undefined || !block.columns.some((at) => hasText(block, at)))
    .map(trimmed)
    .filter(isTable)
  const tables = found.map(tableOf)
  if (gutter === undefined || depth === 0) return tables
  const used = new Set(found.flatMap((block) => block.rows))
  const others = rows.filter((row) => !used.has(row))
  return [...tables, ...besides(others, gutter, depth - 1)]
}

/** The page is printed in columns: each of them has tables of its own. */
function besides(rows: readonly Row[], gutter: number, depth: number): PrintedTable[] {
  const side = (isOn: (cell: Column) => boolean) =>
    rows.flatMap((row) => {
      const cells = row.cells.filter(isOn)
      return cells.length > 0 ? [{ ...row, cells }] : []
    })
  return [
    ...tablesIn(
      side(({ end }) => end <= gutter),
      depth,
    ),
    ...tablesIn(
      side(({ start }) => start >= gutter),
      depth,
    ),
  ]
}

/** Where one column of prose ends and the next one begins. */
function gutterOf(block: TableBlock): number | undefined {
  const { columns } = block
  const prose = columns.filter((column) => isProse(block, column))
  const all = columns.every((column) => isWordy(block, column)) ? columns : prose
  const [left, right] = prose.length > 1 ? prose : all
  if (!left || !right) return undefined
  return (left.end + right.start) / 2
}

/** Its lines fill it. */
function isProse(block: TableBlock, column: Column): boolean {
  const width = column.end - column.start
  return width >= PROSE_WIDTH * sizeOf(block) && meanWidth(block, column) >= PROSE_FILL * width
}

/** Its lines are long, though they end anywhere. */
function isWordy(block: TableBlock, column: Column): boolean {
  return meanWidth(block, column) >= WORDY_WIDTH * sizeOf(block)
}

function hasText(block: TableBlock, column: Column): boolean {
  return isProse(block, column) || isWordy(block, column)
}

function meanWidth({ rows }: TableBlock, column: Column): number {
  const cells = rows.flatMap((row) => cellIn(row, column) ?? [])
  return cells.reduce((sum, { start, end }) => sum + end - start, 0) / cells.length
}

function sizeOf({ rows }: TableBlock): number {
  return Math.max(...rows.map(({ size }) => size))
}

/** Without captions above, and with columns that have their names at another side than their words. */
function trimmed(block: TableBlock): TableBlock {
  const named = block.rows.findIndex(
    (row) => !row.cells.some(({ text }) => CAPTION.test(text.trim())),
  )
  const rows = block.rows.slice(Math.max(named, 0))
  const columns = withNames(rows, block.columns)
  const isFull = (row: Row | undefined) => row?.cells.length === columns.length
  const isAbove = (row: Row | undefined, next: Row | undefined) =>
    row !== undefined && isFull(next) && columns.slice(1).some((column) => !cellIn(row, column))
  let from = 0
  while (isAbove(rows[from], rows[from + 1])) from++
  return { rows: rows.slice(from), columns }
}

/** Where the first row alone has a cell, that is the name of a column beside it that has none. */
function withNames([header, ...rows]: readonly Row[], given: readonly Column[]): Column[] {
  const columns = [...given]
  if (!header) return columns
  for (let at = columns.length - 1; at >= 0; at--) {
    const name = columns[at] as Column
    if (!cellIn(header, name) || rows.some((row) => cellIn(row, name))) continue
    const beside = [at - 1, at + 1]
      .filter((other) => columns[other] && !cellIn(header, columns[other]))
      .sort((a, b) => distance(columns[a], name) - distance(columns[b], name))[0]
    if (beside === undefined) continue
    const other = columns[beside] as Column
    const whole = { start: Math.min(name.start, other.start), end: Math.max(name.end, other.end) }
    columns.splice(Math.min(at, beside), 2, whole)
  }
  return columns
}

function distance(one: Column | undefined, other: Column): number {
  return one ? Math.max(one.start - other.end, other.start - one.end) : Number.POSITIVE_INFINITY
}

function isTable(block: TableBlock): boolean {
  const { rows, columns } = block
  const tabular = rows.filter(({ cells }) => cells.length > 1)
  if (tabular.length < 2 || tabular.length * columns.length < LEAST_CELLS) return false
  const isSparse =
    tabular.length === 2 && tabular.some(({ cells }) => cells.length < columns.length)
  const texts = tabular.map((row) =>
    columns.map((column) => cellIn(row, column)?.text.trim() ?? ''),
  )
  return !isSparse && !isOther(texts) && isAligned(block)
}

function isAligned({ rows, columns }: TableBlock): boolean {
  let [aligned, all] = [0, 0]
  for (const column of columns) {
    const cells = rows.flatMap((row) => cellIn(row, column) ?? [])
    const tolerance = SAME_PLACE * (rows[0]?.size ?? 0)
    const places = [
      cells.map(({ start }) => start),
      cells.map(({ end }) => end),
      cells.map(({ start, end }) => (start + end) / 2),
    ]
    aligned += Math.max(...places.map((values) => mostAtOnePlace(values, tolerance)))
    all += cells.length
  }
  return aligned >= all * (rows.length > 2 ? ALIGNED_SHARE : ALIGNED_SHARE_OF_TWO)
}

function mostAtOnePlace(values: number[], tolerance: number): number {
  const sorted = values.sort((a, b) => a - b)
  let [most, from] = [0, 0]
  for (const [at, value] of sorted.entries()) {
    while (value - (sorted[from] ?? value) > tolerance) from++
    most = Math.max(most, at - from + 1)
  }
  return most
}

function tableOf({ rows, columns }: TableBlock): PrintedTable {
  const joined = joinLines(rows, columns)
  const words = (lines: readonly Row[], column: Column) =>
    lines.flatMap((row) => cellIn(row, column)?.text.trim() ?? []).join(' ')
  return {
    rows: joined.map((lines) => columns.map((column) => words(lines, column))),
    columns,
    size: sizeOf({ rows, columns }),
    runs: joined.flat().flatMap(({ cells }) => cells.flatMap((cell) => cell.runs)),
  }
}
