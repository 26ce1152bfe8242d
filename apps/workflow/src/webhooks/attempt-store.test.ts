import { type TestDatabase, testDatabase, testTenant } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AttemptStore, createAttemptStore } from './attempt-store.ts'

let database: TestDatabase
let pool: pg.Pool
let store: AttemptStore
beforeAll(async () => {
  database = await testDatabase('workflow')
  pool = new pg.Pool({ connectionString: database.superuserUrl })
  store = createAttemptStore(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(() => pool.query('TRUNCATE webhook_endpoint CASCADE; TRUNCATE event_delivery'))

/** @param seed of the tenant @param waiting how many deliveries are due */
async function endpoint(id: string, seed: string, waiting: number): Promise<void> {
  const { organizationId, projectId } = testTenant(seed)
  await pool.query(
    `INSERT INTO webhook_endpoint
       (id, organization_id, project_id, url, description, event_types, created_by)
     VALUES ($1, $2, $3, 'https://example.com', '', '{run.completed}', 'key_1')`,
    [id, organizationId, projectId],
  )
  await pool.query(
    `INSERT INTO event_delivery
       (id, endpoint_id, organization_id, project_id, event_type, payload, due_at)
     SELECT $1 || '_' || n, $1, $2, $3, 'run.completed', '{}', now() - n * interval '1 s'
     FROM generate_series(1, $4::int) n`,
    [id, organizationId, projectId, waiting],
  )
}

const count = (items: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(items, (item) => item)].map(([item, all]) => [item, all.length]),
  )

test('an organization with much to deliver leaves room for one with little', async () => {
  for (let n = 0; n < 8; n += 1) await endpoint(`loud_${n}`, '1', 100)
  await endpoint('quiet', '2', 3)

  const claimed = await store.claim(10)
  const more = [...claimed, ...(await store.claim(64))]

  expect(count(claimed.map(({ tenant }) => tenant.organizationId))).toEqual({
    [testTenant('1').organizationId]: 7,
    [testTenant('2').organizationId]: 3,
  })
  // Sixteen of one organization are in hand: it gets no more, though nobody else wants any.
  expect(count(more.map(({ tenant }) => tenant.organizationId))).toEqual({
    [testTenant('1').organizationId]: 16,
    [testTenant('2').organizationId]: 3,
  })
  expect(await store.claim(64)).toEqual([])
})

test('of an endpoint four are in hand at one time, the longest due first', async () => {
  await endpoint('one', '1', 6)

  const claimed = await store.claim(64)
  expect(claimed.map(({ id }) => id).toSorted()).toEqual(['one_3', 'one_4', 'one_5', 'one_6'])

  const [first] = claimed
  if (!first) throw new Error('Nothing was claimed')
  const done = { status: 'delivered', delayMs: null, responseStatus: 200, error: null } as const
  await store.finish(first, { ...done, durationMs: 1, isGone: false })
  expect((await store.claim(64)).map(({ id }) => id)).toEqual(['one_2'])
})

test('no two processes have one delivery, and what an older attempt says is discarded', async () => {
  await endpoint('one', '1', 4)
  const rounds = await Promise.all(Array.from({ length: 6 }, () => store.claim(64)))
  const [first] = rounds.flat()
  expect(rounds.flat()).toHaveLength(4)
  if (!first) throw new Error('Nothing was claimed')

  await pool.query("UPDATE event_delivery SET leased_until = now() - interval '1 s'")
  const again = (await store.claim(64)).find(({ id }) => id === first.id)
  expect(again).toMatchObject({ attempt: 2, tries: 2 })
  const gone = { status: 'failed', delayMs: null, responseStatus: 410, error: null } as const
  await store.finish(first, { ...gone, durationMs: 1, isGone: true })

  const { rows } = await pool.query('SELECT status FROM event_delivery WHERE id = $1', [first.id])
  expect(rows).toEqual([{ status: 'pending' }])
  expect((await pool.query('SELECT enabled FROM webhook_endpoint')).rows).toEqual([
    { enabled: true },
  ])
})

test('nothing is claimed for an endpoint that is disabled or not there any more', async () => {
  await endpoint('off', '1', 2)
  await endpoint('gone', '1', 2)
  await pool.query("UPDATE webhook_endpoint SET enabled = false WHERE id = 'off'")
  await pool.query("DELETE FROM webhook_endpoint WHERE id = 'gone'")

  expect(await store.claim(64)).toEqual([])
})

test('what was handed back is no try', async () => {
  await endpoint('one', '1', 1)
  const [first] = await store.claim(64)
  if (!first) throw new Error('Nothing was claimed')
  await store.handBack(first)

  expect(await store.claim(64)).toMatchObject([{ id: first.id, attempt: 2, tries: 1 }])
})
