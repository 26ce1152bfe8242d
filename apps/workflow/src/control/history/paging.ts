import { decodeCursor, encodeCursor, invalidCursor } from '@dure/platform'

/**
 * One page of a list that is in memory, oldest first: a run is told from its beginning.
 *
 * @param versionOf rises from item to item
 * @throws InvalidInputError `page.invalid-cursor`
 */
export function pageByVersion<Item>(
  items: readonly Item[],
  versionOf: (item: Item) => number,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): { data: Item[]; nextCursor: string | null } {
  const after = cursor === undefined ? 0 : versionIn(cursor)
  const rest = items.filter((item) => versionOf(item) > after)
  const data = rest.slice(0, limit)
  const last = rest.length > limit ? data.at(-1) : undefined
  return { data, nextCursor: last ? encodeCursor([String(versionOf(last))]) : null }
}

function versionIn(cursor: string): number {
  const [version = '', ...more] = decodeCursor(cursor)
  if (!/^[0-9]{1,9}$/.test(version) || more.length > 0) throw invalidCursor()
  return Number(version)
}
