import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase, testTenant } from '../testing/index.ts'
import { createPool } from './pool.ts'
import { requireRowSecurity } from './row-security.ts'
import { asTenant } from './tenant.ts'
import { withEveryTenant, withTenant } from './transaction.ts'
import { openUnitOfWork } from './unit-of-work.ts'

let database: TestDatabase
let superuser: pg.Pool
let pool: pg.Pool
const role = `plain_${process.pid}`

beforeAll(async () => {
  database = await testDatabase()
  superuser = new pg.Pool({ connectionString: database.superuserUrl })
  await superuser.query(`CREATE ROLE ${role} LOGIN PASSWORD 'password'`)
  await superuser.query(`
    CREATE TABLE thing (organization_id text, name text);
    ALTER TABLE thing OWNER TO ${role};
    ALTER TABLE thing ENABLE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON thing USING (organization_id = current_setting('dure.organization', true));
    CREATE POLICY service ON thing USING (current_setting('dure.scope', true) = 'service')`)
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
  test('with a table on which row level security is not forced, though nobody has named it', async () => {
    await expect(requireRowSecurity(pool)).rejects.toThrow(/not forced on thing .*migr/)
    await superuser.query('ALTER TABLE thing FORCE ROW LEVEL SECURITY')
    await expect(requireRowSecurity(pool)).resolves.toBeUndefined()
    await superuser.query(`
      CREATE TABLE fresh (organization_id text);
      CREATE TABLE journal (organization_id text, day int) PARTITION BY LIST (day);
      CREATE TABLE journal_1 PARTITION OF journal FOR VALUES IN (1);
      CREATE TABLE head (n int)`)
    await expect(requireRowSecurity(pool)).rejects.toThrow(/on fresh, head, journal in/)
    await superuser.query('ALTER TABLE fresh ENABLE ROW LEVEL SECURITY')
    // What has rows of tenants is not excepted, whoever says so.
    await expect(requireRowSecurity(pool, { except: ['fresh', 'head'] })).rejects.toThrow(
      /on fresh, journal in/,
    )
    await superuser.query('DROP TABLE fresh, journal, head')
  })

  test.each([
    ['BYPASSRLS', 'NOBYPASSRLS'],
    ['SUPERUSER', 'NOSUPERUSER'],
  ])('as a role with %s', async (give, take) => {
    await superuser.query(`ALTER ROLE ${role} ${give}`)
    await expect(requireRowSecurity(pool)).rejects.toThrow(
      new RegExp(`DATABASE_URL .* ${role}.*neither superuser nor`),
    )
    await superuser.query(`ALTER ROLE ${role} ${take}`)
  })

  test('as a role that may become another one that is mighty', async () => {
    await superuser.query(`CREATE ROLE ${role}_mighty BYPASSRLS`)
    await superuser.query(`GRANT ${role}_mighty TO ${role}`)
    await expect(requireRowSecurity(pool)).rejects.toThrow(`${role}_mighty`)
    await superuser.query(`DROP ROLE ${role}_mighty`)
  })
})

describe('a transaction for a tenant', () => {
  const add = (client: pg.PoolClient, digit: string) =>
    client.query('INSERT INTO thing VALUES ($1, $1)', [testTenant(digit).organizationId])
  const count = async (client: pg.Pool | pg.PoolClient) =>
    (await client.query('SELECT FROM thing')).rowCount

  test('sees its rows, writes no others, and leaves nothing behind on its connection', async () => {
    for (const digit of ['a', 'b']) {
      await withTenant(pool, testTenant(digit), (client) => add(client, digit))
    }
    expect(await withTenant(pool, testTenant('a'), count)).toBe(1)
    await expect(
      withTenant(pool, testTenant('a'), (client) => add(client, 'b')),
    ).rejects.toMatchObject({ code: '42501' })
    // One connection: the next one who gets it has no tenant.
    expect(await count(pool)).toBe(0)
    expect(await count(superuser)).toBe(2)
  })

  test('is one also within a unit of work, which then goes on as its own tenant', async () => {
    const { unit } = await asTenant(testTenant('a'), () => openUnitOfWork(pool, 'SELECT'))
    await asTenant(testTenant('a'), () =>
      unit.run(async () => {
        expect(await count(pool)).toBe(1)
        await withTenant(pool, testTenant('b'), (client) => add(client, 'b'))
        const lost = withTenant(pool, testTenant('b'), async (client) => {
          await add(client, 'b')
          throw new Error('changed our mind')
        })
        await expect(lost).rejects.toThrow('changed our mind')
        expect(await withTenant(pool, testTenant('b'), count)).toBe(2)
        expect(await count(pool)).toBe(1)
      }),
    )
    await unit.rollBack()
    expect(await count(pool)).toBe(0)
  })

  test('takes a name as a name, whatever is in it', async () => {
    const organizationId = "'; DROP TABLE thing; --" as never
    expect(await withTenant(pool, { organizationId }, count)).toBe(0)
    expect(await asTenant({ organizationId }, () => count(pool))).toBe(0)
    expect(await count(superuser)).toBe(2)
  })

  test('for all of them sees all, until it is over', async () => {
    expect(await withEveryTenant(pool, count)).toBe(2)
    expect(await count(pool)).toBe(0)
  })
})
