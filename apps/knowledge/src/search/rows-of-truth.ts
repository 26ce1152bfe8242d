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
  /** Of its vectors. */
  readonly build: string
  readonly termsBuild: string
  readonly analyzerVersion: string | null
}

const BASE = `
  SELECT generation, vector_build AS build, terms_build AS "termsBuild",
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

/** Those that can be found. */
export async function documentRows(client: Client, key: BaseKey): Promise<DocumentRow[]> {
  return (await client.query<DocumentRow>(DOCUMENTS, valuesOf(key))).rows
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

export async function factsOf(
  client: Client,
  documents: readonly DocumentRow[],
  known: ReadonlyMap<string, number>,
): Promise<Facts> {
  const access = new Map(documents.flatMap(({ id, access: list }) => (list ? [[id, list]] : [])))
  const changed = new Map<string, Described>()
  const gone = new Set(known.keys()).difference(new Set(documents.map(({ id }) => id)))
  for (const id of gone) changed.set(id, { revision: 0, metadata: NO_METADATA })
  const unknown = documents.filter(({ id, revision }) => revision !== (known.get(id) ?? 0))
  for (let from = 0; from < unknown.length; from += DESCRIBED) {
    const ids = unknown.slice(from, from + DESCRIBED).map(({ id }) => id)
    const { rows } = await client.query<{ id: string; revision: number; metadata: Metadata }>(
      'SELECT id, metadata_revision AS revision, metadata FROM document WHERE id = ANY($1)',
      [ids],
    )
    for (const { id, ...described } of rows) changed.set(id, described)
  }
  return { access, changed }
}

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
