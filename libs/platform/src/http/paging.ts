import { InvalidInputError } from '@dure/kernel'

/** Where a page of a list that shows the newest first begins: after this row. */
export interface PageKey {
  readonly createdAt: Date
  readonly id: string
}

/** For `orderBy`: with the id, rows of the same instant have one order too. */
export const NEWEST_FIRST: [{ createdAt: 'desc' }, { id: 'desc' }] = [
  { createdAt: 'desc' },
  { id: 'desc' },
]

/** For `where`: the rows that come after the key. */
export function afterKey(key: PageKey | undefined) {
  if (!key) return {}
  const { createdAt, id } = key
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
}

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
  throw invalidCursor()
}

/** For a cursor that is well formed and still none of this list. */
export function invalidCursor(): InvalidInputError {
  return new InvalidInputError('page.invalid-cursor', 'Use `nextCursor` of the page before', [
    { pointer: '#/cursor', message: 'is not a cursor of this list' },
  ])
}

/** As `pageOf` writes it. JavaScript has times, before our era, that PostgreSQL does not read. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const ID = /^[a-z]+_[0-9a-f]{32}$/

/**
 * @param prefix of the ids of the list, if it has one: the cursor of another list is none of this
 * @throws InvalidInputError `page.invalid-cursor`
 */
export function pageKeyOf(cursor: string | undefined, prefix?: string): PageKey | undefined {
  if (cursor === undefined) return undefined
  const [time = '', id = '', ...more] = decodeCursor(cursor)
  const createdAt = new Date(time)
  const isOfList = prefix === undefined || id.startsWith(`${prefix}_`)
  const isKey = TIME.test(time) && ID.test(id) && isOfList && more.length === 0
  if (!isKey || Number.isNaN(createdAt.getTime())) throw invalidCursor()
  return { createdAt, id }
}

/** @param rows one more than `limit` when there is a next page */
export function pageOf<Row extends PageKey>(rows: readonly Row[], limit: number) {
  const data = rows.slice(0, limit)
  const last = rows.length > limit ? data.at(-1) : undefined
  return {
    data,
    nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  }
}
