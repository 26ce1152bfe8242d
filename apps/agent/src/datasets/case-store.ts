import type pg from 'pg'
import type { CaseBody, CaseId, Dataset, DatasetCase, DatasetKey } from './dataset.ts'
import { DATASET_COLUMNS, keyOf } from './store.ts'

/**
 * Cases are never changed in place: a revision of a dataset is the rows that it had. Rows that are no longer
 * in it stay as long as an experiment ran on a revision that has them.
 *
 * What writes needs the dataset to be locked.
 */
export interface CaseStore {
  /** As the revision has them, in their order. */
  page(
    key: DatasetKey,
    page: { readonly revision: number; readonly from: number; readonly limit: number },
  ): Promise<DatasetCase[]>
  find(key: DatasetKey, id: CaseId, client?: pg.PoolClient): Promise<DatasetCase | undefined>
  add(
    client: pg.PoolClient,
    key: DatasetKey,
    cases: readonly { readonly id: CaseId; readonly body: CaseBody }[],
  ): Promise<Dataset>
  replace(
    client: pg.PoolClient,
    key: DatasetKey,
    before: DatasetCase,
    body: CaseBody,
  ): Promise<Dataset>
  remove(client: pg.PoolClient, key: DatasetKey, before: DatasetCase): Promise<Dataset>
}

const OF_DATASET = `FROM dataset_case
  WHERE organization_id = $1 AND project_id = $2 AND dataset_id = $3`
const COLUMNS = 'id, ordinal, added_in AS since, body'

const PAGE = `SELECT ${COLUMNS} ${OF_DATASET} AND added_in <= $4
  AND (removed_in IS NULL OR removed_in > $4) AND ordinal >= $5 ORDER BY ordinal LIMIT $6`

const BUMP = `
  UPDATE dataset SET revision = revision + 1, case_count = case_count + $4,
    next_ordinal = next_ordinal + $5, updated_at = now()
  WHERE organization_id = $1 AND project_id = $2 AND id = $3
  RETURNING ${DATASET_COLUMNS}, next_ordinal AS "nextOrdinal"`

const INSERT = `
  INSERT INTO dataset_case (organization_id, project_id, dataset_id, id, ordinal, added_in, body)
  SELECT $1, $2, $3, given ->> 'id', $4 + place - 1, $5, given -> 'body'
  FROM json_array_elements($6::json) WITH ORDINALITY AS cases (given, place)`

const REPLACE = `
  INSERT INTO dataset_case (organization_id, project_id, dataset_id, id, ordinal, added_in, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`

const END = `
  UPDATE dataset_case SET removed_in = $5
  WHERE organization_id = $1 AND project_id = $2 AND dataset_id = $3 AND id = $4
    AND removed_in IS NULL`

/** Rows that neither the newest revision has, nor one that an experiment ran on. */
const FORGET = `
  DELETE FROM dataset_case
  WHERE organization_id = $1 AND project_id = $2 AND dataset_id = $3 AND removed_in IS NOT NULL
    AND NOT EXISTS (SELECT FROM experiment WHERE experiment.dataset_id = $3
      AND dataset_revision >= added_in AND dataset_revision < removed_in)`

interface Row {
  readonly id: CaseId
  readonly ordinal: number
  readonly since: number
  readonly body: CaseBody
}

export function createCaseStore(pool: pg.Pool): CaseStore {
  async function bump(
    client: pg.PoolClient,
    key: DatasetKey,
    by: { readonly cases: number; readonly ordinals: number },
  ): Promise<Dataset & { readonly nextOrdinal: number }> {
    const values = [...keyOf(key), by.cases, by.ordinals]
    const { rows } = await client.query<Dataset & { nextOrdinal: number }>(BUMP, values)
    if (!rows[0]) throw new Error('The dataset was not locked')
    return rows[0]
  }

  async function end(client: pg.PoolClient, key: DatasetKey, { id }: DatasetCase, at: number) {
    await client.query(END, [...keyOf(key), id, at])
    await client.query(FORGET, keyOf(key))
  }

  return {
    async page(key, { revision, from, limit }) {
      const { rows } = await pool.query<Row>(PAGE, [...keyOf(key), revision, from, limit])
      return rows.map(toCase)
    },

    async find(key, id, client) {
      const text = `SELECT ${COLUMNS} ${OF_DATASET} AND id = $4 AND removed_in IS NULL`
      const [row] = (await (client ?? pool).query<Row>(text, [...keyOf(key), id])).rows
      return row && toCase(row)
    },

    async add(client, key, cases) {
      const { nextOrdinal, ...dataset } = await bump(client, key, {
        cases: cases.length,
        ordinals: cases.length,
      })
      const first = nextOrdinal - cases.length
      const values = [...keyOf(key), first, dataset.revision, JSON.stringify(cases)]
      await client.query(INSERT, values)
      return dataset
    },

    async replace(client, key, before, body) {
      const { nextOrdinal: _, ...dataset } = await bump(client, key, { cases: 0, ordinals: 0 })
      await end(client, key, before, dataset.revision)
      const row = [before.id, before.ordinal, dataset.revision, JSON.stringify(body)]
      await client.query(REPLACE, [...keyOf(key), ...row])
      return dataset
    },

    async remove(client, key, before) {
      const { nextOrdinal: _, ...dataset } = await bump(client, key, { cases: -1, ordinals: 0 })
      await end(client, key, before, dataset.revision)
      return dataset
    },
  }
}

function toCase({ id, ordinal, since, body }: Row): DatasetCase {
  return { ...body, id, ordinal, since }
}
