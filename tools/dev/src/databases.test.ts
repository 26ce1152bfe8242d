import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { prepareDatabases } from './databases.ts'
import { freePort } from './ports.ts'
import { SERVICES } from './repository.ts'
import { generateSecrets } from './secrets.ts'

const superuserUrl = inject('postgresUrl')
const passwords = generateSecrets().databasePasswords
/** As on a server of somebody else: it may create databases and roles, and nothing more. */
const adminUrl = urlOfRole('dure_test_admin')
let urls: Awaited<ReturnType<typeof prepareDatabases>>

beforeAll(async () => {
  await createRole('dure_test_admin', 'CREATEDB CREATEROLE')
  await createRole('dure_test_nobody', '')
  urls = await prepareDatabases({ adminUrl, passwords })
})

afterAll(async () => {
  for (const service of SERVICES) {
    await query(superuserUrl, `DROP DATABASE dure_${service} WITH (FORCE)`)
    await query(superuserUrl, `DROP ROLE dure_${service}`)
  }
  await query(superuserUrl, 'DROP ROLE dure_test_admin, dure_test_nobody')
})

function urlOfRole(name: string): string {
  const url = new URL(superuserUrl)
  url.username = name
  url.password = 'password'
  return url.href
}

function createRole(name: string, attributes: string): Promise<unknown[]> {
  return query(superuserUrl, `CREATE ROLE ${name} LOGIN PASSWORD 'password' ${attributes}`)
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('the role of a service is neither superuser nor exempt from row security', async () => {
  const rows = await query(
    urls.workflow,
    'SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
  )

  expect(rows).toEqual([
    {
      rolname: 'dure_workflow',
      rolsuper: false,
      rolbypassrls: false,
      rolcreatedb: false,
      rolcreaterole: false,
    },
  ])
})

test('a service can make tables in its own database', async () => {
  await query(urls.agent, 'CREATE TABLE mine (n int)')

  expect(await query(urls.agent, 'SELECT count(*)::int AS rows FROM mine')).toEqual([{ rows: 0 }])
})

test("a service cannot connect to another service's database", async () => {
  const foreign = new URL(urls.workflow)
  foreign.pathname = '/dure_agent'

  await expect(query(foreign.href, 'SELECT 1')).rejects.toMatchObject({ code: '42501' })
})

test('a second preparation keeps the data and takes over a new password', async () => {
  await query(urls.knowledge, 'CREATE TABLE kept (n int)')

  const again = await prepareDatabases({
    adminUrl,
    passwords: { ...passwords, knowledge: 'another' },
  })

  expect(await query(again.knowledge, 'SELECT * FROM kept')).toEqual([])
  await expect(query(urls.knowledge, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
})

test('a role that already is mighty is refused by name', async () => {
  await query(superuserUrl, 'ALTER ROLE dure_analytics BYPASSRLS')

  await expect(prepareDatabases({ adminUrl, passwords })).rejects.toThrow(
    /dure_analytics .* BYPASSRLS/,
  )
  await query(superuserUrl, 'ALTER ROLE dure_analytics NOBYPASSRLS')
})

test.each([
  ['may not create databases', urlOfRole('dure_test_nobody'), /DATABASE_URL .*CREATEDB CREATEROLE/],
  ['does not exist', urlOfRole('dure_test_stranger'), /password in DATABASE_URL/],
])('a user who %s is told which setting to mend', async (_what, url, message) => {
  await expect(prepareDatabases({ adminUrl: url, passwords })).rejects.toThrow(message)
})

test('a server that does not answer is told as such', async () => {
  const url = `postgresql://a:b@127.0.0.1:${await freePort()}/postgres`

  await expect(prepareDatabases({ adminUrl: url, passwords })).rejects.toThrow(
    /host and port in DATABASE_URL/,
  )
})
