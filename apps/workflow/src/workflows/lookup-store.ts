import type { Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import type { Graph } from '@dure/engine'
import { asTenant } from '@dure/platform'
import type pg from 'pg'

export interface VersionRow {
  readonly id: WorkflowVersionId
  readonly workflowId: WorkflowId
  readonly number: number
  /** Null when whoever asks has it. */
  readonly graph: Graph | null
}

/** What a new run may take. */
export interface Lookup {
  readonly tenant: Tenant
  readonly workflowId: WorkflowId
  /** Absent, without an alias: the published one. */
  readonly version?: number | undefined
  readonly alias?: string | undefined
  /** Versions whose graph need not be sent. */
  readonly known: readonly WorkflowVersionId[]
}

export interface Found {
  /** With their weights, those without any left out. */
  readonly targets: readonly { readonly weight: number; readonly version: VersionRow }[]
}

/** Reads what a run needs to begin: each in one round trip. */
export interface LookupStore {
  /** @returns undefined when there is no such workflow, or it was deleted */
  find(lookup: Lookup): Promise<Found | undefined>
  byId(id: WorkflowVersionId): Promise<VersionRow | undefined>
}

const FIND = `
  SELECT t.weight, v.id, v.number,
    CASE WHEN v.id = ANY ($6::text[]) THEN NULL ELSE v.graph END AS graph
  FROM workflow w
  LEFT JOIN workflow_alias a ON a.workflow_id = w.id AND a.name = $5
  LEFT JOIN LATERAL (
    SELECT $4::int AS number, 100 AS weight WHERE $4 IS NOT NULL
    UNION ALL
    SELECT w.published_version, 100 WHERE $4 IS NULL AND $5 IS NULL
    UNION ALL
    SELECT target.version, target.weight
    FROM jsonb_to_recordset(a.targets) AS target (version int, weight int)
    WHERE $4 IS NULL AND target.weight > 0
  ) t ON true
  LEFT JOIN workflow_version v ON v.workflow_id = w.id AND v.number = t.number
  WHERE w.id = $1 AND w.organization_id = $2 AND w.project_id = $3 AND w.deleted_at IS NULL`

const BY_ID = `
  SELECT id, workflow_id AS "workflowId", number, graph FROM workflow_version WHERE id = $1`

interface FoundRow {
  readonly weight: number | null
  readonly id: WorkflowVersionId | null
  readonly number: number
  readonly graph: Graph | null
}

/** @param everyTenant for versions of runs, whoever's they are */
export function createLookupStore(pool: pg.Pool, everyTenant: pg.Pool): LookupStore {
  return {
    async find({ tenant, workflowId, version, alias, known }) {
      const { organizationId, projectId } = tenant
      const values = [workflowId, organizationId, projectId, version ?? null, alias ?? null, known]
      const query = { name: 'dure-find-version', text: FIND, values }
      // Of a burst of requests, one asks for all; and a trigger asks without any.
      const { rows } = await asTenant(tenant, () => pool.query<FoundRow>(query))
      const [first] = rows
      if (!first) return undefined
      return {
        targets: rows.flatMap(({ id, number, weight, graph }) =>
          id === null ? [] : [{ weight: weight ?? 0, version: { id, workflowId, number, graph } }],
        ),
      }
    },

    async byId(id) {
      const query = { name: 'dure-version-by-id', text: BY_ID, values: [id] }
      const { rows } = await everyTenant.query<VersionRow>(query)
      return rows[0]
    },
  }
}
