import { Parser } from 'htmlparser2'
import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import { tooDeep } from '../parse-error.ts'
import type { Metadata, ParsedDocument, ParseLimits } from '../parsed.ts'
import { createTables } from './html-tables.ts'

type Attributes = Readonly<Record<string, string>>
type Found = { -readonly [Key in keyof Metadata]: Metadata[Key] }

/** Nothing in these is read by whoever opens the page for its content. */
const DROPPED = new Set(
  `script style noscript template iframe object embed svg math canvas audio video select textarea
   button nav footer aside dialog`.split(/\s+/),
)
/** Each begins and ends a paragraph. */
const PARAGRAPHS = new Set(
  `p div li ul ol dl dt dd blockquote section article main header figure figcaption address hr body
   details summary form fieldset caption`.split(/\s+/),
)
const HEADING = /^h([1-6])$/
/** The parser looks through all open elements at each end of one. */
const MAX_DEPTH = 5000
/** A page whose `main` has less than this is one that marks something else with it. */
const MAIN_LENGTH = 200

/** What the page says, in order; whether it stands in `main` or `article` is known at once. */
interface Piece {
  readonly write: (writer: DocumentWriter) => void
  readonly length: number
  readonly inMain: boolean
}

/**
 * The text that a reader of a page sees: without scripts, navigation and what is hidden. When the
 * page says which part is the main one, that part alone. Links are their words.
 */
export function parseHtml(text: string, limits: ParseLimits): ParsedDocument {
  const { pieces, metadata } = readPage(text)
  const main = pieces.filter(({ inMain }) => inMain)
  const isEnough = main.reduce((sum, { length }) => sum + length, 0) >= MAIN_LENGTH
  const writer = createDocumentWriter(limits)
  for (const { write } of isEnough ? main : pieces) write(writer)
  return writer.end(metadata)
}

/** The encoding that a page names for itself, within the first kilobyte as HTML requires. */
export function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  return /<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?([\w.:-]{1,40})/i.exec(head)?.[1]
}

export function looksLikeHtml(text: string): boolean {
  return /^\s{0,1000}(?:<!--[\s\S]{0,2000}?-->\s{0,100})?<(?:!doctype html|html|head|body)\b/i.test(
    text.slice(0, 4096),
  )
}

function readPage(html: string) {
  const page = createPage()
  const parser = new Parser({
    onopentag: page.open,
    ontext: page.text,
    onclosetag: page.close,
  })
  parser.write(html)
  parser.end()
  return page.end()
}

function createPage() {
  const metadata: Found = {}
  const flow = createFlow()
  let title: string | undefined
  let depth = 0
  /** How many elements deep inside of what is dropped. */
  let dropped = 0

  function open(name: string, attributes: Attributes) {
    if (++depth > MAX_DEPTH) throw tooDeep(MAX_DEPTH)
    if (dropped > 0 || DROPPED.has(name) || isHidden(name, attributes)) {
      if (dropped++ === 0) flow.flush()
      return
    }
    readMetadata(name, attributes, metadata)
    if (name === 'title') title = ''
    else if (name === 'br') flow.text('\n')
    else if (name === 'img') flow.text(` ${attributes.alt ?? ''} `)
    else flow.open(name, attributes)
  }

  function close(name: string) {
    depth--
    // The parser closes whatever it has opened, also what the page does not.
    if (dropped > 0) dropped--
    else if (name === 'title') {
      metadata.title ??= title ?? ''
      title = undefined
    } else flow.close(name)
  }

  function text(data: string) {
    if (dropped > 0) return
    if (title !== undefined) title += data
    else flow.words(data)
  }

  return {
    open,
    close,
    text,
    end() {
      flow.flush()
      return { pieces: flow.pieces, metadata }
    },
  }
}

/** What is visible: words gather until an element begins or ends a piece. */
function createFlow() {
  const pieces: Piece[] = []
  let inline = ''
  let heading: number | undefined
  let main = 0
  let preformatted = 0
  const tables = createTables((rows, header) =>
    push(rows.length * 20, (writer) => writer.table(rows, header)),
  )

  function push(length: number, write: Piece['write']) {
    pieces.push({ write, length, inMain: main > 0 })
  }

  function flush() {
    const text = inline
    const level = heading
    inline = ''
    if (text.trim() === '') return
    if (tables.isOpen) tables.text(text)
    else if (level !== undefined) push(text.length, (writer) => writer.heading(level, text))
    else if (preformatted > 0) push(text.length, (writer) => writer.listing(text))
    else push(text.length, (writer) => writer.paragraph(text))
  }

  /** @param step 1 when the element begins, -1 when it ends */
  function cross(name: string, step: 1 | -1) {
    if (isBoundary(name)) flush()
    if (name === 'main' || name === 'article') main += step
    if (name === 'pre') preformatted += step
    const level = HEADING.exec(name)?.[1]
    if (level !== undefined) heading = step === 1 ? Number(level) : undefined
  }

  return {
    pieces,
    flush,
    text(text: string) {
      inline += text
    },
    words(data: string) {
      inline += preformatted > 0 ? data : data.replace(/\s+/g, ' ')
    },
    open(name: string, attributes: Attributes) {
      cross(name, 1)
      tables.open(name, attributes)
    },
    close(name: string) {
      cross(name, -1)
      tables.close(name)
    },
  }
}

function isBoundary(name: string): boolean {
  return PARAGRAPHS.has(name) || HEADING.test(name) || /^(?:table|tr|td|th|pre|title)$/.test(name)
}

/** White text on white is not seen here: that needs the style sheets. */
function isHidden(name: string, attributes: Attributes): boolean {
  if (name === 'html' || name === 'body') return false
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  return /(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem)?\s*(?:;|$))/i.test(
    (attributes.style ?? '').slice(0, 2000),
  )
}

function readMetadata(name: string, attributes: Attributes, metadata: Found): void {
  if (name === 'html' && attributes.lang) metadata.language ??= attributes.lang
  if (name === 'meta' && attributes.name?.toLowerCase() === 'author' && attributes.content) {
    metadata.author ??= attributes.content
  }
}
