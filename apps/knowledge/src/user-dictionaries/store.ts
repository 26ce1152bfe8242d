import type { Tenant } from '@dure/contracts'
import { type PageKey, withTransaction } from '@dure/platform'
import type pg from 'pg'
import {
  type DictionaryEntry,
  type EntryContent,
  type EntryKey,
  MAX_ENTRIES,
} from './dictionary-entry.ts'

export interface NewEntry extends EntryContent {
  readonly surface: string
  /** As texts are read. */
  readonly normalised: string
}

export interface DictionaryEntryStore {
  insert(key: EntryKey, entry: NewEntry): Promise<DictionaryEntry | 'exists' | 'no-room'>
  find(key: EntryKey): Promise<DictionaryEntry | undefined>
  /** Newest first, one more than `limit` when there are more. */
  list(tenant: Tenant, page: { limit: number; after?: PageKey }): Promise<DictionaryEntry[]>
  /** @returns undefined at another revision */
  update(
    key: EntryKey,
    revision: number,
    content: EntryContent,
  ): Promise<DictionaryEntry | undefined>
  /** @returns false at another revision */
  remove(key: EntryKey, revision: number): Promise<boolean>
}

const OWNED = 'organization_id = $1 AND project_id = $2'
const COLUMNS = `id, surface, parts, tag, revision, created_at AS "createdAt", updated_at AS "updatedAt"`

/** Whoever changes words of a project waits here for the one before, so that the digest is of all of them. */
const BEGIN = `
  INSERT INTO user_dictionary (organization_id, project_id) VALUES ($1, $2)
  ON CONFLICT (organization_id, project_id) DO UPDATE SET changed_at = clock_timestamp()`

/**
 * Of 64 bits: it only has to tell the few states apart that one project has ever had. Renewed for none, as bases may be on their way to
 * others when a change is taken back.
 */
const END = `
  UPDATE user_dictionary SET changed_at = clock_timestamp(), renewed_version = '', version = (
    SELECT left(encode(sha256(convert_to(
             string_agg(json_build_array(normalised, parts, tag)::text, '' ORDER BY normalised COLLATE "C"),
             'UTF8')), 'hex'), 16)
      FROM dictionary_entry WHERE ${OWNED})
   WHERE ${OWNED}`

const INSERT = `
  INSERT INTO dictionary_entry (organization_id, project_id, id, surface, normalised, parts, tag)
  SELECT $1, $2, $3, $4, $5, $6, $7
   WHERE (SELECT count(*) FROM dictionary_entry WHERE ${OWNED}) < ${MAX_ENTRIES}
  ON CONFLICT (organization_id, project_id, normalised) DO NOTHING
  RETURNING ${COLUMNS}`

const PAGE = `
  SELECT ${COLUMNS} FROM dictionary_entry
   WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
   ORDER BY created_at DESC, id DESC LIMIT $5`

const UPDATE = `
  UPDATE dictionary_entry
     SET parts = $5, tag = $6, revision = revision + 1, updated_at = now()
   WHERE ${OWNED} AND id = $3 AND revision = $4
  RETURNING ${COLUMNS}`

const REMOVE = `DELETE FROM dictionary_entry WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING id`

export function createDictionaryEntryStore(pool: pg.Pool): DictionaryEntryStore {
  return {
    async insert({ tenant, id }, { surface, normalised, parts, tag }) {
      const values = [id, surface, normalised, parts, tag]
      const inserted = await change<DictionaryEntry>(pool, tenant, { text: INSERT, values })
      if (inserted) return inserted
      const known = `SELECT FROM dictionary_entry WHERE ${OWNED} AND normalised = $3`
      const { rowCount } = await pool.query(known, [...ownerOf(tenant), normalised])
      return rowCount ? 'exists' : 'no-room'
    },

    async find({ tenant, id }) {
      const text = `SELECT ${COLUMNS} FROM dictionary_entry WHERE ${OWNED} AND id = $3`
      return (await pool.query<DictionaryEntry>(text, [...ownerOf(tenant), id])).rows[0]
    },

    async list(tenant, { limit, after }) {
      const values = [...ownerOf(tenant), after?.createdAt ?? null, after?.id ?? null, limit + 1]
      return (await pool.query<DictionaryEntry>(PAGE, values)).rows
    },

    update: ({ tenant, id }, revision, { parts, tag }) =>
      change<DictionaryEntry>(pool, tenant, { text: UPDATE, values: [id, revision, parts, tag] }),

    async remove({ tenant, id }, revision) {
      return (await change(pool, tenant, { text: REMOVE, values: [id, revision] })) !== undefined
    },
  }
}

/** One entry, and with it the version of the dictionary. @returns the row, if the statement has met one */
async function change<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  tenant: Tenant,
  { text, values }: { readonly text: string; readonly values: unknown[] },
): Promise<Row | undefined> {
  const owner = ownerOf(tenant)
  return withTransaction(pool, async (client) => {
    await client.query(BEGIN, owner)
    const { rows } = await client.query<Row>(text, [...owner, ...values])
    if (rows[0]) await client.query(END, owner)
    return rows[0]
  })
}

function ownerOf({ organizationId, projectId }: Tenant): string[] {
  return [organizationId, projectId]
}
