import type { Tenant, WorkflowId } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type { ExpectedRevisions, PageKey, Queryable } from '@dure/platform'
import type pg from 'pg'
import type { StoredTrigger, TriggerFields } from './trigger.ts'

/** What all tables of triggers have in common. */
export interface TriggerRow {
  readonly id: string
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly name: string
  readonly workflow_id: WorkflowId
  readonly version_number: number | null
  readonly alias: string | null
  readonly enabled: boolean
  readonly revision: number
  readonly created_at: Date
  readonly updated_at: Date
}

/** Values by the names of columns; names are ours, never a user's. */
export type Columns = Readonly<Record<string, unknown>>

export interface NewTrigger {
  readonly id: string
  readonly createdBy: string
}

export interface TriggerStore<Stored> {
  /**
   * @param client where it is part of a transaction
   * @throws NotFoundError `workflow.not-found` when the tenant has no such workflow
   */
  insert(tenant: Tenant, trigger: NewTrigger, columns: Columns, client?: Queryable): Promise<Stored>
  find(tenant: Tenant, id: string): Promise<Stored | undefined>
  page(tenant: Tenant, page: Keyset): Promise<Stored[]>
  /**
   * @returns undefined when there is no such trigger, none at such a revision, or no such workflow as it
   *   is to start
   */
  update(
    tenant: Tenant,
    id: string,
    columns: Columns,
    options?: { readonly expected?: ExpectedRevisions; readonly client?: Queryable },
  ): Promise<Stored | undefined>
  /** With its history. @returns whether it was there, at such a revision */
  remove(tenant: Tenant, id: string, expected: ExpectedRevisions): Promise<boolean>
}

export interface Keyset {
  readonly limit: number
  readonly after: PageKey | undefined
}

export interface TriggerTable<Row extends TriggerRow, Stored> {
  readonly table: 'schedule' | 'webhook_trigger' | 'event_trigger'
  readonly toStored: (row: Row) => Stored
}

export function createTriggerStore<Row extends TriggerRow, Stored>(
  pool: pg.Pool,
  { table, toStored }: TriggerTable<Row, Stored>,
): TriggerStore<Stored> {
  const one = async (text: string, values: unknown[], client: Queryable = pool) => {
    const { rows } = await client.query<Row>({ text, values })
    return rows[0] && toStored(rows[0])
  }

  return {
    async insert(tenant, { id, createdBy }, columns, client) {
      const { organizationId, projectId } = tenant
      const own = { id, created_by: createdBy, ...columns }
      const names = Object.keys(own)
      const places = names.map((_name, at) => `$${at + 1}`)
      const inserted = await one(
        `INSERT INTO ${table} (${names.join(', ')}, organization_id, project_id)
         SELECT ${places.join(', ')}, organization_id, project_id FROM workflow
         WHERE id = $${names.length + 1} AND organization_id = $${names.length + 2}
           AND project_id = $${names.length + 3}
         RETURNING *`,
        [...Object.values(own), columns.workflow_id, organizationId, projectId],
        client,
      )
      return inserted ?? noWorkflow()
    },

    find: ({ organizationId, projectId }, id) =>
      one(`SELECT * FROM ${table} WHERE id = $1 AND organization_id = $2 AND project_id = $3`, [
        ...[id, organizationId, projectId],
      ]),

    async page({ organizationId, projectId }, { limit, after }) {
      const { rows } = await pool.query<Row>(
        `SELECT * FROM ${table} WHERE organization_id = $1 AND project_id = $2
           AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
         ORDER BY created_at DESC, id DESC LIMIT $5`,
        [organizationId, projectId, after?.createdAt, after?.id, limit],
      )
      return rows.map(toStored)
    },

    update({ organizationId, projectId }, id, columns, { expected, client } = {}) {
      const sets = Object.keys(columns).map((name, at) => `${name} = $${at + FIRST_COLUMN}`)
      return one(
        `UPDATE ${table} SET updated_at = now(), revision = revision + 1, ${sets.join(', ')}
         WHERE id = $1 AND organization_id = $2 AND project_id = $3
           AND ($4::int[] IS NULL OR revision = ANY ($4))
           AND EXISTS (
             SELECT FROM workflow WHERE organization_id = $2 AND project_id = $3
               AND workflow.id = ${'workflow_id' in columns ? placeOf('workflow_id', columns) : `${table}.workflow_id`}
           )
         RETURNING *`,
        [id, organizationId, projectId, expected ?? null, ...Object.values(columns)],
        client,
      )
    },

    async remove({ organizationId, projectId }, id, expected) {
      const { rowCount } = await pool.query(
        `WITH gone AS (
           DELETE FROM ${table} WHERE id = $1 AND organization_id = $2 AND project_id = $3
             AND ($4::int[] IS NULL OR revision = ANY ($4))
           RETURNING id
         ), forgotten AS (
           DELETE FROM trigger_history USING gone WHERE trigger_id = gone.id
         )
         SELECT FROM gone`,
        [id, organizationId, projectId, expected ?? null],
      )
      return rowCount === 1
    },
  }
}

/** Of an UPDATE: its place among the parameters. */
const FIRST_COLUMN = 5

/** @throws ConflictError `trigger.changed` */
export function refuseChanged(
  { revision }: Pick<StoredTrigger, 'revision'>,
  expected: ExpectedRevisions,
): void {
  if (expected === undefined || expected.includes(revision)) return
  throw new ConflictError(
    'trigger.changed',
    'Somebody else has changed it meanwhile: get it again, and repeat the change if it still makes sense',
  )
}

/** Of the fields that all triggers have. */
export function columnsOf({ name, workflowId, version, alias }: TriggerFields): Columns {
  return {
    name,
    workflow_id: workflowId,
    version_number: version ?? null,
    alias: alias ?? null,
  }
}

export function toTrigger(row: TriggerRow): StoredTrigger {
  return {
    id: row.id,
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    name: row.name,
    workflowId: row.workflow_id,
    version: row.version_number,
    alias: row.alias,
    enabled: row.enabled,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function noWorkflow(): never {
  throw new NotFoundError('workflow.not-found', 'There is no such workflow')
}

function placeOf(name: string, columns: Columns): string {
  return `$${Object.keys(columns).indexOf(name) + FIRST_COLUMN}`
}
