/** What a document says of itself; all of it is optional and nothing of it is trusted. */
export interface Metadata {
  readonly title?: string
  readonly author?: string
  /** A BCP 47 tag as the document has it, such as `ko` or `en-US`. */
  readonly language?: string
}

/** A piece of structure in the text of a document: `text.slice(start, end)`. */
export interface Block {
  /** Titles of the headings above it, outermost first; one array for all that stands under them. */
  readonly headings: readonly string[]
  /** `lines` are kept by line (tables, listings), `prose` by sentence, when the block is too long. */
  readonly kind: 'prose' | 'lines'
  /** UTF-16 offsets into the text of the document; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** From 1, of the page, slide or sheet that it begins on; absent where a format has none. */
  readonly page?: number
}

/** What is missing in a document that can be found all the same. */
export interface Warning {
  readonly code: 'document.pages-not-read'
  readonly message: string
  /** From 1; not all of them, when there are many. */
  readonly pages: readonly number[]
}

/** What every format becomes: one text to cite from, and where its pieces are. */
export interface ParsedDocument {
  /** Well-formed, without NUL. Headings are Markdown headings, tables are Markdown tables. */
  readonly text: string
  readonly blocks: readonly Block[]
  readonly metadata: Metadata
  /** Pages, slides or sheets; absent where a format has none. */
  readonly pageCount?: number
  /** Absent: nothing is missing. */
  readonly warnings?: readonly Warning[]
}

/** What a single document may cost, whatever it is. */
export interface ParseLimits {
  readonly maxPages: number
  /** UTF-16 code units of the resulting text. */
  readonly maxTextLength: number
  /** All that a container may inflate to… */
  readonly maxInflatedBytes: number
  /** …and how many times its own size that may be. */
  readonly maxInflationRatio: number
  readonly maxParts: number
  /** Of an image, before it is decoded: each takes up to 20 bytes while its text is read. */
  readonly maxPixels: number
  /** Pages that are read as images… */
  readonly maxScannedPages: number
  /** …and how long that may take, before the last one is begun. */
  readonly maxOcrMs: number
}

export const PARSE_LIMITS: ParseLimits = {
  maxPages: 2000,
  maxTextLength: 10 * 1024 * 1024,
  maxInflatedBytes: 200 * 1024 * 1024,
  maxInflationRatio: 100,
  maxParts: 1000,
  maxPixels: 20_000_000,
  maxScannedPages: 100,
  maxOcrMs: 90_000,
}
