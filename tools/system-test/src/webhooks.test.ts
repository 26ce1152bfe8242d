import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { publishWorkflow, type System, startTestSystem, until } from './system.ts'
import { OK, startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 180_000 })

const RUNS = 20

let world: World
let system: System
beforeAll(async () => {
  world = await startWorld()
  system = await startTestSystem({ agent: {}, env: { EGRESS_ALLOW: world.address } })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await world?.close()
})

/** What leases and waits would bring about by themselves, a minute or five later. */
async function makeDue(): Promise<void> {
  const client = new pg.Client({ connectionString: system.databaseUrls.workflow })
  await client.connect()
  await client.query(
    'UPDATE event_delivery SET leased_until = NULL, due_at = now() WHERE due_at IS NOT NULL',
  )
  await client.end()
}

const told = () => new Set(world.requests.map(({ body }) => JSON.parse(body).data.runId as string))

test('whoever is to be told of a run is told, however often who tells it is killed', async () => {
  // Whoever asks while the service is killed hangs, as a real receiver may.
  const hanging = Promise.withResolvers<typeof OK>()
  world.rewrite(() => hanging.promise)
  const endpoint = { url: `${world.url}/hook`, eventTypes: ['run.completed'] }
  const created = await system.call<{ id: string }>('POST', '/v2/webhook-endpoints', endpoint)
  expect(created.status).toBe(201)
  const deliveries = `/v2/webhook-endpoints/${created.body.id}/deliveries?limit=100&status=`
  const count = async (status: string) =>
    (await system.call<{ data: unknown[] }>('GET', deliveries + status)).body.data.length
  const workflowId = await publishWorkflow(
    system,
    inARow([{ id: 'one', type: 'template', config: { text: 'x' } }]),
  )
  const started = new Set<string>()
  for (let at = 0; at < RUNS; at += 1) {
    const path = `/v1/workflows/${workflowId}/runs`
    const { status, body } = await system.call<{ id: string }>('POST', path, { input: {} })
    expect(status).toBe(202)
    started.add(body.id)
    if (at !== 5 && at !== 12) continue
    await until(() => world.requests.length > 0, 'a delivery is under way')
    await system.end('workflow', 'SIGKILL')
    await system.start('workflow')
  }
  const keys = world.requests.map(({ headers }) => headers['webhook-id'])
  hanging.resolve(OK)

  await until(async () => {
    await makeDue()
    return (await count('delivered')) === RUNS
  }, 'all are told')
  expect(told()).toEqual(started)
  const ids = new Map(
    world.requests.map(({ headers, body }) => [headers['webhook-id'], JSON.parse(body).data.runId]),
  )
  // One id for one event, also of those that were told by a process that died.
  expect(ids.size).toBe(RUNS)
  for (const key of keys) expect(ids.has(key)).toBe(true)
})
