import type { MemoryScope, Tenant } from '@dure/contracts'
import { type Queryable, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { MemoryEntry, MemoryKey, MemoryOwner, Remembered } from './memory.ts'
import type { Match, Searched } from './ranking.ts'

/** Entries that have expired are not there. */
export interface MemoryStore {
  find(key: MemoryKey): Promise<MemoryEntry | undefined>
  /** In one transaction, in which nobody else changes what `lock` has found. */
  change<Result>(work: (change: MemoryChange) => Promise<Result>): Promise<Result>
  /** By scope, owner and key. */
  page(tenant: Tenant, page: MemoryPage): Promise<MemoryEntry[]>
  /** What shares a word with the question. */
  matching(
    tenant: Tenant,
    owners: readonly MemoryOwner[],
    words: readonly string[],
  ): Promise<{ readonly matches: readonly Match<Place>[]; readonly searched: Searched }>
  entries(tenant: Tenant, places: readonly Place[]): Promise<MemoryEntry[]>
  /** All that is remembered for it. @returns how much that was */
  forget(tenant: Tenant, owner: MemoryOwner): Promise<number>
}

export type Place = Pick<MemoryEntry, 'scope' | 'owner' | 'key'>

export interface MemoryPage {
  readonly limit: number
  readonly after?: Place | undefined
  readonly scope?: MemoryScope | undefined
  readonly owner?: string | undefined
}

export interface MemoryChange {
  lock(key: MemoryKey): Promise<MemoryEntry | undefined>
  /** How much there is, and whether the owner itself is. */
  room(key: MemoryKey): Promise<Room>
  put(key: MemoryKey, written: Written): Promise<MemoryEntry>
  remove(key: MemoryKey): Promise<void>
}

interface Room {
  readonly ofOwner: number
  readonly ofProject: number
  readonly hasOwner: boolean
}

type Written = Pick<Remembered, 'expiresInS' | 'source' | 'writtenBy'> & {
  readonly json: string
  readonly text: string
  readonly words: readonly string[]
}

const COLUMNS = `scope, owner, key, value, text, source, written_by AS "writtenBy", revision,
  expires_at AS "expiresAt", created_at AS "createdAt", updated_at AS "updatedAt"`
const OF_PROJECT = 'organization_id = $1 AND project_id = $2'
const THERE = '(expires_at IS NULL OR expires_at > now())'
const AT = `${OF_PROJECT} AND scope = $3 AND owner = $4 AND key = $5`

const FIND = `SELECT ${COLUMNS} FROM agent_memory WHERE ${AT} AND ${THERE}`

/** Counting ends where it is too many in any case. */
const ROOM = `
  SELECT
    (SELECT count(*)::int FROM agent_memory WHERE ${OF_PROJECT} AND scope = $3 AND owner = $4)
      AS "ofOwner",
    (SELECT count(*)::int FROM (SELECT 1 FROM agent_memory WHERE ${OF_PROJECT} LIMIT $5) counted)
      AS "ofProject",
    CASE $3
      WHEN 'agent' THEN EXISTS (
        SELECT 1 FROM agent WHERE ${OF_PROJECT} AND id = $4 AND deleted_at IS NULL)
      WHEN 'thread' THEN EXISTS (
        SELECT 1 FROM agent_thread WHERE ${OF_PROJECT} AND id = $4 AND deleted_at IS NULL)
      ELSE true
    END AS "hasOwner"`

const PUT = `
  INSERT INTO agent_memory AS known (organization_id, project_id, scope, owner, key, value, text,
    terms, source, written_by, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $11::float8 * interval '1 second')
  ON CONFLICT (organization_id, project_id, scope, owner, key) DO UPDATE SET
    value = excluded.value, text = excluded.text, terms = excluded.terms,
    source = excluded.source, written_by = excluded.written_by, expires_at = excluded.expires_at,
    revision = CASE WHEN known.expires_at <= now() THEN 1 ELSE known.revision + 1 END,
    created_at = CASE WHEN known.expires_at <= now() THEN now() ELSE known.created_at END,
    updated_at = now()
  RETURNING ${COLUMNS}`

const PAGE = `
  SELECT ${COLUMNS} FROM agent_memory
  WHERE ${OF_PROJECT} AND ${THERE}
    AND ($3::text IS NULL OR scope = $3) AND ($4::text IS NULL OR owner = $4)
    AND ($5::text IS NULL OR (scope, owner, key) > ($5, $6, $7))
  ORDER BY scope, owner, key LIMIT $8`

const MATCHING = `
  WITH entry AS (
    SELECT scope, owner, key, terms FROM agent_memory
    WHERE ${OF_PROJECT} AND ${THERE}
      AND (scope, owner) IN (SELECT * FROM unnest($3::text[], $4::text[]))
  ), searched AS (
    SELECT count(*)::int AS entries, coalesce(avg(cardinality(terms)), 0)::float8 AS average
    FROM entry
  )
  SELECT scope, owner, key, cardinality(terms) AS length, searched.entries, searched.average,
    ARRAY(SELECT term FROM unnest(terms) AS term WHERE term = ANY ($5::text[])) AS shared
  FROM entry, searched WHERE terms && $5::text[]
  ORDER BY scope, owner, key`

const ENTRIES = `
  SELECT ${COLUMNS} FROM agent_memory
  WHERE ${OF_PROJECT} AND ${THERE}
    AND (scope, owner, key) IN (SELECT * FROM unnest($3::text[], $4::text[], $5::text[]))`

const FORGET = `DELETE FROM agent_memory WHERE ${OF_PROJECT} AND scope = $3 AND owner = $4`

const EXPIRED = `
  DELETE FROM agent_memory WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM agent_memory WHERE expires_at <= now() LIMIT $1 FOR UPDATE SKIP LOCKED))`

type FoundRow = Place & {
  readonly length: number
  readonly entries: number
  readonly average: number
  readonly shared: readonly string[]
}

export function createMemoryStore(
  pool: pg.Pool,
  limits: { readonly perProject: number },
): MemoryStore {
  const rows = async (text: string, values: unknown[]) =>
    (await pool.query<MemoryEntry>(text, values)).rows

  return {
    find: async (key) => (await rows(FIND, placeOf(key)))[0],

    change: (work) => withTransaction(pool, (client) => work(changeOn(client, limits))),

    page: (tenant, { scope, owner, after, limit }) =>
      rows(PAGE, [
        ...projectOf(tenant),
        ...[scope ?? null, owner ?? null],
        ...[after?.scope ?? null, after?.owner ?? null, after?.key ?? null, limit],
      ]),

    async matching(tenant, owners, words) {
      const values = [...projectOf(tenant), ...columnsOf(owners), words]
      const found = (await pool.query<FoundRow>(MATCHING, values)).rows
      const matches = found.map(({ scope, owner, key, shared, length }) => ({
        ...{ key: { scope, owner, key }, shared, length },
      }))
      const [first] = found
      const searched = { entries: first?.entries ?? 0, averageLength: first?.average ?? 0 }
      return { matches, searched }
    },

    entries: (tenant, places) =>
      rows(ENTRIES, [...projectOf(tenant), ...columnsOf(places), places.map(({ key }) => key)]),

    forget: (tenant, owner) => forgetOwner(pool, tenant, owner),
  }
}

function changeOn(
  client: pg.PoolClient,
  { perProject }: { readonly perProject: number },
): MemoryChange {
  return {
    async lock(key) {
      return (await client.query<MemoryEntry>(`${FIND} FOR UPDATE`, placeOf(key))).rows[0]
    },

    async room({ tenant, scope, owner }) {
      const values = [...projectOf(tenant), scope, owner, perProject]
      return (await client.query<Room>(ROOM, values)).rows[0] as Room
    },

    async put(key, { json, text, words, source, writtenBy, expiresInS }) {
      const values = [...placeOf(key), json, text, words, source, writtenBy, expiresInS ?? null]
      return (await client.query<MemoryEntry>(PUT, values)).rows[0] as MemoryEntry
    },

    async remove(key) {
      await client.query(`DELETE FROM agent_memory WHERE ${AT}`, placeOf(key))
    },
  }
}

/** In whatever transaction its owner disappears. */
export async function forgetOwner(
  queryable: Queryable,
  tenant: Tenant,
  { scope, owner }: MemoryOwner,
): Promise<number> {
  const values = [...projectOf(tenant), scope, owner]
  return (await queryable.query({ text: FORGET, values })).rowCount ?? 0
}

/** Of every tenant. @returns how many there were */
export async function forgetExpired(pool: Queryable, limit: number): Promise<number> {
  return (await pool.query({ text: EXPIRED, values: [limit] })).rowCount ?? 0
}

function projectOf({ organizationId, projectId }: Tenant): [string, string] {
  return [organizationId, projectId]
}

function placeOf({ tenant, scope, owner, key }: MemoryKey): string[] {
  return [...projectOf(tenant), scope, owner, key]
}

function columnsOf(owners: readonly MemoryOwner[]): [string[], string[]] {
  return [owners.map(({ scope }) => scope), owners.map(({ owner }) => owner)]
}
