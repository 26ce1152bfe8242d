import { TableGrid } from '../table-grid.ts'
import type { Line, Piece, Run } from './pdf-layout.ts'
import type { Ruling, Rulings } from './pdf-rulings.ts'
import { NUMBER } from './pdf-table-lines.ts'
import type { PrintedTable } from './pdf-tables.ts'

/** In points: lines as near as this meet, or are one. */
const NEAR = 3
/** Of one direction, on a page: more is a drawing. */
const MAX_LINES = 400
const MAX_COLUMNS = 40
const MAX_ROWS = 200
/** Cells that have words, as a share: a chart has fewer. */
const FILLED_SHARE = 0.3
/** A cell with more lines is a column of a page that is ruled itself. */
const MAX_CELL_LINES = 40
/** In points: wider than any page. */
const MAX_PIECE = 5000
/** Where the middle of a letter is above its line, as a share of its size. */
const MIDDLE = 0.3

/** The tables that are ruled: words between lines that cross each other. */
export function gridsOf(lines: readonly Line[], rulings: Rulings): PrintedTable[] {
  const across = joined(rulings.across)
  const down = joined(rulings.down)
  if (across.length > MAX_LINES || down.length > MAX_LINES) return []
  const runs = lines.flatMap((line) => line.runs).filter(({ isLevel }) => isLevel)
  return frames(across, down).flatMap((frame) => tableOf(frame, runs) ?? [])
}

/** Parts of one line, such as the edges of cells beside each other, as one. */
function joined(rulings: readonly Ruling[]): Ruling[] {
  const whole: Ruling[] = []
  for (const next of [...rulings].sort((a, b) => a.at - b.at || a.from - b.from)) {
    const at = whole.findLastIndex(
      (line) =>
        next.at - line.at <= NEAR && next.from <= line.to + NEAR && next.to >= line.from - NEAR,
    )
    const line = whole[at]
    if (!line) whole.push(next)
    else {
      const [from, to] = [Math.min(line.from, next.from), Math.max(line.to, next.to)]
      whole[at] = { at: line.at, from, to }
    }
    if (whole.length > MAX_LINES) break
  }
  return whole
}

interface Frame {
  readonly across: readonly Ruling[]
  readonly down: readonly Ruling[]
  /** From the left, and from the top. */
  readonly xs: readonly number[]
  readonly ys: readonly number[]
}

/** Lines that cross or meet, directly or by others, with at least two columns and two rows. */
function frames(across: readonly Ruling[], down: readonly Ruling[]): Frame[] {
  const left = new Set([...across, ...down])
  const found: Frame[] = []
  for (const first of across) {
    if (!left.delete(first)) continue
    const own: { across: Ruling[]; down: Ruling[] } = { across: [first], down: [] }
    for (let a = 0, d = 0; a < own.across.length || d < own.down.length; ) {
      const [line, others, to] =
        a < own.across.length
          ? [own.across[a++] as Ruling, down, own.down]
          : [own.down[d++] as Ruling, across, own.across]
      for (const other of others) if (meet(line, other) && left.delete(other)) to.push(other)
    }
    const frame = frameOf(own.across, own.down)
    const [columns, rows] = [frame.xs.length - 1, frame.ys.length - 1]
    const isTable = columns > 1 && rows > 1 && columns <= MAX_COLUMNS && rows <= MAX_ROWS
    if (isTable) found.push(frame)
  }
  return found
}

function meet(one: Ruling, other: Ruling): boolean {
  return (
    one.at >= other.from - NEAR &&
    one.at <= other.to + NEAR &&
    other.at >= one.from - NEAR &&
    other.at <= one.to + NEAR
  )
}

/** Tables may be open at their sides: what their lines reach is an edge, too. */
function frameOf(across: readonly Ruling[], down: readonly Ruling[]): Frame {
  const xs = places([...down.map(({ at }) => at), ...across.flatMap(({ from, to }) => [from, to])])
  const ys = places([...across.map(({ at }) => at), ...down.flatMap(({ from, to }) => [from, to])])
  return { across, down, xs, ys: ys.reverse() }
}

