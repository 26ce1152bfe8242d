import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asTenant, createPool } from '@dure/platform'
import { type TestDatabase, testDatabase, testIdentity, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHeadSigner } from './audit/heads-service.ts'
import { createAuditStore } from './audit/store.ts'

const { privateKey, publicKey } = testIdentity()
const { organizationId, projectId } = testTenant()
let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await testDatabase('gateway')
  pool = createPool({ DATABASE_URL: database.databaseUrl })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

interface Outcome {
  readonly code: number
  readonly said: string
}

async function verify(...args: string[]): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: database.databaseUrl, IDENTITY_PUBLIC_KEY: publicKey }
  const command = join(import.meta.dirname, 'audit-command.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr })
    })
  })
}

/** What somebody does who owns the database. */
async function asOwner(statement: string): Promise<void> {
  await pool.query('ALTER TABLE audit_entry DISABLE TRIGGER USER')
  await asTenant({ organizationId }, () => pool.query(statement))
  await pool.query('ALTER TABLE audit_entry ENABLE TRIGGER USER')
}

test('what the owner of the database does to the log is found, and said with its place', async () => {
  const store = createAuditStore(pool)
  for (let n = 1; n <= 5; n += 1) {
    const content = { projectId, principalId: 'key_1', targets: [], n }
    await store.append(organizationId, JSON.stringify(content))
  }
  const whole = await verify('verify')
  expect(whole).toMatchObject({ code: 0, said: expect.stringContaining('whole: 5 entries') })

  const head = await store.head(organizationId)
  const jws = head && (await createHeadSigner(privateKey)({ organizationId, ...head }))
  const heads = join(await mkdtemp(join(tmpdir(), 'dure-heads-')), 'heads')
  await writeFile(heads, `${jws}\n`)

  await asOwner('DELETE FROM audit_entry WHERE seq = 5')
  expect((await verify('verify')).code).toBe(0)
  const cut = await verify('verify', '--heads', heads)
  expect(cut).toMatchObject({ code: 1, said: expect.stringContaining('entry 5 is cut-off') })

  await asOwner(`UPDATE audit_entry SET content = content || ' ' WHERE seq = 3`)
  const changed = await verify('verify')
  expect(changed).toMatchObject({ code: 1, said: expect.stringContaining('entry 3 is changed') })

  await asOwner('DELETE FROM audit_entry WHERE seq = 2')
  const missing = await verify('verify')
  expect(missing).toMatchObject({ code: 1, said: expect.stringContaining('entry 2 is missing') })
})

test('whoever calls it wrongly is told how', async () => {
  expect(await verify()).toMatchObject({ code: 2, said: expect.stringContaining('usage:') })
})
