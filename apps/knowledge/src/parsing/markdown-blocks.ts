import { HeadingPath } from './heading-path.ts'
import { isDelimiterRow } from './markdown-table.ts'
import type { Block } from './parsed.ts'

interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Longer lines are never headings: the patterns below then only ever see short strings. */
const MAX_HEADING_LENGTH = 500

/**
 * Paragraphs of plain text: what stands between blank lines.
 */
export function plainBlocks(text: string): Block[] {
  const scan = createScan()
  for (const line of linesOf(text)) scan.body(line, 'prose')
  return scan.end()
}

/**
 * The block structure of Markdown as far as passages need it: ATX and setext headings, fenced
 * listings, tables, and paragraphs (lists and quotations are paragraphs).
 *
 * One pass over the lines, without recursion: a full parser descends into nested quotations and
 * lists, and 20,000 characters of `>` are enough to overflow its stack.
 * Source: CommonMark 0.31.2, sections 4.2, 4.3 and 4.5.
 */
export function markdownBlocks(text: string): Block[] {
  const scan = createScan()
  let fence: string | undefined

  for (const line of linesOf(text)) {
    if (fence !== undefined) {
      scan.listing(line)
      if (closesFence(line.text, fence)) fence = undefined
      continue
    }
    fence = openedFence(line.text)
    const heading = atxHeading(line)
    if (fence !== undefined) scan.listing(line)
    else if (heading) scan.heading(line, heading)
    else if (scan.isInTable(line)) scan.body(line, 'lines')
    else if (!scan.underline(line) && !scan.delimiters(line)) {
      scan.body(line, isTableRow(line.text) ? 'lines' : 'prose')
    }
  }
  return scan.end()
}

function createScan() {
  const blocks: Block[] = []
  const path = new HeadingPath<Line>()
  let open: (Omit<Block, 'headings'> & { lines: readonly Line[]; isTable?: true }) | undefined

  function close() {
    if (!open) return
    blocks.push({ headings: path.titles, kind: open.kind, start: open.start, end: open.end })
    open = undefined
  }

  function add(line: Line, kind: Block['kind']) {
    path.filled()
    if (open && open.kind !== kind) close()
    // Two lines are all that a setext heading needs to know about.
    const lines = open ? [...open.lines.slice(0, 1), line] : [line]
    open = { ...open, kind, start: open?.start ?? line.start, end: line.end, lines }
  }

  function keepBare(nextLevel: number) {
    const bare = path.bareBefore(nextLevel)
    if (bare) {
      blocks.push({ headings: path.titles, kind: 'prose', start: bare.start, end: bare.end })
    }
  }

  function heading(line: Line, { level, title }: { level: number; title: string }) {
    close()
    keepBare(level)
    path.enter(level, title, line)
  }

  return {
    heading,
    /** A line of a listing; blank ones belong to it. */
    listing: (line: Line) => add(line, 'lines'),

    body(line: Line, kind: Block['kind']) {
      if (line.text.trim() === '') close()
      else add(line, kind)
    },

    /** Whether the line made a heading of the single line above it. */
    underline(line: Line): boolean {
      const level = underlineLevel(line.text)
      const [title, ...more] = open?.lines ?? []
      if (level === 0 || !title || more.length > 0 || open?.kind !== 'prose') return false
      if (title.text.length > MAX_HEADING_LENGTH) return false
      open = undefined
      heading({ ...title, end: line.end }, { level, title: plainTitle(title.text) })
      return true
    },

    /** Whether the line made the single line above it the header of a table, which need not begin with a bar. */
    delimiters(line: Line): boolean {
      const [header, ...more] = open?.lines ?? []
      if (!open || !header?.text.includes('|') || more.length > 0) return false
      if (!isDelimiterRow(line.text)) return false
      open = { ...open, kind: 'lines', isTable: true }
      add(line, 'lines')
      return true
    },

    /** Its rows need not begin with a bar either. */
    isInTable: ({ text }: Line) => open?.isTable === true && text.includes('|'),

    end(): Block[] {
      close()
      keepBare(0)
      return blocks
    },
  }
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const next = newline === -1 ? text.length : newline + 1
    const last = newline === -1 ? text.length : newline
    const end = text[last - 1] === '\r' && last > start ? last - 1 : last
    yield { start, end, text: text.slice(start, end) }
    start = next
  }
}

function atxHeading({ text }: Line): { level: number; title: string } | undefined {
  if (text.length > MAX_HEADING_LENGTH) return undefined
  const match = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(text)
  if (!match?.[1]) return undefined
  const title = plainTitle((match[2] ?? '').replace(/(?:^|[ \t]+)#+[ \t]*$/, ''))
  return title === '' ? undefined : { level: match[1].length, title }
}

function underlineLevel(text: string): number {
  if (text.length > MAX_HEADING_LENGTH) return 0
  const mark = /^ {0,3}(=+|-+)[ \t]*$/.exec(text)?.[1]
  return mark === undefined ? 0 : mark.startsWith('=') ? 1 : 2
}

/** A title as a reader sees it, without the marks around it. */
function plainTitle(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`~]+/g, '')
    .trim()
}

function openedFence(text: string): string | undefined {
  return /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[1]
}

function closesFence(text: string, fence: string): boolean {
  const mark = text.trim()
  return mark.length >= fence.length && mark === (fence[0] ?? '').repeat(mark.length)
}

function isTableRow(text: string): boolean {
  return /^ {0,3}\|/.test(text)
}
