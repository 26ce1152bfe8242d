import type pg from 'pg'

export interface KeyChangesSince {
  /** The number of the last change. */
  readonly head: number
  /** Keys and principals, in the order of their changes. */
  readonly subjects: readonly string[]
}

export interface KeyChangeStore {
  /** What changed after the change `known`, at most `limit` of it. */
  since(known: number, limit: number): Promise<KeyChangesSince>
}

export function createKeyChangeStore(pool: pg.Pool): KeyChangeStore {
  return {
    async since(known, limit) {
      const { rows } = await pool.query<{ head: string; subjects: string[] }>({
        name: 'key-changes-since',
        text: SINCE,
        values: [known, limit],
      })
      return { head: Number(rows[0]?.head ?? 0), subjects: rows[0]?.subjects ?? [] }
    },
  }
}

const SINCE = `
  SELECT head.seq AS head,
         ARRAY(SELECT subject_id FROM key_change WHERE seq > $1 ORDER BY seq LIMIT $2) AS subjects
    FROM key_change_head head`
