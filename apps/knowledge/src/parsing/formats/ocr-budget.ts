import { ParseError } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits, Warning } from '../parsed.ts'

/** How much of one document is read in images. */
export interface OcrBudget {
  /** Whether the page may be read; else it is one of those that were not. */
  takes(page: number): boolean
  /** Counts the time of what is done. */
  timed<Result>(work: () => Result): Result
  /** What was not read, if anything. */
  readonly warnings: readonly Warning[]
}

/** As many numbers of pages tell what is missing; more only make the answer long. */
const MAX_NAMED = 100

export function createOcrBudget({ maxScannedPages, maxOcrMs }: ParseLimits): OcrBudget {
  const unread: number[] = []
  let pages = 0
  let spentMs = 0
  return {
    takes(page) {
      const isLeft = pages < maxScannedPages && spentMs < maxOcrMs
      if (isLeft) pages++
      else unread.push(page)
      return isLeft
    },

    timed(work) {
      const began = performance.now()
      const result = work()
      spentMs += performance.now() - began
      return result
    },

    get warnings() {
      return unread.length === 0 ? [] : [pagesNotRead(unread)]
    },
  }
}

function pagesNotRead(unread: readonly number[]): Warning {
  const what = unread.length === 1 ? '1 scanned page was' : `${unread.length} scanned pages were`
  return {
    code: 'document.pages-not-read',
    message: `${what} not read, since reading images takes long: split the document, make its text readable with a program for that, or the operator raises OCR_MAX_PAGES and PARSE_TIMEOUT_S`,
    pages: unread.slice(0, MAX_NAMED),
  }
}

/**
 * The document, with what is missing in it.
 *
 * @throws ParseError as `end`; `document.too-many-scanned-pages` where nothing is there but what was not read
 */
export function withWarnings({ warnings }: OcrBudget, end: () => ParsedDocument): ParsedDocument {
  if (warnings.length === 0) return end()
  try {
    return { ...end(), warnings }
  } catch (error) {
    throw error instanceof ParseError && NOTHING.has(error.code) ? tooManyScannedPages() : error
  }
}

const NOTHING = new Set(['document.empty', 'document.no-readable-text'])

function tooManyScannedPages(): ParseError {
  return new ParseError(
    'document.too-many-scanned-pages',
    'No page could be read in the time that a document has for images: split it, or make its text readable with a program for that',
  )
}
