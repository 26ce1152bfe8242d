import { InvalidInputError } from '@dure/kernel'

/** An opaque cursor: the sort keys of the last row that was seen. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** @throws InvalidInputError `page.invalid-cursor` */
export function decodeCursor(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts
  } catch {
    // Not JSON: told below, in the same words as JSON of another shape.
  }
  throw new InvalidInputError('page.invalid-cursor', 'Use `nextCursor` of the page before', [
    { pointer: '#/cursor', message: 'is not a cursor of this list' },
  ])
}