function places(values: readonly number[]): number[] {
  const apart: number[] = []
  for (const value of [...values].sort((a, b) => a - b)) {
    if (value - (apart.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) apart.push(value)
  }
  return apart
}

function tableOf(frame: Frame, runs: readonly Run[]): PrintedTable | undefined {
  const { xs, ys } = frame
  const words = wordsOf(frame, runs)
  const cells = [...words.cells.values()]
  const cellCount = (xs.length - 1) * (ys.length - 1)
  if (cells.length < 2 || cells.some((pieces) => linesIn(pieces).length > MAX_CELL_LINES))
    return undefined
  const grid = new TableGrid()
  for (const row of rowsOf(frame, words.cells)) fill(grid, row)
  const filled = grid.rows.flat().filter((text) => text !== '').length
  if (filled < cellCount * FILLED_SHARE) return undefined
  const columns = xs.slice(1).map((end, at) => ({ start: xs[at] ?? 0, end }))
  const size = Math.max(...words.runs.map((run) => run.size))
  return { rows: grid.rows, columns, size, runs: words.runs }
}

interface Cell {
  readonly column: number
  readonly columns: number
  readonly rows: number
  readonly pieces: readonly Piece[]
}

function* rowsOf(frame: Frame, words: ReadonlyMap<string, readonly Piece[]>): Generator<Cell[]> {
  const [height, width] = [frame.ys.length - 1, frame.xs.length - 1]
  const covered = new Set<string>()
  for (let row = 0; row < height; row++) {
    const cells: Cell[] = []
    for (let column = 0; column < width; column++) {
      if (covered.has(`${row} ${column}`)) continue
      const span = spanOf(frame, row, column)
      const keys = Array.from(
        { length: span.rows * span.columns },
        (_, at) => `${row + Math.floor(at / span.columns)} ${column + (at % span.columns)}`,
      )
      for (const key of keys) covered.add(key)
      cells.push({ column, ...span, pieces: keys.flatMap((key) => words.get(key) ?? []) })
    }
    yield cells
  }
}

/** Rows that no line divides are rows all the same, when each of their cells has one more number. */
function fill(grid: TableGrid, cells: readonly Cell[]): void {
  const lines = cells.map(({ pieces }) => linesIn(pieces))
  const count = lines[0]?.length ?? 0
  const numbers = lines.flat().filter((line) => NUMBER.test(textOfLine(line).trim()))
  const areRows =
    count > 1 &&
    cells.every(({ rows }) => rows === 1) &&
    lines.every(({ length }) => length === count) &&
    numbers.length * 2 >= lines.flat().length
  for (let at = 0; at < (areRows ? count : 1); at++) {
    grid.row()
    for (const [index, { pieces, ...place }] of cells.entries()) {
      grid.cell(areRows ? textOfLine(lines[index]?.[at] ?? []) : textOf(pieces), place)
    }
  }
}

/** Which words stand in which cell, by the middle of each piece. */
function wordsOf({ xs, ys }: Frame, runs: readonly Run[]) {
  const cells = new Map<string, Piece[]>()
  const used: Run[] = []
  for (const run of runs) {
    let isIn = false
    const row = ys.findIndex((y) => y <= run.y + MIDDLE * run.size) - 1
    if (row < 0) continue
    for (const piece of run.pieces.flatMap((whole) => apart(whole, xs))) {
      const column = xs.findIndex((x) => x >= (piece.start + piece.end) / 2) - 1
      if (column < 0) continue
      isIn = true
      const key = `${row} ${column}`
      const pieces = cells.get(key)
      if (pieces) pieces.push(piece)
      else cells.set(key, [piece])
    }
    if (isIn) used.push(run)
  }
  return { cells, runs: used }
}

/** Words of a piece that goes on into the next cell, about where they stand. */
function apart(piece: Piece, xs: readonly number[]): readonly Piece[] {
  const { text, start, end } = piece
  const crosses = xs.some((x) => start < x - NEAR && x + NEAR < end)
  if (!crosses || end - start > MAX_PIECE) return [piece]
  const width = (end - start) / text.length
  return Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => {
    const from = start + index * width
    return { ...piece, text: word, start: from, end: from + word.length * width }
  })
}

/** How far a cell reaches: until the next line to the right and below. */
function spanOf({ across, down, xs, ys }: Frame, row: number, column: number) {
  const [y, x] = [middle(ys, row), middle(xs, column)]
  const isRuled = (lines: readonly Ruling[], at: number, place: number) =>
    lines.some((line) => Math.abs(line.at - at) <= NEAR && line.from <= place && place <= line.to)
  let [columns, rows] = [1, 1]
  while (column + columns < xs.length - 1 && !isRuled(down, xs[column + columns] ?? 0, y)) columns++
  while (row + rows < ys.length - 1 && !isRuled(across, ys[row + rows] ?? 0, x)) rows++
  return { columns, rows }
}

function middle(places: readonly number[], at: number): number {
  return ((places[at] ?? 0) + (places[at + 1] ?? 0)) / 2
}

function textOf(pieces: readonly Piece[]): string {
  return linesIn(pieces).map(textOfLine).join(' ')
}

function textOfLine(line: readonly Piece[]): string {
  let [text, end] = ['', Number.POSITIVE_INFINITY]
  for (const piece of [...line].sort((a, b) => a.start - b.start)) {
    text += `${piece.start - end > MIDDLE * piece.size ? ' ' : ''}${piece.text}`
    end = piece.end
  }
  return text
}

function linesIn(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = []
  for (const piece of [...pieces].sort((a, b) => b.y - a.y)) {
    const line = lines.at(-1)
    const isOne = line?.[0] && line[0].y - piece.y <= MIDDLE * piece.size
    if (line && isOne) line.push(piece)
    else lines.push([piece])
  }
  return lines
}
