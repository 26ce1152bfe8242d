import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { afterKey, NEWEST_FIRST, type PageKey, withEveryTenant } from '@dure/platform'
import type pg from 'pg'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { KnowledgeBase } from './knowledge-base.ts'

export interface KnowledgeBaseStore {
  create(tenant: Tenant, base: Omit<KnowledgeBase, 'createdAt'>): Promise<KnowledgeBase>
  find(tenant: Tenant, id: KnowledgeBaseId): Promise<KnowledgeBase | undefined>
  /** Newest first, one more than `limit` when there are more. */
  list(tenant: Tenant, page: { limit: number; after?: PageKey }): Promise<KnowledgeBase[]>
  /** From now on nobody sees it. @returns whether it was there */
  remove(tenant: Tenant, id: KnowledgeBaseId): Promise<boolean>
  /** Removes some rows of what was deleted. @returns how many */
  purge(limit: number): Promise<number>
}

export function createKnowledgeBaseStore(pool: pg.Pool, db: PrismaClient): KnowledgeBaseStore {
  return {
    async create({ organizationId, projectId }, { embeddingModel = null, ...base }) {
      const data = { ...base, organizationId, projectId, embeddingModel }
      return view(await db.knowledgeBase.create({ data }))
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

    async remove({ organizationId, projectId }, id) {
      const { rowCount } = await pool.query(
        `UPDATE knowledge_base SET deleted_at = now()
          WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL`,
        [id, organizationId, projectId],
      )
      return rowCount === 1
    },

    purge: (limit) => withEveryTenant(pool, (client) => purge(client, limit)),
  }
}

/** A knowledge base of a million passages cannot be deleted in one statement; its documents can. */
async function purge(client: pg.PoolClient, limit: number): Promise<number> {
  const documents = await client.query(
    `DELETE FROM document WHERE id IN (
       SELECT document.id FROM document
         JOIN knowledge_base ON knowledge_base.id = document.knowledge_base_id
        WHERE knowledge_base.deleted_at IS NOT NULL LIMIT $1)`,
    [limit],
  )
  const bases = await client.query(
    `DELETE FROM knowledge_base WHERE id IN (
       SELECT id FROM knowledge_base
        WHERE deleted_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM document WHERE knowledge_base_id = knowledge_base.id)
        LIMIT $1)`,
    [limit],
  )
  return (documents.rowCount ?? 0) + (bases.rowCount ?? 0)
}

interface Row {
  readonly id: string
  readonly name: string
  readonly embeddingModel: string | null
  readonly vectorWeight: number
  readonly createdAt: Date
}

function view({ id, name, embeddingModel, vectorWeight, createdAt }: Row): KnowledgeBase {
  return {
    id: id as KnowledgeBaseId,
    name,
    embeddingModel: embeddingModel ?? undefined,
    vectorWeight,
    createdAt,
  }
}
