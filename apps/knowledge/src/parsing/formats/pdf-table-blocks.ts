import type { Cell, Row } from './pdf-rows.ts'

export interface Column {
  readonly start: number
  readonly end: number
}

/** Rows that follow each other and whose cells stand in the same columns. */
export interface TableBlock {
  readonly rows: readonly Row[]
  readonly columns: readonly Column[]
}

/** More of them is a drawing or a text whose letters stand alone. */
const MAX_COLUMNS = 40
/** As shares of the size of the letters. */
const ROW_GAP = 3
const COLUMN_GAP = 0.3
const OTHER_SIZE = 1.3
/** A row of a contents page leads to its number. */
const LEADER = /(?:[.·․‧・…]\s?){4,}|…{2,}|_{4,}/

/**
 * Where rows may be those of a table: two columns at least, and each cell in one column. Each row is
 * begun with once, and a block that has grown is not looked into again.
 */
export function* blocksOf(rows: readonly Row[]): Generator<TableBlock> {
  for (let at = 0; at < rows.length; ) {
    const block = grow(rows, at)
    if (block.rows.length > 1) yield block
    at += Math.max(1, block.rows.length)
  }
}

function grow(rows: readonly Row[], from: number): TableBlock {
  const taken: Row[] = []
  let columns: readonly Column[] = []
  for (let at = from; at < rows.length; at++) {
    const row = rows[at] as Row
    const last = taken.at(-1)
    if (hasLeader(row) || (last ? !follows(last, row) : row.cells.length < 2)) break
    const wider = fitted(columns, row)
    if (!wider) break
    columns = wider
    taken.push(row)
  }
  // What stands alone at the end is the line after the table, unless it goes on with a cell.
  return { rows: taken, columns }
}

function hasLeader({ cells }: Row): boolean {
  return cells.some(({ text }) => LEADER.test(text))
}

function follows(last: Row, next: Row): boolean {
  const [small, large] = [last.size, next.size].sort((a, b) => a - b) as [number, number]
  return large <= small * OTHER_SIZE && last.y - next.y <= ROW_GAP * large
}

/** The columns with the cells of one more row in them; undefined when it stands in others. */
function fitted(columns: readonly Column[], { cells, size }: Row): readonly Column[] | undefined {
  const next = columns.map((column) => ({ ...column, isTaken: false }))
  for (const cell of cells) {
    const over = next.filter((column) => overlap(column, cell))
    const [column] = over
    if (over.length > 1 || column?.isTaken) return undefined
    if (column) {
      column.start = Math.min(column.start, cell.start)
      column.end = Math.max(column.end, cell.end)
      column.isTaken = true
    } else if (columns.length > 0 && cells.length < 2) return undefined
    else next.push({ start: cell.start, end: cell.end, isTaken: true })
  }
  next.sort((a, b) => a.start - b.start)
  const isClear = next.every((column, at) => {
    const before = next[at - 1]
    return !before || column.start - before.end >= COLUMN_GAP * size
  })
  return isClear && next.length <= MAX_COLUMNS ? next : undefined
}

function overlap(one: Column, other: Column): boolean {
  return one.start < other.end && other.start < one.end
}

/** The cell of a row that stands in a column. */
export function cellIn(row: Row, column: Column): Cell | undefined {
  return row.cells.find((cell) => overlap(column, cell))
}
