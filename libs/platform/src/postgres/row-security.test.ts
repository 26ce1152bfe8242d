import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { createPool } from './pool.ts'
import { requireRowSecurity } from './row-security.ts'
import { withTenant } from './transaction.ts'
import { openUnitOfWork } from './unit-of-work.ts'

let database: TestDatabase
let superuser: pg.Pool
let pool: pg.Pool
const role = `plain_${process.pid}`
const tenantOf = (digit: string) => ({
  organizationId: `org_${digit.repeat(32)}` as never,
  projectId: `prj_${digit.repeat(32)}` as never,
})

beforeAll(async () => {
  database = await testDatabase()
  superuser = new pg.Pool({ connectionString: database.databaseUrl })
  await superuser.query(`CREATE ROLE ${role} LOGIN PASSWORD 'password'`)
  await superuser.query(`
    CREATE TABLE thing (organization_id text, name text);
    ALTER TABLE thing OWNER TO ${role};
    ALTER TABLE thing ENABLE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON thing USING (organization_id = current_setting('dure.organization', true))`)
  const url = new URL(database.databaseUrl)
  url.username = role
  url.password = 'password'
  pool = createPool({ DATABASE_URL: url.href }, { max: 1 })
})
afterAll(async () => {
  await pool.end()
  await superuser.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER`)
  await superuser.query(`DROP ROLE ${role}`)
  await superuser.end()
  await database.drop()
})

describe('a service does not start', () => {
  test('with a table on which row level security is not forced', async () => {
    await expect(requireRowSecurity(pool, ['thing'])).rejects.toThrow(/not forced on thing .*migr/)
    await superuser.query('ALTER TABLE thing FORCE ROW LEVEL SECURITY')
    await expect(requireRowSecurity(pool, ['thing'])).resolves.toBeUndefined()
    await expect(requireRowSecurity(pool, ['thing', 'gone'])).rejects.toThrow(/on gone /)
  })

  test.each([
    ['BYPASSRLS', 'NOBYPASSRLS'],
    ['SUPERUSER', 'NOSUPERUSER'],
  ])('as a role with %s', async (give, take) => {
    await superuser.query(`ALTER ROLE ${role} ${give}`)
    await expect(requireRowSecurity(pool, ['thing'])).rejects.toThrow(
      new RegExp(`DATABASE_URL .* ${role}.*neither superuser nor`),
    )
    await superuser.query(`ALTER ROLE ${role} ${take}`)
  })

  test('as a role that may become another one that is mighty', async () => {
    await superuser.query(`CREATE ROLE ${role}_mighty BYPASSRLS`)
    await superuser.query(`GRANT ${role}_mighty TO ${role}`)
    await expect(requireRowSecurity(pool, ['thing'])).rejects.toThrow(`${role}_mighty`)
    await superuser.query(`DROP ROLE ${role}_mighty`)
  })
})

describe('a transaction for a tenant', () => {
  const add = (client: pg.PoolClient, digit: string) =>
    client.query('INSERT INTO thing VALUES ($1, $1)', [tenantOf(digit).organizationId])
  const count = async (client: pg.Pool | pg.PoolClient) =>
    (await client.query('SELECT FROM thing')).rowCount

  test('sees its rows, writes no others, and leaves nothing behind on its connection', async () => {
    for (const digit of ['a', 'b']) {
      await withTenant(pool, tenantOf(digit), (client) => add(client, digit))
    }
    expect(await withTenant(pool, tenantOf('a'), count)).toBe(1)
    await expect(
      withTenant(pool, tenantOf('a'), (client) => add(client, 'b')),
    ).rejects.toMatchObject({ code: '42501' })
    // One connection: the next one who gets it has no tenant.
    expect(await count(pool)).toBe(0)
    expect(await count(superuser)).toBe(2)
  })

  test('is one also within a unit of work', async () => {
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    await unit.run(async () => {
      expect(await withTenant(pool, tenantOf('a'), count)).toBe(1)
    })
    await unit.commit('SELECT')
    expect(await count(pool)).toBe(0)
  })

  test('takes a name as a name, whatever is in it', async () => {
    const organizationId = "'; DROP TABLE thing; --" as never
    expect(await withTenant(pool, { organizationId }, count)).toBe(0)
    expect(await count(superuser)).toBe(2)
  })
})
