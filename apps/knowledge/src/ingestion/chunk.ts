import { InvalidInputError } from '@dure/kernel'
import { columnNames } from '../parsing/markdown-table.ts'
import type { Block, ParsedDocument } from '../parsing/parsed.ts'
import type { Chunking } from './chunking.ts'

/** A passage: `text.slice(start, end)` of its document, never more, never less. */
export interface Passage {
  readonly ordinal: number
  /** Of a passage that begins within a table, the names of its columns come last: they stand above it, too. */
  readonly headings: readonly string[]
  readonly text: string
  /** UTF-16 offsets into the text of the document; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** That it stands on. */
  readonly page?: number
  /** The larger one that is given when this is found; absent: it is given itself. */
  readonly parent?: Parent
}

interface Parent {
  /** Of its first passage, with which it begins. */
  readonly ordinal: number
  /** Offset of its end into the text of the document. */
  readonly end: number
}

/** Passages grow to about this many characters… */
export const TARGET_LENGTH = 800
/** …and never beyond this. */
export const MAX_LENGTH = 1600
/** More than any readable document of the permitted size has. */
export const MAX_PASSAGES = 20_000

interface Span {
  readonly start: number
  readonly end: number
}

/** What passages grow to, and never beyond. */
interface Lengths {
  readonly target: number
  readonly max: number
}

const LENGTHS: Lengths = { target: TARGET_LENGTH, max: MAX_LENGTH }

/** What must not be cut further. */
interface Unit extends Span {
  /** Of a passage that begins with it. */
  readonly headings: readonly string[]
}

type Section = Pick<Block, 'headings' | 'page'> & { readonly units: Unit[] }

const sentences = new Intl.Segmenter('ko', { granularity: 'sentence' })

/**
 * Cuts a document into passages that can be found and quoted. A passage never crosses a heading
 * or the end of a page, so that its place can be cited; it ends between paragraphs where it can, else between sentences or lines, else between words.
 *
 * @param chunking makes small passages, and says of each to which larger one it belongs; these are cut likewise
 * @throws InvalidInputError `document.too-many-passages`
 */
export function chunkDocument(
  { text, blocks }: Pick<ParsedDocument, 'text' | 'blocks'>,
  chunking?: Chunking,
): Passage[] {
  const lengths = chunking ? { target: chunking.childChars, max: 2 * chunking.childChars } : LENGTHS
  const passages: Passage[] = []
  for (const { page, units } of sectionsOf(text, blocks, lengths)) {
    for (const family of familiesOf(pack(units, lengths.target), chunking)) {
      const parent = { ordinal: passages.length, end: family.at(-1)?.end ?? 0 }
      for (const { start, end, headings } of family) {
        if (passages.length === MAX_PASSAGES) throw tooManyPassages()
        const place = {
          ordinal: passages.length,
          headings,
          text: text.slice(start, end),
          start,
          end,
        }
        passages.push({
          ...place,
          ...(page !== undefined && { page }),
          ...(family.length > 1 && { parent }),
        })
      }
    }
  }
  return passages
}

/** Neighbours that are given together. */
function familiesOf(children: readonly Unit[], chunking: Chunking | undefined): Unit[][] {
  const families: Unit[][] = []
  for (const child of children) {
    const last = families.at(-1)
    const start = last?.[0]?.start ?? 0
    if (chunking && last && child.end - start <= chunking.parentChars) last.push(child)
    else families.push([child])
  }
  return families
}

/** Blocks under the same headings and on the same page belong together. */
function sectionsOf(text: string, blocks: readonly Block[], lengths: Lengths): Section[] {
  const sections: Section[] = []
  for (const block of blocks) {
    const units = unitsOf(text, block, lengths)
    const last = sections.at(-1)
    const { headings, page } = block
    if (last?.headings === headings && last.page === page) last.units.push(...units)
    else sections.push({ headings, units, ...(page !== undefined && { page }) })
  }
  return sections
}

/** Joins neighbours until the next one would make the passage longer than the target. */
function pack(units: readonly Unit[], target: number): Unit[] {
  const packed: Unit[] = []
  for (const unit of units) {
    const last = packed.at(-1)
    if (last && unit.end - last.start <= target) {
      packed[packed.length - 1] = { ...last, end: unit.end }
    } else packed.push(unit)
  }
  return packed
}

/** The whole block when it is short enough; of a table that is not, what is not its beginning knows its header. */
function unitsOf(text: string, { headings, ...block }: Block, lengths: Lengths): Unit[] {
  const whole = trim(text, block)
  if (isEmpty(whole)) return []
  if (whole.end - whole.start <= lengths.max) return [{ ...whole, headings }]
  const isLines = block.kind === 'lines'
  const names = isLines ? columnNames(text.slice(whole.start, whole.end)) : ''
  const below = names === '' ? headings : [...headings, names]
  const parts = isLines ? lines(text, whole) : sentencesOf(text, whole)
  return parts
    .map((part) => trim(text, part))
    .filter((part) => !isEmpty(part))
    .flatMap((part) => split(text, part, lengths))
    .map((part, at) => ({ ...part, headings: at === 0 ? headings : below }))
}

function sentencesOf(text: string, { start, end }: Span): Span[] {
  // A line break inside a paragraph does not end a sentence; a space in its place keeps the offsets.
  const oneLine = text.slice(start, end).replace(/[\r\n]/g, ' ')
  return Array.from(sentences.segment(oneLine), ({ index, segment }) => ({
    start: start + index,
    end: start + index + segment.length,
  }))
}

function lines(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = []
  for (let from = start; from < end; ) {
    const newline = text.indexOf('\n', from)
    const to = newline === -1 || newline >= end ? end : newline + 1
    spans.push({ start: from, end: to })
    from = to
  }
  return spans
}

/** The last resort, for a sentence or a line that is too long: between words, else anywhere. */
function split(text: string, span: Span, { target, max }: Lengths): Span[] {
  const spans: Span[] = []
  let { start } = span
  while (span.end - start > max) {
    const limit = start + max
    const cut = lastSpace(text, start + target, limit) ?? wholeCharacter(text, limit)
    spans.push(trim(text, { start, end: cut }))
    start = trim(text, { start: cut, end: span.end }).start
  }
  return [...spans, { start, end: span.end }].filter((part) => !isEmpty(part))
}

function lastSpace(text: string, least: number, limit: number): number | undefined {
  for (let at = limit; at > least; at--) if (isSpace(text, at)) return at
  return undefined
}

/** A surrogate pair is one character. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at
}

function trim(text: string, span: Span): Span {
  let { start, end } = span
  while (start < end && isSpace(text, start)) start++
  while (end > start && isSpace(text, end - 1)) end--
  return { start, end }
}

function isSpace(text: string, at: number): boolean {
  return text.charAt(at).trim() === ''
}

function isEmpty({ start, end }: Span): boolean {
  return start >= end
}

function tooManyPassages(): InvalidInputError {
  return new InvalidInputError(
    'document.too-many-passages',
    `A document may have at most ${MAX_PASSAGES} passages; split it into several documents`,
  )
}
