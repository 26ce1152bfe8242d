import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import { damaged, ParseError } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import type { Signature } from '../signature.ts'
import { checkImageSize } from './image-size.ts'
import { type Ocr, ocr } from './ocr.ts'
import { createOcrBudget, withWarnings } from './ocr-budget.ts'
import { pagesOfTiff } from './tiff.ts'

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
  const budget = createOcrBudget(limits)
  const writer = createDocumentWriter(limits)
  const engine = await ocr()
  for (const [index, page] of pages.entries()) {
    writer.page(index + 1)
    if (budget.takes(index + 1)) budget.timed(() => writePage(writer, page, engine))
  }
  return withWarnings(budget, () => endOf(writer))
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
