/**
 * A document that cannot be taken in, and why. `code` and `message` become the `error` of the
 * document, so the message says what to do and holds nothing of the content.
 */
export class ParseError extends Error {
  readonly code: `document.${string}`

  constructor(code: `document.${string}`, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ParseError'
    this.code = code
  }
}

export function emptyDocument(): ParseError {
  return new ParseError('document.empty', 'The document has no text')
}

/** @param what is wrong, as a sentence */
export function damaged(what: string, cause?: unknown): ParseError {
  return new ParseError(
    'document.damaged',
    `${what}. The file is damaged or incomplete: open it, save it again and upload that`,
    { cause },
  )
}

export function tooMuchText(maxLength: number): ParseError {
  return new ParseError(
    'document.too-much-text',
    `A document may have at most ${maxLength} characters of text; split it into several documents`,
  )
}

export function tooManyPages(maxPages: number): ParseError {
  return new ParseError(
    'document.too-many-pages',
    `A document may have at most ${maxPages} pages, slides or sheets; split it into several documents`,
  )
}

export function encrypted(): ParseError {
  return new ParseError(
    'document.encrypted',
    'The file is protected by a password: remove the protection and upload it again',
  )
}

export function tooDeep(maxDepth: number): ParseError {
  return new ParseError(
    'document.too-deep',
    `The content is nested deeper than ${maxDepth} levels: flatten it`,
  )
}
