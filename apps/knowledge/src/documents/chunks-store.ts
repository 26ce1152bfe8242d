import { decodeCursor, encodeCursor, invalidCursor } from '@dure/platform'
import type pg from 'pg'
import { seenBy } from './access.ts'
import { documentNotFound } from './document.ts'
import type { DocumentKey } from './store.ts'

/** A passage as searches find it. */
export interface Chunk {
  readonly id: string
  /** From 0, in the order of the document. */
  readonly ordinal: number
  readonly headings: string[]
  readonly page?: number
  readonly text: string
  readonly start: number
  readonly end: number
  readonly hasVector: boolean
}

/**
 * Some passages of the version of a document that is found, in their order.
 *
 * @throws NotFoundError `document.not-found` when there is no such document, or not for this reader
 * @throws InvalidInputError `page.invalid-cursor`, also when another version is found since
 */
export type ReadChunks = (
  key: DocumentKey,
  page: { readonly limit: number; readonly cursor?: string },
) => Promise<{ data: Chunk[]; nextCursor: string | null }>

/** One row without a passage for a document that has none there. */
const CHUNKS = `
  SELECT published_version AS version, chunk.id, ordinal, headings, page, chunk.text,
         start_offset AS start, end_offset AS "end",
         EXISTS (SELECT FROM chunk_vector
           WHERE chunk_id = chunk.id AND build = vector_build AND length(vector) > 0) AS "hasVector"
    FROM document
    JOIN knowledge_base ON knowledge_base.id = document.knowledge_base_id
                       AND knowledge_base.deleted_at IS NULL
    LEFT JOIN chunk ON chunk.document_id = document.id AND chunk.version = published_version
                   AND chunk.ordinal >= $5
   WHERE document.id = $1 AND document.knowledge_base_id = $2
     AND document.organization_id = $3 AND document.project_id = $4 AND ${seenBy(7)}
   ORDER BY ordinal LIMIT $6`

export function createChunkReader(pool: pg.Pool): ReadChunks {
  return async ({ documentId, knowledgeBaseId, tenant, reader }, { limit, cursor }) => {
    const from = placeOf(cursor)
    const key = [documentId, knowledgeBaseId, tenant.organizationId, tenant.projectId]
    const values = [...key, from.ordinal, limit + 1, reader.caller, reader.person]
    const { rows } = await pool.query<Row>(CHUNKS, values)
    const [first] = rows
    if (!first) throw documentNotFound()
    if (from.version !== undefined && from.version !== first.version) throw invalidCursor()
    const chunks = rows.filter(isChunk).map(chunkOf)
    const next = chunks[limit]
    return {
      data: chunks.slice(0, limit),
      nextCursor: next ? encodeCursor([String(first.version), String(next.ordinal)]) : null,
    }
  }
}

const NUMBER = /^[0-9]{1,9}$/

function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return { version: undefined, ordinal: 0 }
  const parts = decodeCursor(cursor)
  if (parts.length !== 2 || !parts.every((part) => NUMBER.test(part))) throw invalidCursor()
  return { version: Number(parts[0]), ordinal: Number(parts[1]) }
}

interface Row extends Omit<Chunk, 'id' | 'page'> {
  readonly version: number
  readonly id: string | null
  readonly page: number | null
}

type ChunkRow = Row & { readonly id: string }

function isChunk(row: Row): row is ChunkRow {
  return row.id !== null
}

function chunkOf({ version: _version, page, ...chunk }: ChunkRow): Chunk {
  return { ...chunk, ...(page !== null && { page }) }
}
