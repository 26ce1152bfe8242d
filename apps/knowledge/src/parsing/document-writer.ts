import { cleanText, oneLine } from './clean-text.ts'
import { HeadingPath } from './heading-path.ts'
import { emptyDocument, tooManyPages, tooMuchText } from './parse-error.ts'
import type { Block, Metadata, ParsedDocument, ParseLimits } from './parsed.ts'
import { filledCells, type Header, tableParts } from './table.ts'

/** Parsers say what they find, in the order of reading; the writer makes the text and its blocks. */
export interface DocumentWriter {
  /** What follows is on this page, from 1. @throws ParseError `document.too-many-pages` */
  page(number: number): void
  /** @param level from 1, as in Markdown; deeper than 6 is 6 */
  heading(level: number, title: string): void
  /** Lines inside a paragraph stay; blank ones are taken out. */
  paragraph(text: string): void
  /** Program text, kept as it is. */
  listing(text: string): void
  table(rows: readonly (readonly string[])[], header: Header): void
  /** @throws ParseError `document.empty` when nothing has been written */
  end(metadata?: Metadata): ParsedDocument
}

/** Longer ones are text that somebody has formatted as a heading. */
const MAX_TITLE_LENGTH = 300
const MAX_METADATA_LENGTH = 500

/** Every method throws ParseError `document.too-much-text` beyond `maxTextLength`. */
export function createDocumentWriter(limits: ParseLimits): DocumentWriter {
  const pieces: string[] = []
  const blocks: Block[] = []
  const path = new HeadingPath<Omit<Block, 'headings'>>()
  let length = 0
  let page: number | undefined
  let pageCount: number | undefined

  function write(text: string, kind: Block['kind']): Omit<Block, 'headings'> {
    const gap = length === 0 ? '' : '\n\n'
    const start = length + gap.length
    const end = start + text.length
    if (end > limits.maxTextLength) throw tooMuchText(limits.maxTextLength)
    pieces.push(gap, text)
    length = end
    return { kind, start, end, ...(page !== undefined && { page }) }
  }

  function add(text: string, kind: Block['kind']): void {
    blocks.push({ headings: path.titles, ...write(text, kind) })
    path.filled()
  }

  function paragraph(text: string): void {
    const lines = cleanText(text).split('\n')
    const body = lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n')
    if (body !== '') add(body, 'prose')
  }

  /** A heading that nothing stands under is the only place of its words. */
  function keepBare(level: number): void {
    const bare = path.bareBefore(level)
    if (bare) blocks.push({ headings: path.titles, ...bare })
  }

  return {
    paragraph,

    page(number) {
      if (number > limits.maxPages) throw tooManyPages(limits.maxPages)
      page = number
      pageCount = Math.max(pageCount ?? 0, number)
    },

    heading(level, given) {
      const title = oneLine(given)
      if (title === '') return
      if (title.length > MAX_TITLE_LENGTH) return paragraph(title)
      const depth = Math.min(Math.max(Math.trunc(level), 1), 6)
      keepBare(depth)
      path.enter(depth, title, write(`${'#'.repeat(depth)} ${title}`, 'prose'))
    },

    listing(given) {
      const text = cleanText(given).replace(/^\n+|\s+$/g, '')
      if (text !== '') add(`${fenceFor(text)}\n${text}\n${fenceFor(text)}`, 'lines')
    },

    table(rows, header) {
      const cells = filledCells(rows)
      // A table of one column is a frame around paragraphs.
      if (cells.every(({ length }) => length <= 1)) for (const [cell = ''] of cells) paragraph(cell)
      else for (const part of tableParts(cells, header)) add(part, 'lines')
    },

    end(metadata = {}) {
      keepBare(0)
      if (blocks.length === 0) throw emptyDocument()
      return {
        text: pieces.join(''),
        // What stands before the first page break is on the first page.
        blocks: pageCount === undefined ? blocks : blocks.map((block) => ({ page: 1, ...block })),
        metadata: usable(metadata),
        ...(pageCount !== undefined && { pageCount }),
      }
    },
  }
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length))
  return '`'.repeat(Math.max(3, longest + 1))
}

function usable(metadata: Metadata): Metadata {
  const entries = Object.entries(metadata).flatMap(([key, value]) => {
    const text = typeof value === 'string' ? oneLine(value).slice(0, MAX_METADATA_LENGTH) : ''
    return text === '' ? [] : [[key, text.toWellFormed()] as const]
  })
  return Object.fromEntries(entries)
}
