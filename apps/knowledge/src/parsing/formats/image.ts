import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import { damaged, ParseError } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import type { Signature } from '../signature.ts'
import { checkImageSize } from './image-size.ts'
import { type Ocr, ocr } from './ocr.ts'
import { pagesOfTiff } from './tiff.ts'

/** A full page takes ten seconds; more of them would run into the time limit, which says less. */
export const MAX_SCANNED_PAGES = 10

export function tooManyScannedPages(): ParseError {
  return new ParseError(
    'document.too-many-scanned-pages',
    `A document may have at most ${MAX_SCANNED_PAGES} scanned pages: split it, or make its text readable with a program for that`,
  )
}

export function parseImage(kind: Signature) {
  return async (bytes: Uint8Array, limits: ParseLimits): Promise<ParsedDocument> => {
    checkImageSize(kind, bytes, limits.maxPixels)
    const writer = createDocumentWriter(limits)
    writePage(writer, bytes, await ocr())
    return endOf(writer)
  }
}

export async function parseTiff(bytes: Uint8Array, limits: ParseLimits): Promise<ParsedDocument> {
  const pages = pagesOfTiff(bytes, limits)
  if (pages.length > MAX_SCANNED_PAGES) throw tooManyScannedPages()
  const writer = createDocumentWriter(limits)
  for (const [index, page] of pages.entries()) {
    writer.page(index + 1)
    writePage(writer, page, await ocr())
  }
  return endOf(writer)
}

function writePage(writer: DocumentWriter, image: Uint8Array, { read }: Ocr): void {
  const paragraphs = read(image)
  if (!paragraphs) throw damaged('The image cannot be decoded')
  for (const paragraph of paragraphs) writer.paragraph(paragraph)
}

function endOf(writer: DocumentWriter): ParsedDocument {
  try {
    return writer.end()
  } catch (error) {
    if (!(error instanceof ParseError && error.code === 'document.empty')) throw error
    throw noReadableText()
  }
}

export function noReadableText(): ParseError {
  return new ParseError(
    'document.no-readable-text',
    'No text could be read in the image: scan it upright, with 300 dots per inch',
  )
}
