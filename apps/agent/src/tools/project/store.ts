import type { Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import type { ProjectTool, ToolDraft, ToolKind } from './project-tool.ts'

export interface ProjectToolStore {
  /** @returns undefined when the name is taken, or when the project has as many as it may */
  insert(tool: NewProjectTool): Promise<ProjectTool | undefined>
  find(tenant: Tenant, id: string): Promise<ProjectTool | undefined>
  findByName(tenant: Tenant, name: string): Promise<ProjectTool | undefined>
  /** Those of one import. */
  imported(tenant: Tenant, importName: string): Promise<ProjectTool[]>
  /** Newest first. */
  page(tenant: Tenant, page: ToolPage): Promise<ProjectTool[]>
  /** The revision after it. @returns undefined at another revision, `name-taken` when another has the name */
  replace(
    of: Pick<ProjectTool, 'tenant' | 'id' | 'revision'>,
    draft: ToolDraft,
  ): Promise<ProjectTool | 'name-taken' | undefined>
  /** @returns false at another revision */
  remove(of: Pick<ProjectTool, 'tenant' | 'id' | 'revision'>): Promise<boolean>
}

export interface ToolPage {
  readonly limit: number
  readonly after: PageKey | undefined
  readonly kind: ToolKind | undefined
}

export type NewProjectTool = ToolDraft &
  Pick<ProjectTool, 'id' | 'tenant' | 'createdBy'> & {
    /** How many a project may have. */
    readonly limit: number
  }

const OWNED = 'organization_id = $1 AND project_id = $2'
const VALUES = `name, kind, description, input_schema, effect, idempotent, spec, import_name,
  operation`

const INSERT = `
  INSERT INTO tool (organization_id, project_id, id, ${VALUES}, created_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
  WHERE (SELECT count(*) FROM tool WHERE ${OWNED}) < $14
  ON CONFLICT (organization_id, project_id, name) DO NOTHING
  RETURNING *`

const PAGE = `
  SELECT * FROM tool
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    AND ($6::text IS NULL OR kind = $6)
  ORDER BY created_at DESC, id DESC LIMIT $5`

const REPLACE = `
  UPDATE tool SET (${VALUES}) = ($5, $6, $7, $8, $9, $10, $11, $12, $13),
    revision = revision + 1, updated_at = now()
  WHERE ${OWNED} AND id = $3 AND revision = $4
    AND NOT EXISTS (SELECT 1 FROM tool o WHERE o.organization_id = $1 AND o.project_id = $2
      AND o.name = $5 AND o.id <> $3)
  RETURNING *`

interface Row {
  readonly id: ProjectTool['id']
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly name: string
  readonly kind: ToolKind
  readonly description: string
  readonly input_schema: ProjectTool['inputSchema']
  readonly effect: ProjectTool['effect']
  readonly idempotent: boolean
  readonly spec: ProjectTool['spec']
  readonly import_name: string | null
  readonly operation: string | null
  readonly revision: number
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
}

export function createProjectToolStore(pool: pg.Pool): ProjectToolStore {
  async function rowsOf(text: string, tenant: Tenant, values: unknown[]) {
    const owner = [tenant.organizationId, tenant.projectId]
    return (await pool.query<Row>(text, [...owner, ...values])).rows.map(toTool)
  }
  const byName = (tenant: Tenant, name: string) =>
    rowsOf(`SELECT * FROM tool WHERE ${OWNED} AND name = $3`, tenant, [name])

  return {
    async insert({ tenant, id, createdBy, limit, ...draft }) {
      const values = [id, ...valuesOf(draft), createdBy, limit]
      return (await rowsOf(INSERT, tenant, values))[0]
    },

    async find(tenant, id) {
      return (await rowsOf(`SELECT * FROM tool WHERE ${OWNED} AND id = $3`, tenant, [id]))[0]
    },

    async findByName(tenant, name) {
      return (await byName(tenant, name))[0]
    },

    imported: (tenant, importName) =>
      rowsOf(`SELECT * FROM tool WHERE ${OWNED} AND import_name = $3`, tenant, [importName]),

    page: (tenant, { limit, after, kind }) =>
      rowsOf(PAGE, tenant, [after?.createdAt ?? null, after?.id ?? null, limit, kind ?? null]),

    async replace({ tenant, id, revision }, draft) {
      const [replaced] = await rowsOf(REPLACE, tenant, [id, revision, ...valuesOf(draft)])
      if (replaced) return replaced
      const [other] = await byName(tenant, draft.name)
      return other && other.id !== id ? 'name-taken' : undefined
    },

    async remove({ tenant, id, revision }) {
      const text = `DELETE FROM tool WHERE ${OWNED} AND id = $3 AND revision = $4 RETURNING *`
      return (await rowsOf(text, tenant, [id, revision])).length > 0
    },
  }
}

function valuesOf(draft: ToolDraft): unknown[] {
  const { name, kind, description, inputSchema, effect, idempotent, spec, source } = draft
  return [
    ...[name, kind, description, JSON.stringify(inputSchema), effect, idempotent],
    ...[JSON.stringify(spec), source?.import ?? null, source?.operation ?? null],
  ]
}

function toTool(row: Row): ProjectTool {
  const { import_name: imported, operation } = row
  return {
    id: row.id,
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    name: row.name,
    kind: row.kind,
    description: row.description,
    inputSchema: row.input_schema,
    effect: row.effect,
    idempotent: row.idempotent,
    spec: row.spec,
    source: imported === null ? null : { import: imported, operation: operation ?? '' },
    revision: row.revision,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
