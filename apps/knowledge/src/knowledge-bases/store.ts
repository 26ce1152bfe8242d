import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import {
  afterKey,
  NEWEST_FIRST,
  type PageKey,
  withEveryTenant,
  withTransaction,
} from '@dure/platform'
import type pg from 'pg'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { chunkingKey, chunkingOf } from '../ingestion/chunking.ts'
import { KEEP_WORDS } from '../user-dictionaries/words-store.ts'
import type { KnowledgeBase } from './knowledge-base.ts'

export interface KnowledgeBaseStore {
  create(tenant: Tenant, base: Omit<KnowledgeBase, 'createdAt'>): Promise<KnowledgeBase>
  find(tenant: Tenant, id: KnowledgeBaseId): Promise<KnowledgeBase | undefined>
  /** Newest first, one more than `limit` when there are more. */
  list(tenant: Tenant, page: { limit: number; after?: PageKey }): Promise<KnowledgeBase[]>
  /**
   * Nobody else changes it between what `change` is given and what it returns; when it throws, nothing happens.
   *
   * @returns undefined when it is not there
   */
  update(
    tenant: Tenant,
    id: KnowledgeBaseId,
    change: (base: KnowledgeBase) => KnowledgeBase,
  ): Promise<KnowledgeBase | undefined>
  /** From now on nobody sees it. @returns whether it was there */
  remove(tenant: Tenant, id: KnowledgeBaseId): Promise<boolean>
  /**
   * Removes some rows of what was deleted.
   *
   * @param forget whatever is elsewhere, and is gone when this is done; a base with which it fails stays, to be tried again. It is
   *   called some minutes after a base was deleted: until then somebody may be writing there
   * @returns how many
   */
  purge(limit: number, forget?: Forget): Promise<number>
}

export type Forget = (id: KnowledgeBaseId) => Promise<void>

/** @param analyzerVersion of the rules of this process; undefined: with an engine outside, a base has terms by whatever analyzer there is */
export function createKnowledgeBaseStore(
  pool: pg.Pool,
  db: PrismaClient,
  analyzerVersion: string | undefined,
): KnowledgeBaseStore {
  return {
    async create({ organizationId, projectId }, base) {
      const { id, name, embeddingModel, vectorWeight, fusion, minScore, rerank } = base
      const settings = [name, embeddingModel, vectorWeight, fusion, minScore, rerank]
      const made = [chunkingKey(base.chunking), analyzerVersion]
      const values = [id, organizationId, projectId, ...settings, ...made]
      const [row] = (await pool.query<Row>(CREATE, values)).rows
      if (!row) throw new Error('A row that was inserted is not returned')
      return view(row)
    },

    async find({ organizationId, projectId }, id) {
      const row = await db.knowledgeBase.findFirst({
        where: { id, organizationId, projectId, deletedAt: null },
      })
      return row ? view(row) : undefined
    },

    async list({ organizationId, projectId }, { limit, after }) {
      const rows = await db.knowledgeBase.findMany({
        where: { organizationId, projectId, deletedAt: null, ...afterKey(after) },
        orderBy: NEWEST_FIRST,
        take: limit + 1,
      })
      return rows.map(view)
    },

    update: (tenant, id, change) =>
      withTransaction(pool, async (client) => {
        const key = [id, tenant.organizationId, tenant.projectId]
        const [row] = (await client.query<Row>(LOCKED, key)).rows
        if (!row) return undefined
        const base = change(view(row))
        const { name, vectorWeight, fusion, minScore, rerank } = base
        const values = [name, vectorWeight, fusion, minScore, rerank, chunkingKey(base.chunking)]
        await client.query(UPDATE, [...key, ...values])
        return base
      }),

    async remove({ organizationId, projectId }, id) {
      const { rowCount } = await pool.query(
        `UPDATE knowledge_base SET deleted_at = now()
          WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL`,
        [id, organizationId, projectId],
      )
      return rowCount === 1
    },

    async purge(limit, forget) {
      const after = forget ? IN_FLIGHT : `interval '0'`
      const { documents, emptied } = await withEveryTenant(pool, (client) =>
        empty(client, limit, after),
      )
      const forgotten: KnowledgeBaseId[] = []
      for (const id of emptied) {
        const isGone = await (forget?.(id) ?? Promise.resolve()).then(
          () => true,
          () => false,
        )
        if (isGone) forgotten.push(id)
      }
      if (forgotten.length === 0) return documents
      const { rowCount } = await withEveryTenant(pool, (client) =>
        client.query(`DELETE FROM knowledge_base WHERE id = ANY($1) AND ${IS_EMPTY}`, [forgotten]),
      )
      return documents + (rowCount ?? 0)
    },
  }
}

