import { EVERYBODY, type KnowledgeBaseId, type Tenant } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { Access } from '../documents/access.ts'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'

/** A passage as the index knows it: by its terms. */
export interface IndexedPassage {
  readonly id: string
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headingMorphemes: readonly string[]
  /** As `bytesOf` makes it; null: it has none. */
  readonly vector: Uint8Array | null
}

/** Receives what has changed, one document at a time, so that none is ever half there. */
export interface IndexSink {
  /** The version of each document that the index holds. */
  readonly versions: ReadonlyMap<string, number>
  /** Who may see those documents that not everybody may. Comes before what is put. */
  restrict(access: ReadonlyMap<string, Access>): void
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
 */
export type BringUp = (tenant: Tenant, id: KnowledgeBaseId, sink: IndexSink) => Promise<bigint>

/** Reads the rows of truth. */
export function createBringUp(pool: pg.Pool): BringUp {
  // Documents, passages and generation must be of one moment, or a replaced one is half there.
  return (tenant, id, sink) =>
    withTransaction(pool, (client) => bringUp(client, { tenant, id, sink }), { snapshot: true })
}

interface DocumentRow {
  readonly id: string
  readonly version: number
  /** Null: everybody may see it. */
  readonly access: Access | null
}

interface Work {
  readonly tenant: Tenant
  readonly id: KnowledgeBaseId
  readonly sink: IndexSink
}

async function bringUp(client: pg.PoolClient, { tenant, id, sink }: Work): Promise<bigint> {
  const key = [id, tenant.organizationId, tenant.projectId]
  const base = await client.query<{ generation: string }>(
    'SELECT generation FROM knowledge_base WHERE id = $1 AND organization_id = $2 AND project_id = $3',
    key,
  )
  const [row] = base.rows
  if (!row) throw knowledgeBaseNotFound()
  const documents = await client.query<DocumentRow>(
    `SELECT id, published_version AS version,
            CASE WHEN NOT '${EVERYBODY}' = ANY(access) THEN access END AS access
       FROM document
      WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
        AND published_version > 0`,
    key,
  )
  sink.restrict(
    new Map(documents.rows.flatMap(({ id: one, access }) => (access ? [[one, access]] : []))),
  )
  const published = new Map(
    documents.rows.map(({ id: documentId, version }) => [documentId, version]),
  )
  for (const documentId of sink.versions.keys()) {
    if (!published.has(documentId)) sink.remove(documentId)
  }
  for (const [documentId, version] of published) {
    if (sink.versions.get(documentId) === version) continue
    await sink.put(documentId, version, await passagesOf(client, documentId, version))
  }
  return BigInt(row.generation)
}

/** Who may see those documents of a base that not everybody may. */
export type ReadRestricted = (
  tenant: Tenant,
  id: KnowledgeBaseId,
) => Promise<ReadonlyMap<string, Access>>

export function createRestrictedReader(pool: pg.Pool): ReadRestricted {
  return async ({ organizationId, projectId }, id) => {
    const { rows } = await pool.query<{ id: string; access: Access }>(
      `SELECT id, access FROM document
        WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
          AND published_version > 0 AND NOT '${EVERYBODY}' = ANY(access)`,
      [id, organizationId, projectId],
    )
    return new Map(rows.map((row) => [row.id, row.access]))
  }
}

const PAGE = 500

/** The passages of one document, in bounded pages: a long one has many thousands. */
async function passagesOf(client: pg.PoolClient, documentId: string, version: number) {
  const passages: IndexedPassage[] = []
  for (;;) {
    const { rows } = await client.query<IndexedPassage>(
      `SELECT id, morphemes, bigrams, heading_morphemes AS "headingMorphemes", vector
         FROM chunk LEFT JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id
        WHERE document_id = $1 AND version = $2 AND ordinal >= $3 ORDER BY ordinal LIMIT $4`,
      [documentId, version, passages.length, PAGE],
    )
    passages.push(...rows)
    if (rows.length < PAGE) return passages
  }
}
