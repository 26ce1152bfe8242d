import type { Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import { keyOf, type Thread, type ThreadKey, type ThreadMessage } from './thread.ts'

export type ThreadDraft = Pick<Thread, 'title' | 'metadata'>

/** Threads that were deleted are not there. */
export interface ThreadStore {
  insert(tenant: Tenant, thread: ThreadDraft & Pick<Thread, 'id' | 'createdBy'>): Promise<Thread>
  find(key: ThreadKey): Promise<Thread | undefined>
  /** So that nobody else changes it until the transaction ends. */
  lock(client: pg.PoolClient, key: ThreadKey): Promise<Thread | undefined>
  update(client: pg.PoolClient, key: ThreadKey, draft: Partial<ThreadDraft>): Promise<Thread>
  /** With all that was said in it. */
  remove(client: pg.PoolClient, key: ThreadKey): Promise<void>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<Thread[]>
  /** Oldest first. */
  messages(
    key: ThreadKey,
    page: { readonly after: number; readonly limit: number },
  ): Promise<ThreadMessage[]>
}

const COLUMNS = `id, title, metadata, created_by AS "createdBy", created_at AS "createdAt",
  updated_at AS "updatedAt"`
const THERE = 'organization_id = $1 AND project_id = $2 AND deleted_at IS NULL'

const INSERT = `
  INSERT INTO agent_thread (organization_id, project_id, id, title, metadata, created_by)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`

const FIND = `SELECT ${COLUMNS} FROM agent_thread WHERE ${THERE} AND id = $3`

const UPDATE = `
  UPDATE agent_thread SET title = coalesce($4, title), metadata = coalesce($5, metadata),
    updated_at = now()
  WHERE ${THERE} AND id = $3 RETURNING ${COLUMNS}`

const PAGE = `
  SELECT ${COLUMNS} FROM agent_thread
  WHERE ${THERE} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

const MESSAGES = `
  SELECT position, role, content, is_untrusted AS "isUntrusted", execution_id AS "executionId",
    created_at AS "createdAt"
  FROM agent_thread_message
  WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3 AND position > $4
  ORDER BY position LIMIT $5`

const FORGET = `
  WITH summary AS (
    DELETE FROM agent_thread_summary
    WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3
  )
  DELETE FROM agent_thread_message
  WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3`

export function createThreadStore(pool: pg.Pool): ThreadStore {
  return {
    async insert({ organizationId, projectId }, { id, title, metadata, createdBy }) {
      const values = [organizationId, projectId, id, title, JSON.stringify(metadata), createdBy]
      return (await pool.query<Thread>(INSERT, values)).rows[0] as Thread
    },

    async find(key) {
      return (await pool.query<Thread>(FIND, keyOf(key))).rows[0]
    },

    async lock(client, key) {
      return (await client.query<Thread>(`${FIND} FOR UPDATE`, keyOf(key))).rows[0]
    },

    async update(client, key, { title, metadata }) {
      const json = metadata === undefined ? null : JSON.stringify(metadata)
      const values = [...keyOf(key), title ?? null, json]
      return (await client.query<Thread>(UPDATE, values)).rows[0] as Thread
    },

    async remove(client, key) {
      await client.query(FORGET, keyOf(key))
      const text = `UPDATE agent_thread SET deleted_at = now() WHERE ${THERE} AND id = $3`
      await client.query(text, keyOf(key))
    },

    async page({ organizationId, projectId }, { limit, after }) {
      const from = [after?.createdAt ?? null, after?.id ?? null]
      return (await pool.query<Thread>(PAGE, [organizationId, projectId, ...from, limit])).rows
    },

    async messages(key, { after, limit }) {
      return (await pool.query<ThreadMessage>(MESSAGES, [...keyOf(key), after, limit])).rows
    },
  }
}
