import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createDocumentWriter } from '../document-writer.ts'
import { damaged, encrypted, ParseError, tooManyPages, tooMuchText } from '../parse-error.ts'
import type { Metadata, ParsedDocument, ParseLimits } from '../parsed.ts'
import { noReadableText } from './image.ts'
import { createOcrBudget, withWarnings } from './ocr-budget.ts'
import {
  headingLevels,
  type Line,
  linesOf,
  type Paragraph,
  type TextPiece,
  withoutFurniture,
} from './pdf-layout.ts'
import { mayHaveTables, partsOf, withHeaders } from './pdf-parts.ts'
import { createRulingReader, type RulingReader, type Rulings, UNRULED } from './pdf-rulings.ts'
import { createScanReader, type ScanReader } from './pdf-scans.ts'

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type Pdf = Awaited<ReturnType<PdfJs['getDocument']>['promise']>

/** A file that ends without its trailer was cut off: what is left of it may lack any page. */
const TRAILER_WITHIN = 2048

/**
 * The text of a PDF by pages, in the order in which it is printed: paragraphs, headings where their
 * letters are clearly larger, and tables where words stand in columns. Scripts, forms and attached files are not looked at.
 *
 * @throws ParseError `document.encrypted`, `document.damaged`, `document.too-many-pages`
 */
export async function parsePdf(bytes: Uint8Array, limits: ParseLimits): Promise<ParsedDocument> {
  const tail = new TextDecoder('latin1').decode(bytes.subarray(-TRAILER_WITHIN))
  if (!tail.includes('%%EOF')) throw damaged('The end of the file is missing')
  // A third of a second to load: only who needs it waits.
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const open = (options?: { maxImageSize: number }) =>
    pdfjs.getDocument({ ...OPTIONS, ...options, data: new Uint8Array(bytes) })
  const task = open()
  const rulings = createRulingReader(() => open({ maxImageSize: 0 }), pdfjs)
  const budget = createOcrBudget(limits)
  const scans = createScanReader(pdfjs, budget)
  try {
    const pdf = await task.promise
    const pages = await readPages(pdf, { scans, rulings }, limits)
    const metadata = await metadataOf(pdf)
    return withWarnings(budget, () => documentOf(pages, metadata, limits))
  } catch (error) {
    throw failureOf(error)
  } finally {
    await rulings.close()
    await task.destroy()
  }
}

const FOLDER = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** Fonts that Korean documents name and do not bring along are in its tables. */
const OPTIONS = {
  cMapUrl: `${join(FOLDER, 'cmaps')}/`,
  standardFontDataUrl: `${join(FOLDER, 'standard_fonts')}/`,
  wasmUrl: `${join(FOLDER, 'wasm')}/`,
  useSystemFonts: false,
  disableFontFace: true,
  isOffscreenCanvasSupported: false,
  verbosity: 0,
} as const

interface Readers {
  readonly scans: ScanReader
  readonly rulings: RulingReader
}

function documentOf(
  { lines, scanned, ruled }: Pages,
  metadata: Metadata,
  limits: ParseLimits,
): ParsedDocument {
  const paragraphs = withHeaders(
    withoutFurniture(lines).flatMap((page, index) => [
      ...partsOf(page, ruled[index] ?? UNRULED, index + 1),
      ...(scanned[index] ?? []),
    ]),
  )
  if (paragraphs.length === 0 && scanned.some((page) => page !== undefined)) throw noReadableText()
  const levelOf = headingLevels(paragraphs)
  const writer = createDocumentWriter(limits)
  for (const paragraph of paragraphs) {
    const level = levelOf(paragraph)
    writer.page(paragraph.page)
    if (paragraph.table) writer.table(paragraph.table.rows, 'first-row')
    else if (level > 0) writer.heading(level, paragraph.text)
    else writer.paragraph(paragraph.text)
  }
  return { ...writer.end(metadata), pageCount: lines.length }
}

type Pages = Awaited<ReturnType<typeof readPages>>

/** The lines of each page, what was read in the images of those that were scanned, and how they are ruled. */
async function readPages(
  pdf: Pdf,
  { scans, rulings }: Readers,
  { maxPages, maxTextLength }: ParseLimits,
) {
  if (pdf.numPages > maxPages) throw tooManyPages(maxPages)
  const lines: Line[][] = []
  const scanned: (Paragraph[] | undefined)[] = []
  const ruled: Rulings[] = []
  let length = 0
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    const own = linesOf(items.filter((item): item is TextPiece & typeof item => 'str' in item))
    const ownLength = own.reduce((sum, { text }) => sum + text.length, 0)
    length += ownLength
    if (length > maxTextLength) throw tooMuchText(maxTextLength)
    lines.push(own)
    scanned.push(await scans.read(page, ownLength))
    ruled.push(mayHaveTables(own) ? await rulings.read(number) : UNRULED)
    page.cleanup()
  }
  return { lines, scanned, ruled }
}

async function metadataOf(pdf: Pdf): Promise<Metadata> {
  const { info } = await pdf.getMetadata()
  const said = info as Readonly<Record<string, unknown>>
  const text = (key: string) => (typeof said[key] === 'string' ? said[key] : '')
  return { title: text('Title'), author: text('Author'), language: text('Language') }
}

function failureOf(error: unknown): unknown {
  if (error instanceof ParseError || !(error instanceof Error)) return error
  if (error.name === 'PasswordException') return encrypted()
  // Of all that pdf.js throws, running out of memory alone is not about the file.
  return error instanceof RangeError ? error : damaged('The PDF cannot be read', error)
}
