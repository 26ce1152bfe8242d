import { InvalidInputError } from '@dure/kernel'
import { decodeCursor, encodeCursor } from '@dure/platform'

/** Where a page of a list that shows the newest first begins: after this row. */
export interface PageKey {
  readonly createdAt: Date
  readonly id: string
}

export const NEWEST_FIRST: [{ createdAt: 'desc' }, { id: 'desc' }] = [
  { createdAt: 'desc' },
  { id: 'desc' },
]

/** The condition of rows that come after the key; it names the rows that are in the index. */
export function afterKey(key: PageKey | undefined) {
  if (!key) return {}
  const { createdAt, id } = key
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
}

/** @throws InvalidInputError `page.invalid-cursor` */
export function pageKeyOf(cursor: string | undefined): PageKey | undefined {
  if (cursor === undefined) return undefined
  const [time = '', id = '', ...more] = decodeCursor(cursor)
  const createdAt = new Date(time)
  if (Number.isNaN(createdAt.getTime()) || !/^[a-z]+_[0-9a-f]{32}$/.test(id) || more.length > 0) {
    throw new InvalidInputError('page.invalid-cursor', 'Use `nextCursor` of the page before', [
      { pointer: '#/cursor', message: 'is not a cursor of this list' },
    ])
  }
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
