import { EVERYBODY, type KnowledgeBaseId, type Tenant } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import { quantisedOf, type VectorEntry } from '@dure/retrieval'
import type pg from 'pg'
import type { Access } from '../documents/access.ts'
import { type Metadata, NO_METADATA } from '../documents/metadata.ts'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'
import { lacksTerms } from '../reanalysis/terms-sql.ts'
import type { Described, Facts } from './facts.ts'

/** A passage as the index knows it: by its terms. */
export interface IndexedPassage {
  readonly id: string
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headingMorphemes: readonly string[]
  /** As `bytesOf` makes it; null: it has none. */
  readonly vector: Uint8Array | null
}

/** Terms of a base that belong together. */
export interface BaseTerms {
  /** Another one when the same passages have other terms. */
  readonly build: string
  /** What has made them, and reads questions; null: the one of now, as they may be by several. */
  readonly analyzerVersion: string | null
}

/** The same passages have other terms than those that the index holds: it is to be begun anew. */
export class OtherTermsError extends Error {}

/** Receives what has changed, one document at a time, so that none is ever half there. */
export interface IndexSink {
  /** The version of each document that the index holds. */
  readonly versions: ReadonlyMap<string, number>
  /** Of the metadata of each document that it knows. */
  readonly revisions: ReadonlyMap<string, number>
  /** Comes before what is put. */
  learn(facts: Facts): void
  /** Which terms of the base it holds; undefined: none yet. */
  readonly terms?: BaseTerms | undefined
  /** Comes before what is put; absent: it is not told, and never has others. */
  useTerms?(terms: BaseTerms): void
  /** Which of the vectors of the base it holds; absent: it is not told. */
  readonly build?: string | undefined
  /** Takes other vectors in the place of all that it holds, of the documents that stay as they are. */
  useVectors?(build: string, vectors: readonly VectorEntry[]): void
  put(
    documentId: string,
    version: number,
    passages: readonly IndexedPassage[],
  ): void | Promise<void>
  remove(documentId: string): void
}

/**
 * Brings an index up to one consistent state of its knowledge base.
 *
 * @returns the generation of that state
 * @throws NotFoundError `knowledge-base.not-found`
 * @throws OtherTermsError before anything is changed
 */
export type BringUp = (tenant: Tenant, id: KnowledgeBaseId, sink: IndexSink) => Promise<bigint>

/**
 * Reads the rows of truth.
 *
 * @param next terms that the base is not searched by yet: documents that lack some of them are left out
 */
export function createBringUp(pool: pg.Pool, next?: BaseTerms): BringUp {
  // Documents, passages and generation must be of one moment, or a replaced one is half there.
  return (tenant, id, sink) =>
    withTransaction(pool, (client) => bringUp(client, { tenant, id, sink, next }), {
      snapshot: true,
    })
}

interface BaseRow {
  readonly generation: string
  /** Of its vectors. */
  readonly build: string
  readonly termsBuild: string
  readonly analyzerVersion: string | null
}

interface DocumentRow {
  readonly id: string
  readonly version: number
  /** Null: everybody may see it. */
  readonly access: Access | null
  readonly revision: number
}

interface Work {
  readonly tenant: Tenant
  readonly id: KnowledgeBaseId
  readonly sink: IndexSink
  readonly next: BaseTerms | undefined
}

const BASE = `
  SELECT generation, vector_build AS build, terms_build AS "termsBuild",
         analyzer_version AS "analyzerVersion"
    FROM knowledge_base WHERE id = $1 AND organization_id = $2 AND project_id = $3`

const DOCUMENTS = `
  SELECT id, published_version AS version, metadata_revision AS revision,
         CASE WHEN NOT '${EVERYBODY}' = ANY(access) THEN access END AS access
    FROM document
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
     AND published_version > 0`

async function bringUp(client: pg.PoolClient, { tenant, id, sink, next }: Work): Promise<bigint> {
  const key = [id, tenant.organizationId, tenant.projectId]
  const [row] = (await client.query<BaseRow>(BASE, key)).rows
  if (!row) throw knowledgeBaseNotFound()
  const terms = next ?? { build: row.termsBuild, analyzerVersion: row.analyzerVersion }
  if (sink.terms !== undefined && sink.terms.build !== terms.build) throw new OtherTermsError()
  sink.useTerms?.(terms)
  const documents = (await client.query<DocumentRow>(DOCUMENTS, key)).rows
  sink.learn(await factsOf(client, documents, sink.revisions))
  const published = new Map(documents.map(({ id: documentId, version }) => [documentId, version]))
  for (const documentId of sink.versions.keys()) {
    if (!published.has(documentId)) sink.remove(documentId)
  }
  const { build } = row
  const lacking = new Set(next && (await lackingDocuments(client, id, next)))
  const stays = (documentId: string) => sink.versions.get(documentId) === published.get(documentId)
  if (sink.useVectors && sink.build !== build) {
    const staying = [...published.keys()].filter(stays)
    sink.useVectors(build, await vectorsOf(client, staying, build))
  }
  for (const [documentId, version] of published) {
    if (stays(documentId) || lacking.has(documentId)) continue
    const { analyzerVersion } = terms
    const passages = await passagesOf(client, { documentId, version, build, analyzerVersion })
    await sink.put(documentId, version, passages)
  }
  return BigInt(row.generation)
}

/**
 * Facts of the documents of a base.
 *
 * @param known the revisions of metadata that are there already: what has the same is not read
 */
export type ReadFacts = (
  tenant: Tenant,
  id: KnowledgeBaseId,
  known: ReadonlyMap<string, number>,
) => Promise<Facts>

export function createFactsReader(pool: pg.Pool): ReadFacts {
  return async ({ organizationId, projectId }, id, known) => {
    const key = [id, organizationId, projectId]
    return factsOf(pool, (await pool.query<DocumentRow>(DOCUMENTS, key)).rows, known)
  }
}

/** Documents per statement: 8 MB of metadata at the most. */
const DESCRIBED = 1000

async function factsOf(
  client: Pick<pg.PoolClient, 'query'>,
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
async function vectorsOf(
  client: pg.PoolClient,
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

async function lackingDocuments(
  client: pg.PoolClient,
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

interface VersionKey {
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
async function passagesOf(
  client: pg.PoolClient,
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
