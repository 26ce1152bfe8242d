import { EVERYBODY, type KnowledgeBaseId, type Tenant } from '@dure/contracts'
import { quantisedOf, type VectorEntry } from '@dure/retrieval'
import type pg from 'pg'
import type { Access } from '../documents/access.ts'
import { type Metadata, NO_METADATA } from '../documents/metadata.ts'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'
import { lacksTerms } from '../reanalysis/terms-sql.ts'
import type { BaseTerms, IndexedPassage } from './bring-up-store.ts'
import type { Described, Facts } from './facts.ts'

type Client = Pick<pg.PoolClient, 'query'>

/** A knowledge base of a tenant. */
export interface BaseKey {
  readonly tenant: Tenant
  readonly id: KnowledgeBaseId
}

const valuesOf = ({ tenant, id }: BaseKey) => [id, tenant.organizationId, tenant.projectId]

export interface BaseRow {
  readonly generation: string
  /** Of what has changed up to it, some may be forgotten. */
  readonly changesFrom: string
  /** Of its vectors. */
  readonly build: string
  readonly termsBuild: string
  readonly analyzerVersion: string | null
}

const BASE = `
  SELECT generation, changes_from AS "changesFrom", vector_build AS build, terms_build AS "termsBuild",
         analyzer_version AS "analyzerVersion"
    FROM knowledge_base
   WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL`

/** @throws NotFoundError `knowledge-base.not-found` */
export async function baseRow(client: Client, key: BaseKey): Promise<BaseRow> {
  const [row] = (await client.query<BaseRow>(BASE, valuesOf(key))).rows
  if (!row) throw knowledgeBaseNotFound()
  return row
}

export interface DocumentRow {
  readonly id: string
  readonly version: number
  /** Null: everybody may see it. */
  readonly access: Access | null
  readonly revision: number
}

const DOCUMENTS = `
  SELECT id, published_version AS version, metadata_revision AS revision,
         CASE WHEN NOT '${EVERYBODY}' = ANY(access) THEN access END AS access
    FROM document
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
     AND published_version > 0`

const CHANGED = `
  SELECT change.document_id AS id, coalesce(published_version, 0) AS version,
         coalesce(metadata_revision, 0) AS revision,
         CASE WHEN NOT '${EVERYBODY}' = ANY(access) THEN access END AS access
    FROM document_change AS change
    LEFT JOIN document ON document.id = change.document_id
     AND document.organization_id = $2 AND document.project_id = $3
   WHERE change.knowledge_base_id = $1 AND change.organization_id = $2 AND change.project_id = $3
     AND change.generation > $4`

/** Documents as they are now. */
export interface Documents {
  /** Whether they are all that can be found; else those that have changed since something was known. */
  readonly areAll: boolean
  /** Version 0: it cannot be found. */
  readonly rows: readonly DocumentRow[]
}

/** @param since a generation of which all is known, or newer; undefined: nothing is */
export async function documentsSince(
  client: Client,
  key: BaseKey,
  { changesFrom }: BaseRow,
  since: bigint | undefined,
): Promise<Documents> {
  if (since === undefined || since < BigInt(changesFrom)) {
    const { rows } = await client.query<DocumentRow>(DOCUMENTS, valuesOf(key))
    return { areAll: true, rows }
  }
  const values = [...valuesOf(key), since.toString()]
  return { areAll: false, rows: (await client.query<DocumentRow>(CHANGED, values)).rows }
}

/** By their ids, the versions in which they can be found. */
export function publishedIn({ rows }: Documents): Map<string, number> {
  return new Map(rows.flatMap(({ id, version }) => (version > 0 ? [[id, version]] : [])))
}

/** @param held the versions that somebody holds. @returns those of its documents that cannot be found any more */
export function goneFrom(
  held: ReadonlyMap<string, number>,
  { areAll, rows }: Documents,
  published: ReadonlyMap<string, number>,
): string[] {
  const ids = areAll ? [...held.keys()] : rows.map(({ id }) => id).filter((id) => held.has(id))
  return ids.filter((id) => !published.has(id))
}

const VERSIONS = `
  SELECT id, published_version AS version FROM document
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
     AND id = ANY($4) AND published_version > 0`

