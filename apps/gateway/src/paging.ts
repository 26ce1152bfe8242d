import type { PageKey } from '@dure/platform'

/** For a list that shows the newest first: where it goes on, and how many rows more there may be. */
export interface PageSlice {
  readonly limit: number
  readonly after: PageKey | undefined
}

/** SQL that goes on after a row, newest first; the parameters begin with number `first`. */
export function newestFirst(first: number): string {
  const [limit, createdAt, id] = [`$${first}`, `$${first + 1}`, `$${first + 2}`]
  return `AND (${createdAt}::timestamptz IS NULL OR (created_at, id) < (${createdAt}, ${id}))
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`
}

export function pageValues({ limit, after }: PageSlice): readonly unknown[] {
  return [limit, after?.createdAt ?? null, after?.id ?? null]
}
