import { CELL_GAP, type Line, type Run } from './pdf-layout.ts'

/** Runs that stand beside each other without a wide gap. */
export interface Cell {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly runs: readonly Run[]
}

/** What is printed at one height of a page, from left to right. */
export interface Row {
  readonly y: number
  readonly size: number
  readonly cells: readonly Cell[]
}

/** Pages with more than that are drawings: nobody reads so much at once. */
const MAX_RUNS = 5000
const MAX_ROWS = 500
/** As a share of the size of the letters: cells of one row stand on one line. */
const SAME_HEIGHT = 0.35

/** The rows of a page, from top to bottom; none where there are more than readers can use. */
export function rowsOf(lines: readonly Line[]): Row[] {
  const runs = lines.flatMap((line) => line.runs).filter(({ isLevel }) => isLevel)
  if (runs.length > MAX_RUNS) return []
  const groups: Run[][] = []
  for (const run of runs.sort((a, b) => b.y - a.y)) {
    const last = groups.at(-1)
    const first = last?.[0]
    if (last && first && first.y - run.y <= SAME_HEIGHT * Math.min(first.size, run.size)) {
      last.push(run)
    } else groups.push([run])
  }
  return groups.length > MAX_ROWS ? [] : groups.map(rowOf)
}

function rowOf(runs: Run[]): Row {
  const cells: Cell[] = []
  for (const run of runs.sort((a, b) => a.start - b.start)) {
    const last = cells.at(-1)
    if (last && run.start - last.end <= CELL_GAP * run.size)
      cells[cells.length - 1] = join(last, run)
    else cells.push({ text: run.text, start: run.start, end: run.end, runs: [run] })
  }
  const size = Math.max(...runs.map((run) => run.size))
  return { y: runs[0]?.y ?? 0, size, cells }
}

function join(cell: Cell, run: Run): Cell {
  return {
    text: `${cell.text} ${run.text}`,
    start: cell.start,
    end: Math.max(cell.end, run.end),
    runs: [...cell.runs, run],
  }
}