/** The versions in which some documents can be found; those that cannot are missing. */
export async function publishedVersions(
  client: Client,
  key: BaseKey,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const values = [...valuesOf(key), documentIds]
  const { rows } = await client.query<{ id: string; version: number }>(VERSIONS, values)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Documents per statement: 8 MB of metadata at the most. */
const DESCRIBED = 1000

/** @param known the revisions of metadata that are there already: what has the same is not read */
export async function factsOf(
  client: Client,
  { areAll, rows: documents }: Documents,
  known: ReadonlyMap<string, number>,
): Promise<Facts> {
  const restricted = areAll ? documents.filter(({ access }) => access !== null) : documents
  const access = new Map(restricted.map(({ id, access: list }) => [id, list]))
  const changed = new Map<string, Described>()
  const told = new Set(documents.map(({ id }) => id))
  const untold = areAll ? new Set(known.keys()).difference(told) : []
  for (const id of untold) changed.set(id, UNDESCRIBED)
  const unknown: string[] = []
  for (const { id, revision } of documents) {
    if (revision === (known.get(id) ?? 0)) continue
    if (revision === 0) changed.set(id, UNDESCRIBED)
    else unknown.push(id)
  }
  for (let from = 0; from < unknown.length; from += DESCRIBED) {
    const { rows } = await client.query<{ id: string; revision: number; metadata: Metadata }>(
      'SELECT id, metadata_revision AS revision, metadata FROM document WHERE id = ANY($1)',
      [unknown.slice(from, from + DESCRIBED)],
    )
    for (const { id, ...described } of rows) changed.set(id, described)
  }
  return { isWhole: areAll, access, changed }
}

const UNDESCRIBED: Described = { revision: 0, metadata: NO_METADATA }

const PAGE = 500

/** Vectors of documents, as of now, some at a time. */
export async function vectorsOf(
  client: Client,
  documentIds: readonly string[],
  build: string,
): Promise<VectorEntry[]> {
  const entries: VectorEntry[] = []
  for (let from = 0; from < documentIds.length; from += PAGE) {
    const { rows } = await client.query<{ id: string; documentId: string; vector: Uint8Array }>(
      `SELECT chunk.id, document_id AS "documentId", vector
         FROM document
         JOIN chunk ON chunk.document_id = document.id AND chunk.version = document.published_version
         JOIN chunk_vector ON chunk_id = chunk.id AND build = $2 AND length(vector) > 0
        WHERE document.id = ANY($1)`,
      [documentIds.slice(from, from + PAGE), build],
    )
    for (const { vector, ...row } of rows) entries.push({ ...row, vector: quantisedOf(vector) })
  }
  return entries
}

export async function lackingDocuments(
  client: Client,
  id: KnowledgeBaseId,
  { analyzerVersion }: BaseTerms,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT document.id FROM document
       JOIN chunk ON chunk.document_id = document.id AND chunk.version = document.published_version
      WHERE document.knowledge_base_id = $1 AND ${lacksTerms('$2')}`,
    [id, analyzerVersion],
  )
  return rows.map((row) => row.id)
}

export interface VersionKey {
  readonly documentId: string
  readonly version: number
  readonly build: string
  readonly analyzerVersion: string | null
}

// Terms of another analyzer are better than none: the passage is found by most of them.
const PASSAGES = `
  SELECT id, coalesce(other.morphemes, chunk.morphemes) AS morphemes,
         coalesce(other.bigrams, chunk.bigrams) AS bigrams,
         coalesce(other.heading_morphemes, chunk.heading_morphemes) AS "headingMorphemes", vector
    FROM chunk LEFT JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id
                                     AND build = $5 AND length(vector) > 0
    LEFT JOIN chunk_terms AS other ON other.chunk_id = chunk.id AND other.analyzer_version = $6
                                  AND chunk.analyzer_version <> $6
   WHERE document_id = $1 AND version = $2 AND ordinal >= $3 ORDER BY ordinal LIMIT $4`

/** The passages of one document, in bounded pages: a long one has many thousands. */
export async function passagesOf(
  client: Client,
  { documentId, version, build, analyzerVersion }: VersionKey,
) {
  const passages: IndexedPassage[] = []
  for (;;) {
    const values = [documentId, version, passages.length, PAGE, build, analyzerVersion]
    const { rows } = await client.query<IndexedPassage>(PASSAGES, values)
    passages.push(...rows)
    if (rows.length < PAGE) return passages
  }
}