const COLUMNS = `
  id, name, embedding_model AS "embeddingModel", vector_weight AS "vectorWeight", fusion,
  min_score AS "minScore", rerank, chunking, created_at AS "createdAt"`

// Its words are kept for it from the beginning: it is searched by them until all its terms are by others.
const CREATE = `
  WITH dictionary AS (
    SELECT * FROM user_dictionary
     WHERE organization_id = $2 AND project_id = $3 AND version IS NOT NULL AND $11::text IS NOT NULL),
  kept AS (${KEEP_WORDS})
  INSERT INTO knowledge_base (id, organization_id, project_id, name, embedding_model, vector_weight,
                              fusion, min_score, rerank, chunking, chunked, analyzer_version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10,
          $11::text || coalesce('+' || (SELECT version FROM dictionary), ''))
  RETURNING ${COLUMNS}`

const LOCKED = `
  SELECT ${COLUMNS} FROM knowledge_base
   WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL FOR UPDATE`

const UPDATE = `
  UPDATE knowledge_base SET name = $4, vector_weight = $5, fusion = $6, min_score = $7, rerank = $8,
                            chunking = $9
   WHERE id = $1 AND organization_id = $2 AND project_id = $3`

/** Whoever is at work elsewhere, also to tidy up, has looked less than this before whether the base is still there. */
const IN_FLIGHT = `interval '15 minutes'`

/** A knowledge base of a million passages cannot be deleted in one statement; its documents can. */
async function empty(client: pg.PoolClient, limit: number, after: string): Promise<Emptied> {
  const documents = await client.query(
    `DELETE FROM document WHERE id IN (
       SELECT document.id FROM document
         JOIN knowledge_base ON knowledge_base.id = document.knowledge_base_id
        WHERE knowledge_base.deleted_at IS NOT NULL LIMIT $1)`,
    [limit],
  )
  // At random: one that cannot be forgotten keeps no other waiting.
  const { rows } = await client.query<{ id: KnowledgeBaseId }>(
    `SELECT id FROM knowledge_base WHERE ${IS_EMPTY} AND deleted_at <= now() - ${after}
      ORDER BY random() LIMIT $1`,
    [limit],
  )
  return { documents: documents.rowCount ?? 0, emptied: rows.map(({ id }) => id) }
}

interface Emptied {
  readonly documents: number
  readonly emptied: readonly KnowledgeBaseId[]
}

const IS_EMPTY = `
  deleted_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM document WHERE knowledge_base_id = knowledge_base.id)
  AND NOT EXISTS (SELECT FROM index_snapshot WHERE knowledge_base_id = knowledge_base.id)`

interface Row {
  readonly id: string
  readonly name: string
  readonly embeddingModel: string | null
  readonly vectorWeight: number
  readonly fusion: string
  readonly minScore: number
  readonly rerank: boolean
  readonly chunking: string
  readonly createdAt: Date
}

function view(row: Row): KnowledgeBase {
  const { id, name, embeddingModel, vectorWeight, fusion, minScore, rerank, createdAt } = row
  return {
    id: id as KnowledgeBaseId,
    embeddingModel: embeddingModel ?? undefined,
    fusion: fusion === 'rrf' ? 'rrf' : 'weighted',
    chunking: chunkingOf(row.chunking),
    ...{ name, vectorWeight, minScore, rerank, createdAt },
  }
}
