import type { Row } from './pdf-rows.ts'
import { type Column, cellIn } from './pdf-table-blocks.ts'

/** Lines of one cell are as near as this beside the rows of the table. */
const TIGHT = 1.2
/** As a share of the size of the letters: nearer lines cannot be in the same column. */
const NEAREST = 0.9
/** With its sign and a short unit. */
export const NUMBER = /^[-+△▲₩$€¥(]{0,2}\s?\d[\d.,\s%)]*\p{L}{0,3}$/u

/**
 * Cells may have several lines. A line goes on with the row above when it is clearly nearer to it than
 * rows are to each other; where all are equally far, when only one cell goes on, and not the first one.
 */
export function joinLines(rows: readonly Row[], columns: readonly Column[]): Row[][] {
  const gaps = rows.slice(1).map((row, at) => (rows[at] as Row).y - row.y)
  const tight = tightGap(rows, gaps, columns)
  const joined: Row[][] = []
  for (const [at, row] of rows.entries()) {
    const above = joined.at(-1)
    const gap = gaps[at - 1] ?? 0
    const goesOn =
      gap < NEAREST * row.size || (tight === undefined ? isRest(row, columns) : gap <= tight)
    if (above && goesOn) above.push(row)
    else joined.push([row])
  }
  // The line after a table stands as near to it as its rows do.
  while ((joined.at(-1)?.flatMap(({ cells }) => cells).length ?? 0) === 1) joined.pop()
  return joined
}

/** How near the lines of one cell are; undefined when that is no different from the rows. */
function tightGap(
  rows: readonly Row[],
  gaps: readonly number[],
  columns: readonly Column[],
): number | undefined {
  const size = rows[0]?.size ?? 0
  const tight = Math.min(...gaps.filter((gap) => gap >= NEAREST * size)) * TIGHT
  if (Math.max(...gaps) <= tight) return undefined
  const near = gaps.flatMap((gap, at) => (gap <= tight ? [at] : []))
  const apart = near.filter((at) => areApart(rows[at] as Row, rows[at + 1] as Row, columns))
  return apart.length * 2 >= near.length ? undefined : tight
}

/** Whether two lines are rows of their own, however near: both begin one, or have numbers. */
function areApart(above: Row, below: Row, columns: readonly Column[]): boolean {
  const [first] = columns
  const begins = (row: Row) =>
    first && cellIn(row, first) && row.cells.length > 1 && row.cells.length * 2 >= columns.length
  const isNumber = (row: Row, column: Column) => NUMBER.test(cellIn(row, column)?.text.trim() ?? '')
  return (
    Boolean(begins(above) && begins(below)) ||
    columns.some((column) => isNumber(above, column) && isNumber(below, column))
  )
}

/** Only one cell goes on, and not the first one. */
function isRest(row: Row, [first]: readonly Column[]): boolean {
  return row.cells.length === 1 && first !== undefined && !cellIn(row, first)
}
