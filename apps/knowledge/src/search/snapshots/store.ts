import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withEveryTenant } from '@dure/platform'
import type pg from 'pg'
import type { BaseTerms } from '../bring-up-store.ts'

/** The right to write the next snapshot of a base, while there are signs of life. */
export interface WriteClaim {
  readonly tenant: Tenant
  readonly id: KnowledgeBaseId
  readonly writer: string
}

/** A snapshot that nobody needs, or whose writer is gone. */
export interface Leftover {
  readonly tenant: Tenant
  readonly id: KnowledgeBaseId
  /** The blobs that are still needed. */
  readonly blobs: readonly string[]
  readonly isDeleted: boolean
}

export interface NewestSnapshot {
  /** Of its manifest. */
  readonly name: string
  /** By which the base is searched: those of the snapshot may be others. */
  readonly terms: BaseTerms
}

export interface SnapshotStore {
  find(tenant: Tenant, id: KnowledgeBaseId): Promise<NewestSnapshot | undefined>
  /**
   * @param termsBuild that it must be searched by still; absent: it is for what comes next
   * @returns whether nobody else writes one, and the base is there
   */
  begin(claim: WriteClaim, termsBuild?: string): Promise<boolean>
  /** A sign of life. @returns whether the claim holds */
  touch(claim: WriteClaim): Promise<boolean>
  /** From now on this is the newest. @returns as `touch` */
  finish(claim: WriteClaim, manifest: string, blobs: readonly string[]): Promise<boolean>
  /** Leaves what was written to the sweeper. */
  abandon(claim: WriteClaim): Promise<void>
  leftovers(limit: number): Promise<Leftover[]>
  /** Says that nothing is left over. */
  settle(leftover: Leftover): Promise<void>
}

/** Without a sign of life for this long, whoever wrote is taken to be gone. One comes with each blob. */
const LIFELESS = `interval '2 minutes'`

const KEY = 'knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3'

const FIND = `
  SELECT manifest AS name, terms_build AS build, analyzer_version AS "analyzerVersion"
    FROM index_snapshot JOIN knowledge_base AS base ON base.id = knowledge_base_id
   WHERE knowledge_base_id = $1 AND base.organization_id = $2 AND base.project_id = $3
     AND manifest IS NOT NULL`

const BEGIN = `
  INSERT INTO index_snapshot (knowledge_base_id, organization_id, project_id, writer, writing_until)
  SELECT id, organization_id, project_id, $4, now() + ${LIFELESS} FROM knowledge_base
   WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND deleted_at IS NULL
     AND ($5::text IS NULL OR terms_build = $5)
  ON CONFLICT (knowledge_base_id) DO UPDATE
    SET writer = excluded.writer, writing_until = excluded.writing_until
  WHERE index_snapshot.writing_until IS NULL`

const TOUCH = `
  UPDATE index_snapshot SET writing_until = now() + ${LIFELESS}
   WHERE ${KEY} AND writer = $4 AND writing_until > now()`

const FINISH = `
  UPDATE index_snapshot SET manifest = $5, blobs = $6, writer = NULL, writing_until = NULL
   WHERE ${KEY} AND writer = $4 AND writing_until > now()`

/** Of those that are deleted, also what somebody still writes: he will find that his claim is gone. */
const LEFTOVERS = `
  SELECT knowledge_base_id AS id, index_snapshot.organization_id, index_snapshot.project_id, blobs,
         deleted_at IS NOT NULL AS "isDeleted"
    FROM index_snapshot JOIN knowledge_base ON knowledge_base.id = knowledge_base_id
   WHERE writing_until < now() OR (deleted_at IS NOT NULL AND writing_until IS NULL)
   LIMIT $1`

interface LeftoverRow extends Omit<Leftover, 'tenant'> {
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
}

export function createSnapshotStore(pool: pg.Pool): SnapshotStore {
  const changes = async (text: string, values: unknown[]) =>
    (await pool.query(text, values)).rowCount === 1
  return {
    async find(tenant, id) {
      const { rows } = await pool.query<BaseTerms & { name: string }>(FIND, keyOf({ tenant, id }))
      const [row] = rows
      if (!row) return undefined
      const { name, ...terms } = row
      return { name, terms }
    },

    begin: (claim, termsBuild) => changes(BEGIN, [...keyOf(claim), claim.writer, termsBuild]),
    touch: (claim) => changes(TOUCH, [...keyOf(claim), claim.writer]),
    finish: (claim, manifest, blobs) =>
      changes(FINISH, [...keyOf(claim), claim.writer, manifest, blobs]),

    async abandon(claim) {
      const sql = `UPDATE index_snapshot SET writing_until = now() WHERE ${KEY} AND writer = $4`
      await pool.query(sql, [...keyOf(claim), claim.writer])
    },

    leftovers: (limit) =>
      withEveryTenant(pool, async (client) => {
        const { rows } = await client.query<LeftoverRow>(LEFTOVERS, [limit])
        return rows.map(({ organization_id: organizationId, project_id: projectId, ...row }) => ({
          ...row,
          tenant: { organizationId, projectId },
        }))
      }),

    async settle({ isDeleted, ...base }) {
      await pool.query(
        isDeleted
          ? `DELETE FROM index_snapshot WHERE ${KEY}`
          : `UPDATE index_snapshot SET writer = NULL, writing_until = NULL
              WHERE ${KEY} AND writing_until < now()`,
        keyOf(base),
      )
    },
  }
}

function keyOf({ tenant, id }: Pick<WriteClaim, 'tenant' | 'id'>): string[] {
  return [id, tenant.organizationId, tenant.projectId]
}
