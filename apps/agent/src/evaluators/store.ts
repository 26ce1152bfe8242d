import type { EvaluatorId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import pg from 'pg'
import type { Evaluator, EvaluatorConfig } from './evaluator.ts'

/** Which revisions a change may replace; undefined: any. */
export type Expected = readonly number[] | undefined
export type EvaluatorDraft = Pick<Evaluator, 'name' | 'config'>

export interface EvaluatorStore {
  /** @returns `name-taken`, or `too-many` when the project has as many as it may */
  insert(
    tenant: Tenant,
    evaluator: EvaluatorDraft & Pick<Evaluator, 'id' | 'createdBy'> & { readonly limit: number },
  ): Promise<Evaluator | 'name-taken' | 'too-many'>
  find(tenant: Tenant, id: EvaluatorId): Promise<Evaluator | undefined>
  /** Those that are there, in no order. */
  findAll(tenant: Tenant, ids: readonly EvaluatorId[]): Promise<Evaluator[]>
  /** @returns undefined when it is not there, or has another revision */
  replace(
    tenant: Tenant,
    id: EvaluatorId,
    change: { readonly draft: EvaluatorDraft; readonly expected: Expected },
  ): Promise<Evaluator | 'name-taken' | undefined>
  /** @returns false when it is not there, or has another revision */
  remove(tenant: Tenant, id: EvaluatorId, expected: Expected): Promise<boolean>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<Evaluator[]>
}

const COLUMNS = `id, name, config, revision, created_by AS "createdBy", created_at AS "createdAt",
  updated_at AS "updatedAt"`
const OWNED = 'organization_id = $1 AND project_id = $2'
const EXPECTED = '($4::int[] IS NULL OR revision = ANY ($4))'

const INSERT = `
  INSERT INTO evaluator (organization_id, project_id, id, name, config, created_by)
  SELECT $1, $2, $3, $4, $5, $6
  WHERE (SELECT count(*) FROM evaluator WHERE ${OWNED}) < $7
  RETURNING ${COLUMNS}`

const REPLACE = `
  UPDATE evaluator SET name = $5, config = $6, revision = revision + 1, updated_at = now()
  WHERE ${OWNED} AND id = $3 AND ${EXPECTED}
  RETURNING ${COLUMNS}`

const PAGE = `
  SELECT ${COLUMNS} FROM evaluator
  WHERE ${OWNED} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
  ORDER BY created_at DESC, id DESC LIMIT $5`

export function createEvaluatorStore(pool: pg.Pool): EvaluatorStore {
  const rowsOf = async (text: string, tenant: Tenant, values: unknown[]) => {
    const owner = [tenant.organizationId, tenant.projectId]
    return (await pool.query<Evaluator>(text, [...owner, ...values])).rows
  }
  const json = (config: EvaluatorConfig) => JSON.stringify(config)

  return {
    async insert(tenant, { id, name, config, createdBy, limit }) {
      const values = [id, name, json(config), createdBy, limit]
      const rows = await rowsOf(INSERT, tenant, values).catch(asNameTaken)
      return rows === 'name-taken' ? rows : (rows[0] ?? 'too-many')
    },

    async find(tenant, id) {
      const text = `SELECT ${COLUMNS} FROM evaluator WHERE ${OWNED} AND id = $3`
      return (await rowsOf(text, tenant, [id]))[0]
    },

    findAll(tenant, ids) {
      const text = `SELECT ${COLUMNS} FROM evaluator WHERE ${OWNED} AND id = ANY ($3)`
      return rowsOf(text, tenant, [ids])
    },

    async replace(tenant, id, { draft: { name, config }, expected }) {
      const values = [id, expected ?? null, name, json(config)]
      const rows = await rowsOf(REPLACE, tenant, values).catch(asNameTaken)
      return rows === 'name-taken' ? rows : rows[0]
    },

    async remove(tenant, id, expected) {
      const text = `DELETE FROM evaluator WHERE ${OWNED} AND id = $3 AND ${EXPECTED} RETURNING id`
      return (await rowsOf(text, tenant, [id, expected ?? null])).length > 0
    },

    page: (tenant, { limit, after }) =>
      rowsOf(PAGE, tenant, [after?.createdAt ?? null, after?.id ?? null, limit]),
  }
}

function asNameTaken(error: unknown): 'name-taken' {
  if (error instanceof pg.DatabaseError && error.constraint === 'evaluator_name_key') {
    return 'name-taken'
  }
  throw error
}
