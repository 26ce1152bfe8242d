import { createPool } from '@dure/platform'
import {
  eventually,
  type TestDatabase,
  testDatabase,
  testRowSecurity,
} from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { as, keyClient } from '../keys/testing/key-client.ts'
import { startGateway, type TestGateway } from '../testing/gateway.ts'

const TABLES = ['organization', 'project', 'member', 'service_principal', 'api_key']
const TENANTS = 50
const REQUESTS = 1000

testRowSecurity('gateway', {
  values: { member: { email: 'a@a.a' }, audit_entry: { content: '{}' } },
  // Whoever works for all tenants works here for one after the other.
  unseen: ['api_key', 'limit_policy', 'member', 'project', 'service_principal'],
})

let gateway: TestGateway
let database: TestDatabase
let pool: pg.Pool
let superuser: pg.Pool
const { ask } = keyClient(() => gateway)

beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
  superuser = createPool({ DATABASE_URL: database.superuserUrl })
  gateway = await startGateway()
  await superuser.query(`
    INSERT INTO organization (id, name) VALUES ('org_1', 'one'), ('org_2', 'two');
    INSERT INTO project (id, organization_id, name) VALUES ('prj_1', 'org_1', 'p'), ('prj_2', 'org_2', 'p');
    INSERT INTO member (id, organization_id, email, role)
      VALUES ('usr_1', 'org_1', 'a@a.a', 'viewer'), ('usr_2', 'org_2', 'a@a.a', 'viewer');
    INSERT INTO service_principal (id, organization_id, project_id, name, role)
      VALUES ('svc_1', 'org_1', 'prj_1', 's', 'viewer'), ('svc_2', 'org_2', 'prj_2', 's', 'viewer');
    INSERT INTO api_key (id, organization_id, project_id, public_id, hash, pepper_version, start, last4)
      VALUES ('key_1', 'org_1', 'prj_1', 'first', '', 1, '', ''), ('key_2', 'org_2', 'prj_2', 'second', '', 1, '', '')`)
})
afterAll(async () => {
  await pool.end()
  await superuser.end()
  await database.drop()
  await gateway.close()
})

/** Rows that the role of the gateway sees in a transaction with these settings. */
async function rowsSeen(table: string, settings: Record<string, string>): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const [name, value] of Object.entries(settings)) {
      await client.query('SELECT set_config($1, $2, true)', [name, value])
    }
    const { rows } = await client.query(`SELECT id FROM ${table} ORDER BY id`)
    await client.query('COMMIT')
    return rows.map(({ id }) => id)
  } finally {
    client.release()
  }
}

describe.each(TABLES)('the table %s', (table) => {
  test('shows nothing without a tenant, and with one only its own', async () => {
    const all = (await superuser.query(`SELECT id FROM ${table} ORDER BY id`)).rows
    expect(all).toHaveLength(2)
    for (const settings of [{}, { 'dure.organization': '' }, { 'dure.project': 'prj_1' }]) {
      expect(await rowsSeen(table, settings)).toEqual([])
    }
    expect(await rowsSeen(table, { 'dure.organization': 'org_1' })).toEqual([all[0].id])
  })

  test('is changed only where it is seen', async () => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query("SELECT set_config('dure.organization', 'org_1', true)")
      // What a look-up shows may be read, and no more.
      await client.query("SELECT set_config('dure.looked_up', 'second', true)")
      await client.query("SELECT set_config('dure.email', 'a@a.a', true)")
      expect((await client.query(`UPDATE ${table} SET created_at = now()`)).rowCount).toBe(1)
      const move = table === 'organization' ? "id = 'org_2'" : "organization_id = 'org_2'"
      await expect(client.query(`UPDATE ${table} SET ${move}`)).rejects.toMatchObject({
        code: '42501',
      })
      await client.query('ROLLBACK')
    } finally {
      client.release()
    }
  })
})

test('a project narrows what is seen of an organization', async () => {
  for (const table of ['service_principal', 'api_key']) {
    const seen = (project: string) =>
      rowsSeen(table, { 'dure.organization': 'org_1', 'dure.project': project })
    expect(await seen('prj_2')).toEqual([])
    expect(await seen('prj_1')).toHaveLength(1)
  }
})

test('a look-up shows one key, by the whole of its public id', async () => {
  expect(await rowsSeen('api_key', { 'dure.looked_up': 'first' })).toEqual(['key_1'])
  for (const other of ['fir', 'first%', 'first,second', '', "' OR true --"]) {
    expect(await rowsSeen('api_key', { 'dure.looked_up': other })).toEqual([])
  }
})

test('a look-up shows the members with one subject, or with one address and no subject yet', async () => {
  await superuser.query("UPDATE member SET external_subject = 'sub' WHERE id = 'usr_2'")
  expect(await rowsSeen('member', { 'dure.subject': 'sub' })).toEqual(['usr_2'])
  expect(await rowsSeen('member', { 'dure.email': 'a@a.a' })).toEqual(['usr_1'])
  for (const other of ['su', 'sub%', '', "' OR true --"]) {
    expect(await rowsSeen('member', { 'dure.subject': other, 'dure.email': other })).toEqual([])
  }
  expect(await rowsSeen('member', { 'dure.looked_up': 'sub' })).toEqual([])
})

/** On a busy machine some requests find no connection in time: they are told to come again. */
async function answered(method: string, path: string, body?: object, headers = {}) {
  return eventually(
    async () => {
      const response = await ask(method, path, body, headers)
      expect([200, 201]).toContain(response.status)
      return response.json()
    },
    { timeoutMs: 60_000 },
  )
}

test(`${REQUESTS} requests of ${TENANTS} tenants at the same time see each their own`, {
  timeout: 240_000,
}, async () => {
  const keys: { id: string; key: string }[] = []
  for (let n = 0; n < TENANTS; n++) {
    const apiKey = { name: `key of ${n}`, scopes: ['api-keys:read', 'organizations:read'] }
    const made = await answered('POST', '/v2/projects', { name: `project ${n}`, apiKey })
    keys.push((made as { apiKey: { id: string; key: string } }).apiKey)
  }
  for (let begun = 0; begun < REQUESTS; begun += TENANTS) {
    await Promise.all(
      keys.map(async ({ id, key }, n) => {
        const page = await answered('GET', '/v1/api-keys?limit=100', undefined, as(key))
        expect((page as { data: unknown[] }).data).toEqual([
          expect.objectContaining({ id, name: `key of ${n}` }),
        ])
      }),
    )
  }
})

test('the gateway does not start as a superuser', async () => {
  const started = createApp({ ...gateway.config, DATABASE_URL: gateway.databaseUrl })
  const app = await started
  await expect(app.ready()).rejects.toThrow(/DATABASE_URL .*neither superuser nor has BYPASSRLS/)
  await app.close()
})
