import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@dure/contracts'
import { asTenant, createLogger, createPool } from '@dure/platform'
import { type TestDatabase, testDatabase, testIdentity, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHeadSigner, readSignedHead } from './heads-service.ts'
import { type AuditLog, createAuditLog } from './service.ts'
import { type AuditStore, createAuditStore } from './store.ts'
import { verifyChain } from './verify.ts'

const { privateKey, publicKey } = testIdentity()
let database: TestDatabase
let pool: pg.Pool
let store: AuditStore
let audit: AuditLog
let headsFile: string

beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
  store = createAuditStore(pool)
  headsFile = join(await mkdtemp(join(tmpdir(), 'dure-audit-')), 'heads')
  const log = createLogger('test', { LOG_LEVEL: 'silent' })
  audit = createAuditLog({ store, signHead: createHeadSigner(privateKey), headsFile, log })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

function identityOf(seed: string): Identity {
  return { principalId: 'key_1', tenant: testTenant(seed), scopes: ['api-keys:write'] }
}

async function record(seed: string, path = '/v1/api-keys'): Promise<void> {
  const request = { method: 'POST', path, requestId: 'req_1', ip: '::1', userAgent: 'curl' }
  const answered = await audit.begin(request, identityOf(seed))
  answered(201)
  await audit.settle()
}

async function listed(seed: string) {
  const { organizationId, projectId } = testTenant(seed)
  const filter = { principalId: undefined, target: undefined, before: undefined, limit: 100 }
  const links = await store.list({ organizationId, projectId, ...filter })
  return links.map(({ content }) => JSON.parse(content))
}

test('a change is written down before it is made, and when it has been answered', async () => {
  const { organizationId, projectId } = testTenant('1')
  const request = {
    method: 'POST',
    path: `/v1/workflows/wf_${'a'.repeat(32)}/duplicate`,
    requestId: 'req_1',
    ip: '203.0.113.9',
    userAgent: undefined,
  }
  const answered = await audit.begin(request, identityOf('1'))
  expect(await listed('1')).toMatchObject([
    { phase: 'asked', action: 'POST /v1/workflows/{id}/duplicate' },
  ])

  answered(201)
  await audit.settle()
  const of = {
    targets: [`wf_${'a'.repeat(32)}`],
    principalId: 'key_1',
    projectId,
    ip: '203.0.113.9',
  }
  expect(await listed('1')).toMatchObject([
    { phase: 'answered', status: 201, ...of },
    { phase: 'asked', ...of },
  ])
  expect(await verifyChain(store, organizationId, new Map())).toMatchObject({
    head: { seq: 2 },
    fault: null,
  })
})

test('many at once make one chain without a gap', async () => {
  await Promise.all(Array.from({ length: 40 }, () => record('2')))
  const verdict = await verifyChain(store, testTenant('2').organizationId, new Map())
  expect(verdict).toMatchObject({ head: { seq: 80 }, fault: null })
})

test('nothing that was written can be changed, not even by the one who wrote it', async () => {
  await record('3')
  for (const statement of [
    `UPDATE audit_entry SET content = '{}'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    'DELETE FROM audit_signature',
  ]) {
    if (statement.includes('signature')) await audit.sign()
    const change = asTenant(testTenant('3'), () => pool.query(statement))
    await expect(change).rejects.toThrow('never changed')
  }
})

test('a head that was signed says later that the end was cut off, although the rest fits', async () => {
  const { organizationId } = testTenant('4')
  await record('4')
  await audit.sign()
  const heads = (await readFile(headsFile, 'utf8')).trim().split('\n')
  const signed = await Promise.all(heads.map((jws) => readSignedHead(jws, publicKey)))
  const own = signed.find((head) => head.organizationId === organizationId)
  expect(own?.seq).toBe(2)
  const kept = new Map([[2, own?.hash as Buffer]])
  expect((await verifyChain(store, organizationId, kept)).fault).toBeNull()

  await pool.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only')
  await asTenant({ organizationId }, () => pool.query('DELETE FROM audit_entry WHERE seq = 2'))
  await pool.query('ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only')
  expect((await verifyChain(store, organizationId, new Map())).fault).toBeNull()
  expect((await verifyChain(store, organizationId, kept)).fault).toEqual({
    seq: 2,
    kind: 'cut-off',
  })
})

test('heads are signed once, and again only when there is more', async () => {
  await record('5')
  await audit.sign()
  const before = (await readFile(headsFile, 'utf8')).length
  await audit.sign()
  expect((await readFile(headsFile, 'utf8')).length).toBe(before)
  await record('5')
  await audit.sign()
  expect((await readFile(headsFile, 'utf8')).length).toBeGreaterThan(before)
})

test('an identity that the gateway signed is no head, and a head of others neither', async () => {
  const identity = (await testIdentity().headers('workflow'))['x-dure-identity'] as string
  await expect(readSignedHead(identity, publicKey)).rejects.toThrow()
  const head = { organizationId: testTenant('6').organizationId, seq: 1, hash: Buffer.alloc(32) }
  const jws = await createHeadSigner(testIdentity().privateKey)(head)
  await expect(readSignedHead(jws, publicKey)).rejects.toThrow('signature')
})

test('what cannot be written down is not done', async () => {
  const broken = createPool({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  const log = createLogger('test', { LOG_LEVEL: 'silent' })
  const signHead = createHeadSigner(privateKey)
  const blind = createAuditLog({
    store: createAuditStore(broken),
    signHead,
    headsFile: undefined,
    log,
  })
  const request = { method: 'DELETE', path: '/v1/x', requestId: 'r', ip: '::1', userAgent: '' }
  await expect(blind.begin(request, identityOf('7'))).rejects.toMatchObject({
    code: 'audit.unavailable',
  })
  await broken.end()
})
