import type { Tenant } from '@dure/contracts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPool } from '../postgres/pool.ts'
import { asTenant, type TenantOfRows } from '../postgres/tenant.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { testTenant } from './identity.ts'

/** What a row needs that its types do not say, by table and column. */
export type TableValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  /** The first label of an enumeration. */
  readonly label: string | null
}

const OWN = testTenant('a')
const OTHER = testTenant('b')

/**
 * Of every table of an app that has an `organization_id`, without a list of them: who is of a tenant sees the rows of
 * that tenant and writes no others, and who is of none sees and writes nothing.
 *
 * @param unseen tables whose rows nobody sees of every tenant at once
 */
export function testRowSecurity(
  app: string,
  { values = {}, unseen = [] }: { readonly values?: TableValues; readonly unseen?: string[] } = {},
): void {
  let database: TestDatabase
  let pool: pg.Pool
  let everything: pg.Pool
  let columns: Map<string, Column[]>

  beforeAll(async () => {
    database = await testDatabase(app)
    pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 1 })
    everything = createPool(
      { DATABASE_URL: database.databaseUrl },
      { max: 1, rows: 'of every tenant' },
    )
    columns = await fill(database.superuserUrl, values)
  })
  afterAll(async () => {
    await Promise.all([pool.end(), everything.end()])
    await database.drop()
  })

  const seen = async (table: string, of = pool) =>
    (await of.query(`SELECT organization_id FROM "${table}"`)).rows.map(
      (row) => row.organization_id,
    )

  /** Each table is asked: the message says in which one it is not so. */
  async function inEachTable(work: (table: string) => Promise<unknown>): Promise<void> {
    expect(columns.size).toBeGreaterThan(0)
    for (const table of columns.keys()) {
      await work(table).catch((cause: Error) => {
        throw new Error(`${table}: ${cause.message}`, { cause })
      })
    }
  }

  describe(`the rows of ${app}`, () => {
    test('are seen by their tenant alone', () =>
      inEachTable(async (table) => {
        const { organizationId } = OWN
        for (const tenant of [OWN, { organizationId }]) {
          expect(await asTenant(tenant, () => seen(table))).toEqual([organizationId])
        }
        expect(await seen(table)).toEqual([])
      }))

    test('are seen by their project alone', () =>
      inEachTable(async (table) => {
        const isOfProject = columns.get(table)?.some(({ name }) => name === 'project_id')
        const stranger: Tenant = { ...OWN, projectId: OTHER.projectId }
        const rows = isOfProject ? [] : [OWN.organizationId]
        expect(await asTenant(stranger, () => seen(table))).toEqual(rows)
      }))

    test('are changed and removed by their tenant alone', () =>
      inEachTable(async (table) => {
        const to = [OTHER.organizationId]
        for (const statement of [
          `UPDATE "${table}" SET organization_id = organization_id WHERE organization_id = $1`,
          `DELETE FROM "${table}" WHERE organization_id = $1`,
        ]) {
          for (const work of [
            () => asTenant(OWN, () => pool.query(statement, to)),
            () => pool.query(statement, to),
          ]) {
            expect((await work()).rowCount).toBe(0)
          }
        }
      }))

    test('are not written for another tenant, nor for none', () =>
      inEachTable(async (table) => {
        const row = rowOf(columns.get(table) ?? [], OTHER, values[table])
        const write = () => insert(pool, table, row)
        await expect(asTenant(OWN, write)).rejects.toMatchObject({ code: '42501' })
        await expect(write()).rejects.toMatchObject({ code: '42501' })
      }))

    test('are seen together only by what says that it works for all', () =>
      inEachTable(async (table) => {
        const all = [OWN.organizationId, OTHER.organizationId]
        expect((await seen(table, everything)).sort()).toEqual(unseen.includes(table) ? [] : all)
      }))
  })
}

/** A row of each of two tenants in every table, whatever it refers to. */
async function fill(superuserUrl: string, values: TableValues): Promise<Map<string, Column[]>> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    const { rows } = await client.query<Column>(NEEDED)
    const columns = Map.groupBy(rows, ({ table }) => table)
    for (const [table, needed] of columns) {
      for (const tenant of [OWN, OTHER]) {
        await insert(client, table, rowOf(needed, tenant, values[table]))
      }
    }
    return columns
  } finally {
    await client.end()
  }
}

const NEEDED = `
  SELECT relname AS table, attname AS name, format_type(atttypid, NULL) AS type,
         (SELECT min(enumlabel) FROM pg_enum WHERE enumtypid = atttypid) AS label
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
   WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
     AND attnum > 0 AND NOT attisdropped AND attidentity = ''
     AND (attnotnull AND NOT atthasdef OR attname IN ('organization_id', 'project_id'))
     AND EXISTS (SELECT FROM pg_attribute AS named
                  WHERE named.attrelid = pg_class.oid AND named.attname = 'organization_id')
   ORDER BY relname, attnum`

type Row = Readonly<Record<string, unknown>>

function rowOf(needed: readonly Column[], tenant: Required<TenantOfRows>, given: Row = {}): Row {
  const { organizationId, projectId } = tenant
  const own = needed.map((column) => [column.name, anyOf(column, organizationId)] as const)
  return {
    ...Object.fromEntries(own),
    ...given,
    organization_id: organizationId,
    ...(needed.some(({ name }) => name === 'project_id') && { project_id: projectId }),
  }
}

/** Something of the type, and another one for another tenant. */
function anyOf({ type, label }: Column, organizationId: string): unknown {
  const number = organizationId.charCodeAt(organizationId.length - 1)
  if (label !== null) return label
  if (type.endsWith('[]')) return '{}'
  if (/^(integer|bigint|smallint|double precision)$/.test(type)) return number
  if (/^(date|timestamp)/.test(type)) return '2026-01-01'
  if (/^jsonb?$/.test(type)) return '{}'
  if (type === 'boolean') return false
  return organizationId
}

async function insert(db: pg.Pool | pg.Client, table: string, row: Row): Promise<void> {
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`)
  await db.query(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  )
}
