import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHistoryStore } from './history-store.ts'
import { startTriggerService, type TriggerHarness } from './testing/trigger-service.ts'
import { createUpkeepStore } from './upkeep-store.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterAll(() => harness.close())

test('a history is read by pages, and keeps the last thousand or so', async () => {
  const { pool, tenant } = harness
  const history = createHistoryStore(pool)
  const id = `sch_${'1'.repeat(32)}`
  await pool.query(
    `INSERT INTO trigger_history (trigger_id, organization_id, project_id, outcome, occasion)
     SELECT $1, $2, $3, 'fired', n::text FROM generate_series(1, 1500) AS n`,
    [id, tenant.organizationId, tenant.projectId],
  )
  for (let n = 0; n < 50; n++) await history.record({ id, tenant }, { outcome: 'skipped' })
  const { rows } = await pool.query('SELECT count(*)::int AS count FROM trigger_history')
  expect(rows[0].count).toBeGreaterThanOrEqual(1000)
  expect(rows[0].count).toBeLessThanOrEqual(1050)

  const first = await history.page(tenant, id, { limit: 60, before: undefined })
  const next = await history.page(tenant, id, { limit: 60, before: first.at(-1)?.id })
  expect(first.slice(0, 50).every(({ outcome }) => outcome === 'skipped')).toBe(true)
  expect([first[50]?.occasion, next[0]?.occasion]).toEqual(['1500', '1490'])
})

test('what has fired for an occasion stays, whatever else is said of it', async () => {
  const history = createHistoryStore(harness.pool)
  const trigger = { id: `evt_${'2'.repeat(32)}`, tenant: harness.tenant }
  await history.record(trigger, { outcome: 'failed', reason: 'a.b', occasion: 'x' })
  await history.record(trigger, { outcome: 'fired', occasion: 'x' })
  await history.record(trigger, { outcome: 'failed', reason: 'a.b', occasion: 'x' })
  const page = await history.page(harness.tenant, trigger.id, { limit: 9, before: undefined })
  expect(page).toMatchObject([{ outcome: 'fired', reason: null }])
})

test('deliveries and events are forgotten after thirty days', async () => {
  await harness.pool.query(
    `INSERT INTO webhook_delivery (trigger_id, key, created_at)
     VALUES ('whk_1', 'old', now() - interval '31 days'), ('whk_1', 'new', now())`,
  )
  await harness.pool.query(
    `INSERT INTO event_emitted (organization_id, project_id, id, name, payload, request_hash,
       emitted_by, claimed_until, created_at)
     VALUES ('o', 'p', 'old', 'e', '{}', '', 'key_1', null, now() - interval '31 days'),
       ('o', 'p', 'unfinished', 'e', '{}', '', 'key_1', now(), now() - interval '31 days'),
       ('o', 'p', 'new', 'e', '{}', '', 'key_1', null, now())`,
  )
  const upkeep = createUpkeepStore(harness.pool)
  expect([await upkeep.forgetOld(), await upkeep.forgetOld()]).toEqual([2, 0])
})
