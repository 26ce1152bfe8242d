import type { PrintedTable } from './pdf-tables.ts'

/** A line of a page as it is printed. Lengths are in points, `y` grows upwards. */
export interface Line {
  readonly text: string
  readonly size: number
  readonly y: number
  readonly runs: readonly Run[]
}

/** Words at their place. */
export interface Piece {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly y: number
  readonly size: number
}

/** Words of a line that no wide gap divides: a cell, where the line is a row of a table. */
export interface Run extends Piece {
  /** Whether it is printed from left to right, as the rows of tables are. */
  readonly isLevel: boolean
  /** As they were printed. */
  readonly pieces: readonly Piece[]
}

/** Lines that belong together, and how they were printed. */
export interface Paragraph {
  readonly page: number
  readonly text: string
  readonly lineCount: number
  readonly size: number
  /** Whose words `text` has too. */
  readonly table?: PrintedTable
}

/** A piece of text with its place: what `getTextContent` of pdf.js gives. */
export interface TextPiece {
  readonly str: string
  /** A matrix of six numbers. */
  readonly transform: readonly number[]
  readonly width: number
  readonly hasEOL: boolean
}

/** As a share of the size of the letters: what is further apart is not the same line or word. */
const LINE_SHIFT = 0.5
const WORD_GAP = 0.25
/** Wider than the spaces of justified text mostly are. */
export const CELL_GAP = 1
const PARAGRAPH_GAP = 1.8
const SAME_SIZE = 0.1

interface OpenLine {
  text: string
  size: number
  y: number
  /** Of what is printed, and of its blanks. */
  end: number
  runs: OpenRun[]
}

/** Joins the pieces of a page, in the order in which they are printed, into lines. */
export function linesOf(pieces: readonly TextPiece[]): Line[] {
  const lines: Line[] = []
  let open: OpenLine | undefined

  function close() {
    if (open && open.text.trim() !== '') lines.push({ ...open, text: open.text.trim() })
    open = undefined
  }

  for (const piece of pieces) {
    const { str, width, hasEOL } = piece
    const run = runOf(piece)
    if (str.trim() !== '') {
      if (open && Math.abs(open.y - run.y) > LINE_SHIFT * Math.max(open.size, run.size)) close()
      open ??= { text: '', size: 0, y: run.y, end: run.start, runs: [] }
      const gap = run.start - open.end > WORD_GAP * run.size && !/\s$/.test(open.text) ? ' ' : ''
      open.text += `${gap}${str}`
      open.size = Math.max(open.size, run.size)
      open.end = run.end
      addRun(open.runs, run)
    } else if (open && str !== '') {
      open.text += ' '
      open.end = run.start + width
    }
    if (hasEOL) close()
  }
  close()
  return lines
}

type OpenRun = { -readonly [Key in keyof Run]: Run[Key] } & { pieces: Piece[] }

function runOf({ str, transform, width }: TextPiece): OpenRun {
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform
  const isLevel = a > 0 && Math.abs(b) < SAME_SIZE * a
  const piece = { text: str, start: x, end: x + width, y, size: Math.hypot(c, d) }
  return { ...piece, isLevel, pieces: [piece] }
}

function addRun(runs: OpenRun[], next: OpenRun): void {
  const last = runs.at(-1)
  const gap = last ? next.start - last.end : Number.POSITIVE_INFINITY
  if (!last || last.isLevel !== next.isLevel || Math.abs(gap) > CELL_GAP * next.size) {
    runs.push(next)
    return
  }
  last.text += `${gap > WORD_GAP * next.size && !/\s$/.test(last.text) ? ' ' : ''}${next.text}`
  last.end = next.end
  last.size = Math.max(last.size, next.size)
  last.pieces.push(...next.pieces)
}

/** Lines of one size that follow each other closely are a paragraph. */
export function paragraphsOf(lines: readonly Line[], page: number): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let group: Line[] = []

  function close() {
    const size = group[0]?.size
    if (size === undefined) return
    const text = group.map((line) => line.text).join('\n')
    paragraphs.push({ page, text, lineCount: group.length, size })
    group = []
  }

  for (const line of lines) {
    const last = group.at(-1)
    if (last && !belongs(last, line)) close()
    group.push(line)
  }
  close()
  return paragraphs
}

function belongs(last: Line, next: Line): boolean {
  const gap = last.y - next.y
  const isSameSize = Math.abs(last.size - next.size) <= SAME_SIZE * last.size
  return isSameSize && gap > 0 && gap <= PARAGRAPH_GAP * last.size
}

/** At the head and the foot of a page, so many lines may be the same on other pages. */
const EDGE_LINES = 2
const LEAST_PAGES = 3

/** Without what is printed at the head or foot of half of the pages, and page numbers. */
export function withoutFurniture(pages: readonly (readonly Line[])[]): Line[][] {
  const seen = new Map<string, number>()
  const edges = pages.map(edgesOf)
  for (const lines of edges) {
    for (const key of new Set([...lines].map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  const most = Math.max(LEAST_PAGES, pages.length / 2)
  return pages.map((lines, page) =>
    lines.filter((line) => !(edges[page]?.has(line) && (seen.get(keyOf(line)) ?? 0) >= most)),
  )
}

function edgesOf(lines: readonly Line[]): Set<Line> {
  const byHeight = lines.toSorted((a, b) => b.y - a.y)
  return new Set([...byHeight.slice(0, EDGE_LINES), ...byHeight.slice(-EDGE_LINES)])
}

/** Numbers differ from page to page. */
function keyOf({ text }: Line): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, ' ')
}

const HEADING_SIZE = 1.15
const HEADING_LENGTH = 120
const HEADING_LINES = 2
/** More of them is a text in large letters, or a document of many sizes: then none is clear. */
const HEADING_SHARE = 0.25
const MAX_LEVEL = 4

/**
 * Which sizes of letters are headings, and of which level: those that are clearly larger than most of
 * the text, the largest first.
 */
export function headingLevels(paragraphs: readonly Paragraph[]): (paragraph: Paragraph) => number {
  const body = mostUsedSize(paragraphs)
  const isCandidate = ({ size, text, lineCount, table }: Paragraph) =>
    table === undefined &&
    size >= body * HEADING_SIZE &&
    lineCount <= HEADING_LINES &&
    text.length <= HEADING_LENGTH
  const candidates = paragraphs.filter(isCandidate)
  if (lengthOf(candidates) > lengthOf(paragraphs) * HEADING_SHARE) return () => 0
  const sizes = [...new Set(candidates.map(({ size }) => Math.round(size)))].sort((a, b) => b - a)
  return (paragraph) =>
    isCandidate(paragraph) ? Math.min(sizes.indexOf(Math.round(paragraph.size)) + 1, MAX_LEVEL) : 0
}

function mostUsedSize(paragraphs: readonly Paragraph[]): number {
  const used = new Map<number, number>()
  for (const { size, text } of paragraphs) {
    const rounded = Math.round(size * 2) / 2
    used.set(rounded, (used.get(rounded) ?? 0) + text.length)
  }
  return [...used].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0]
}

function lengthOf(paragraphs: readonly Paragraph[]): number {
  return paragraphs.reduce((sum, { text }) => sum + text.length, 0)
}
