import type { Tenant, WorkflowId } from '@dure/contracts'
import { type PageKey, type Queryable, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { AliasTarget, Outcomes, RollbackRule, Verdict } from './alias.ts'

export interface StoredAlias {
  readonly id: string
  readonly workflowId: WorkflowId
  readonly name: string
  readonly targets: readonly AliasTarget[]
  readonly rollback: RollbackRule | null
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface AliasChange {
  readonly id: string
  readonly kind: 'created' | 'changed' | 'promoted' | 'rolled-back' | 'deleted'
  readonly targets: readonly AliasTarget[]
  readonly reason: string | null
  readonly changedBy: string
  readonly changedAt: Date
}

type NewAlias = Pick<StoredAlias, 'id' | 'workflowId' | 'name' | 'targets' | 'rollback'>

/** What an alias becomes, and who wants it. */
export interface Lead {
  readonly kind: 'changed' | 'promoted' | 'rolled-back'
  readonly targets: readonly AliasTarget[]
  /** Absent: as it was. */
  readonly rollback?: RollbackRule | null
  readonly reason?: string
  readonly by: string
}

/** A run of an alias that has ended. */
export interface AliasRun {
  readonly tenant: Tenant
  readonly workflowId: WorkflowId
  readonly versionNumber: number
  readonly alias: string
  readonly failed: boolean
}

type Counted = Pick<StoredAlias, 'id' | 'targets'> & {
  readonly rollback: RollbackRule
  readonly outcomes: string
}

export interface AliasStore {
  /** @returns undefined when the workflow has an alias of this name */
  create(tenant: Tenant, alias: NewAlias, by: string): Promise<StoredAlias | undefined>
  find(tenant: Tenant, id: string): Promise<StoredAlias | undefined>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: {
      readonly limit: number
      readonly after: PageKey | undefined
      readonly workflowId: WorkflowId | undefined
    },
  ): Promise<StoredAlias[]>
  /** With new targets, the outcomes are counted anew. @returns undefined at another revision */
  lead(
    tenant: Tenant,
    id: string,
    change: Lead & { revision: number },
  ): Promise<StoredAlias | undefined>
  /** @returns false at another revision */
  remove(tenant: Tenant, id: string, at: { revision: number; by: string }): Promise<boolean>
  outcomes(tenant: Tenant, id: string): Promise<Outcomes[]>
  /** Newest first, those with a lower id than `before`. */
  changes(
    tenant: Tenant,
    id: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<AliasChange[]>
  /** Of these numbers, those of versions of the workflow; undefined when it is not there. */
  versionsOf(
    tenant: Tenant,
    id: WorkflowId,
    numbers: readonly number[],
  ): Promise<Set<number> | undefined>
  /** @returns what is counted now; undefined when nobody wants to know how its runs end */
  count(run: AliasRun): Promise<Counted | undefined>
  /** Judges while nobody else can change the alias. @returns whether it was changed */
  judge(
    tenant: Tenant,
    id: string,
    verdict: (
      alias: StoredAlias,
      counted: readonly Outcomes[],
    ) => (Verdict & { by: string }) | undefined,
  ): Promise<boolean>
}

const COLUMNS = `id, workflow_id AS "workflowId", name, targets, rollback, revision,
  created_at AS "createdAt", updated_at AS "updatedAt"`
const OWNED = 'id = $1 AND organization_id = $2 AND project_id = $3'

/** An alias and the record of who made it, in one statement. */
const CREATE = `
  WITH alias AS (
    INSERT INTO workflow_alias
      (id, workflow_id, organization_id, project_id, name, targets, rollback)
    VALUES ($1, $4, $2, $3, $5, $6, $7)
    ON CONFLICT (workflow_id, name) DO NOTHING
    RETURNING *
  ), noted AS (
    INSERT INTO workflow_alias_change
      (alias_id, organization_id, project_id, kind, targets, changed_by)
    SELECT id, organization_id, project_id, 'created', targets, $8 FROM alias
  )
  SELECT ${COLUMNS} FROM alias`

const LEAD = `
  WITH alias AS (
    UPDATE workflow_alias SET targets = $5, rollback = CASE WHEN $6 THEN $7::jsonb ELSE rollback END,
      revision = revision + 1, updated_at = now()
    WHERE ${OWNED} AND revision = $4
    RETURNING *
  ), noted AS (
    INSERT INTO workflow_alias_change
      (alias_id, organization_id, project_id, kind, targets, reason, changed_by)
    SELECT id, organization_id, project_id, $8, targets, $9, $10 FROM alias
  ), forgotten AS (
    DELETE FROM workflow_alias_outcome WHERE alias_id IN (SELECT id FROM alias)
  )
  SELECT ${COLUMNS} FROM alias`

const REMOVE = `
  WITH alias AS (
    DELETE FROM workflow_alias WHERE ${OWNED} AND revision = $4 RETURNING *
  )
  INSERT INTO workflow_alias_change
    (alias_id, organization_id, project_id, kind, targets, changed_by)
  SELECT id, organization_id, project_id, 'deleted', targets, $5 FROM alias`

const PAGE = `
  SELECT ${COLUMNS} FROM workflow_alias
  WHERE organization_id = $1 AND project_id = $2
    AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    AND ($5::text IS NULL OR workflow_id = $5)
  ORDER BY created_at DESC, id DESC LIMIT $6`

const CHANGES = `
  SELECT c.id::text, kind, targets, reason, changed_by AS "changedBy", changed_at AS "changedAt"
  FROM workflow_alias_change c
  WHERE alias_id = $1 AND organization_id = $2 AND project_id = $3
    AND ($4::bigint IS NULL OR c.id < $4)
  ORDER BY c.id DESC LIMIT $5`

const VERSIONS = `
  SELECT v.number FROM workflow w
  LEFT JOIN workflow_version v ON v.workflow_id = w.id AND v.number = ANY ($4::int[])
  WHERE w.id = $1 AND w.organization_id = $2 AND w.project_id = $3 AND w.deleted_at IS NULL`

/** Only while somebody wants to know, and of versions that the alias leads to. */
const COUNT = `
  WITH alias AS (
    SELECT id, targets, rollback FROM workflow_alias
    WHERE workflow_id = $1 AND organization_id = $2 AND project_id = $3 AND name = $4
      AND rollback IS NOT NULL
      AND targets @> jsonb_build_array(jsonb_build_object('version', $5::int))
  ), counted AS (
    INSERT INTO workflow_alias_outcome AS known (alias_id, version_number, outcomes)
    SELECT id, $5, $6 FROM alias
    ON CONFLICT (alias_id, version_number) DO UPDATE SET outcomes = right(
      known.outcomes || excluded.outcomes,
      (SELECT (rollback ->> 'windowRuns')::int FROM alias)
    )
    RETURNING outcomes
  )
  SELECT id, targets, rollback, outcomes FROM alias, counted`

const OUTCOMES = `
  SELECT o.version_number AS version, o.outcomes
  FROM workflow_alias JOIN workflow_alias_outcome o ON o.alias_id = id
  WHERE ${OWNED}`

const FIND = `SELECT ${COLUMNS} FROM workflow_alias WHERE ${OWNED}`

type Row = StoredAlias & pg.QueryResultRow

function json(value: unknown): string | null {
  return value == null ? null : JSON.stringify(value)
}

function owned({ organizationId, projectId }: Tenant, id: string): unknown[] {
  return [id, organizationId, projectId]
}

async function rowsOf<Some extends pg.QueryResultRow>(
  client: Queryable,
  text: string,
  values: unknown[],
): Promise<Some[]> {
  return (await client.query<Some>({ text, values })).rows
}

async function lead(
  client: Queryable,
  { tenant, id, revision }: { tenant: Tenant; id: string; revision: number },
  { kind, targets, rollback, reason, by }: Lead,
): Promise<StoredAlias | undefined> {
  const to = [json(targets), rollback !== undefined, json(rollback), kind, reason ?? null, by]
  const [row] = await rowsOf<Row>(client, LEAD, [...owned(tenant, id), revision, ...to])
  return row
}

export function createAliasStore(pool: pg.Pool): AliasStore {
  return {
    lead: (tenant, id, { revision, ...change }) => lead(pool, { tenant, id, revision }, change),
    outcomes: (tenant, id) => rowsOf(pool, OUTCOMES, owned(tenant, id)),

    async create(tenant, { id, workflowId, name, targets, rollback }, by) {
      const values = [...owned(tenant, id), workflowId, name, json(targets), json(rollback), by]
      return (await rowsOf<Row>(pool, CREATE, values))[0]
    },

    find: async (tenant, id) => (await rowsOf<Row>(pool, FIND, owned(tenant, id)))[0],

    page: ({ organizationId, projectId }, { limit, after, workflowId }) => {
      const from = [after?.createdAt ?? null, after?.id ?? null]
      return rowsOf(pool, PAGE, [organizationId, projectId, ...from, workflowId ?? null, limit])
    },

    async remove(tenant, id, { revision, by }) {
      const values = [...owned(tenant, id), revision, by]
      return ((await pool.query({ text: REMOVE, values })).rowCount ?? 0) > 0
    },

    changes: (tenant, id, { limit, before }) =>
      rowsOf(pool, CHANGES, [...owned(tenant, id), before ?? null, limit]),

    async versionsOf(tenant, id, numbers) {
      const values = [...owned(tenant, id), numbers]
      const rows = await rowsOf<{ number: number | null }>(pool, VERSIONS, values)
      if (rows.length === 0) return undefined
      return new Set(rows.flatMap(({ number }) => number ?? []))
    },

    async count({ tenant, workflowId, alias, versionNumber, failed }) {
      const values = [...owned(tenant, workflowId), alias, versionNumber, failed ? '1' : '0']
      const query = { name: 'dure-count-alias-run', text: COUNT, values }
      return (await pool.query<Counted & pg.QueryResultRow>(query)).rows[0]
    },

    judge: (tenant, id, verdict) =>
      withTransaction(pool, async (client) => {
        const [alias] = await rowsOf<Row>(client, `${FIND} FOR UPDATE`, owned(tenant, id))
        const outcomes = await rowsOf<Outcomes & pg.QueryResultRow>(
          client,
          OUTCOMES,
          owned(tenant, id),
        )
        const found = alias && verdict(alias, outcomes)
        if (!alias || !found) return false
        const place = { tenant, id, revision: alias.revision }
        return (await lead(client, place, { ...found, kind: 'rolled-back' })) !== undefined
      }),
  }
}
