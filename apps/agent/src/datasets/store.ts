import type { DatasetId, Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import pg from 'pg'
import type { Dataset, DatasetKey } from './dataset.ts'

export type DatasetDraft = Pick<Dataset, 'name' | 'description'>

/** Datasets that were deleted are not there. */
export interface DatasetStore {
  /** @returns `name-taken`, or `too-many` when the project has as many as it may */
  insert(
    tenant: Tenant,
    dataset: DatasetDraft & Pick<Dataset, 'id' | 'createdBy'> & { readonly limit: number },
  ): Promise<Dataset | 'name-taken' | 'too-many'>
  find(key: DatasetKey): Promise<Dataset | undefined>
  /** So that nobody else changes it until the transaction ends. */
  lock(client: pg.PoolClient, key: DatasetKey): Promise<Dataset | undefined>
  update(
    client: pg.PoolClient,
    key: DatasetKey,
    draft: Partial<DatasetDraft>,
  ): Promise<Dataset | 'name-taken'>
  remove(client: pg.PoolClient, key: DatasetKey): Promise<void>
  /** Newest first. */
  page(
    tenant: Tenant,
    page: {
      readonly limit: number
      readonly after: PageKey | undefined
      readonly name?: string | undefined
    },
  ): Promise<Dataset[]>
}

export const DATASET_COLUMNS = `id, name, description, revision, case_count AS "caseCount",
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"`
const THERE = 'organization_id = $1 AND project_id = $2 AND deleted_at IS NULL'

const INSERT = `
  INSERT INTO dataset (organization_id, project_id, id, name, description, created_by)
  SELECT $1, $2, $3, $4, $5, $6
  WHERE (SELECT count(*) FROM dataset WHERE ${THERE}) < $7
  RETURNING ${DATASET_COLUMNS}`

const UPDATE = `
  UPDATE dataset SET name = coalesce($4, name), description = coalesce($5, description),
    updated_at = now()
  WHERE ${THERE} AND id = $3
  RETURNING ${DATASET_COLUMNS}`

const PAGE = `
  SELECT ${DATASET_COLUMNS} FROM dataset
  WHERE ${THERE} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    AND ($6::text IS NULL OR name = $6)
  ORDER BY created_at DESC, id DESC LIMIT $5`

export function createDatasetStore(pool: pg.Pool): DatasetStore {
  const select = `SELECT ${DATASET_COLUMNS} FROM dataset WHERE ${THERE} AND id = $3`
  return {
    async insert(tenant, { id, name, description, createdBy, limit }) {
      const values = [...ownerOf(tenant), id, name, description, createdBy, limit]
      const added = await pool.query<Dataset>(INSERT, values).catch(asNameTaken)
      return added === 'name-taken' ? added : (added.rows[0] ?? 'too-many')
    },

    async find(key) {
      return (await pool.query<Dataset>(select, keyOf(key))).rows[0]
    },

    async lock(client, key) {
      return (await client.query<Dataset>(`${select} FOR UPDATE`, keyOf(key))).rows[0]
    },

    async update(client, key, { name, description }) {
      const values = [...keyOf(key), name ?? null, description ?? null]
      const updated = await client.query<Dataset>(UPDATE, values).catch(asNameTaken)
      return updated === 'name-taken' ? updated : (updated.rows[0] as Dataset)
    },

    async remove(client, key) {
      const text = `UPDATE dataset SET deleted_at = now() WHERE ${THERE} AND id = $3`
      await client.query(text, keyOf(key))
    },

    async page(tenant, { limit, after, name }) {
      const from = [after?.createdAt ?? null, after?.id ?? null]
      const values = [...ownerOf(tenant), ...from, limit, name ?? null]
      return (await pool.query<Dataset>(PAGE, values)).rows
    },
  }
}

function ownerOf({ organizationId, projectId }: Tenant): [string, string] {
  return [organizationId, projectId]
}

export function keyOf({ tenant, datasetId }: DatasetKey): [string, string, DatasetId] {
  return [...ownerOf(tenant), datasetId]
}

/** Another one of the project has it: what was deleted has not. */
function asNameTaken(error: unknown): 'name-taken' {
  if (error instanceof pg.DatabaseError && error.constraint === 'dataset_name_key') {
    return 'name-taken'
  }
  throw error
}
