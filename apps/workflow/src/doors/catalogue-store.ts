import type { Tenant, WorkflowId } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'

/** A workflow that others can call by its name: something of it is published, or an alias leads to it. */
export interface CatalogueEntry {
  readonly id: WorkflowId
  readonly name: string
  readonly description: string
  readonly publishedVersion: number | null
  /** By their names, the first hundred. */
  readonly aliases: readonly string[]
  /** Of several with one name, none can be called by it. */
  readonly isNameTaken: boolean
  readonly createdAt: Date
}

/** What the doors of other protocols offer. Every look-up names the tenant. */
export interface CatalogueStore {
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<CatalogueEntry[]>
  /** @param ref an id or a name @returns undefined when there is none, or several have the name */
  find(tenant: Tenant, ref: string): Promise<CatalogueEntry | undefined>
}

const offered = (w: string) => `
  ${w}.organization_id = $1 AND ${w}.project_id = $2 AND ${w}.deleted_at IS NULL AND (
    ${w}.published_version IS NOT NULL
    OR EXISTS (SELECT FROM workflow_alias a WHERE a.workflow_id = ${w}.id)
  )`

const SELECT = `
  SELECT w.id, w.name, w.description, w.published_version AS "publishedVersion",
    w.created_at AS "createdAt",
    ARRAY(
      SELECT a.name FROM workflow_alias a WHERE a.workflow_id = w.id ORDER BY a.name LIMIT 100
    ) AS aliases,
    EXISTS (
      SELECT FROM workflow o WHERE o.name = w.name AND o.id <> w.id AND ${offered('o')}
    ) AS "isNameTaken"
  FROM workflow w WHERE ${offered('w')}`

const PAGE = `${SELECT}
  AND ($3::timestamptz IS NULL OR (w.created_at, w.id) < ($3, $4))
  ORDER BY w.created_at DESC, w.id DESC LIMIT $5`

const FIND = `${SELECT} AND (w.id = $3 OR w.name = $3) LIMIT 3`

export function createCatalogueStore(pool: pg.Pool): CatalogueStore {
  return {
    async page({ organizationId, projectId }, { limit, after }) {
      const values = [organizationId, projectId, after?.createdAt, after?.id, limit]
      return (await pool.query<CatalogueEntry>(PAGE, values)).rows
    },

    async find({ organizationId, projectId }, ref) {
      const query = { name: 'dure-find-callable', text: FIND }
      const values = [organizationId, projectId, ref]
      const { rows } = await pool.query<CatalogueEntry>({ ...query, values })
      const [named, ...more] = rows.filter(({ name }) => name === ref)
      return rows.find(({ id }) => id === ref) ?? (more.length === 0 ? named : undefined)
    },
  }
}
