import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhooks, type WebhooksUnderTest } from './testing/webhooks.ts'
import { createWebhookUpkeepStore } from './upkeep-store.ts'

let w: WebhooksUnderTest
beforeAll(async () => {
  w = await startWebhooks()
})
afterAll(() => w.close())

test('what is told is kept for some days, and goes with its endpoint', async () => {
  const { id } = await w.create('/kept')
  const old = await w.call('POST', `/${id}:test`)
  const kept = await w.call('POST', `/${id}:test`)
  await w.newest(id, { status: 'delivered' })
  await w.sql("UPDATE event_delivery SET created_at = now() - interval '8 days' WHERE id = $1", [
    old.body.id,
  ])
  const upkeep = createWebhookUpkeepStore(w.pool)

  await upkeep.forgetOld()
  const { body } = await w.call('GET', `/${id}/deliveries`)
  expect(body.data.map((one: { id: string }) => one.id)).toEqual([kept.body.id])

  await w.call('DELETE', `/${id}`)
  await upkeep.forgetOld()
  expect(await w.sql('SELECT id FROM event_delivery WHERE endpoint_id = $1', [id])).toEqual([])
})

test('an endpoint that too much waits for is disabled', async () => {
  const upkeep = createWebhookUpkeepStore(w.pool)
  const full = await w.create('/full')
  await w.sql(
    `INSERT INTO event_delivery (id, endpoint_id, organization_id, project_id, event_type, payload, due_at)
     SELECT 'whd_full' || n, $1, $2, $3, 'run.completed', '{}', now() + interval '1 day'
     FROM generate_series(1, 10001) n`,
    [full.id, testTenant().organizationId, testTenant().projectId],
  )
  expect(await upkeep.disableFull()).toEqual([full.id])
  expect((await w.call('GET', `/${full.id}`)).body.disabledReason).toBe('backlog-full')
})
