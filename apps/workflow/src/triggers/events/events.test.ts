import { ConflictError, UnavailableError } from '@dure/kernel'
import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTriggerService, type TriggerHarness } from '../testing/trigger-service.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterEach(async () => {
  harness.runs.forget()
  harness.delivered.length = 0
  harness.deliveryFailure = undefined
  await harness.pool.query('DELETE FROM event_trigger')
})
afterAll(() => harness.close())

async function create(fields: object = {}, seed = '1') {
  const body = {
    name: 'On payment',
    workflowId: await harness.workflow(seed),
    eventName: 'order.paid',
    ...fields,
  }
  const as = { tenant: testTenant(seed) }
  const response = await harness.call({ method: 'POST', url: '/v1/event-triggers', body, as })
  const created = await response.json()
  return { ...created, status: response.status, path: `/v1/event-triggers/${created.id}`, body }
}

async function emit(fields: object = {}, key?: string) {
  const response = await harness.call({
    method: 'POST',
    url: '/v2/events',
    body: { name: 'order.paid', payload: { amount: 150 }, ...fields },
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  })
  return { status: response.status, ...(await response.json()) }
}

describe('an event', () => {
  test('starts a run for each trigger of its name, and is told to those who wait', async () => {
    const [one, two] = [await create(), await create({ alias: 'live' })]
    await create({ eventName: 'order.sent' })
    const disabled = await create()
    await harness.call({ method: 'POST', url: `${disabled.path}/disable` })
    await create({}, '2')

    const emitted = await emit({ correlation: 'o1' }, 'payment-1')
    const event = {
      id: 'payment-1',
      name: 'order.paid',
      correlation: 'o1',
      payload: { amount: 150 },
    }
    expect(emitted).toEqual({
      status: 202,
      id: 'payment-1',
      runIds: harness.runs.runs.map(({ runId }) => runId),
    })
    expect(harness.runs.calls).toEqual([
      expect.objectContaining({
        startedBy: one.id,
        input: event,
        idempotencyKey: `event:${one.id}:payment-1`,
      }),
      expect.objectContaining({ startedBy: two.id, alias: 'live', labels: { triggerId: two.id } }),
    ])
    expect(harness.delivered).toEqual([{ tenant: harness.tenant, event }])
    expect(await harness.history(one.path)).toMatchObject([
      { outcome: 'fired', occasion: 'payment-1', runId: harness.runs.runs[0]?.runId },
    ])
  })

  test('that is told again starts nothing, and another one cannot have its id', async () => {
    await create()
    const first = await emit({}, 'payment-2')
    await create()
    expect(await emit({}, 'payment-2')).toEqual(first)
    expect([harness.runs.calls.length, harness.delivered.length]).toEqual([1, 1])
    const other = await emit({ payload: {} }, 'payment-2')
    expect([other.status, other.code]).toEqual([409, 'idempotency.key-reused'])
  })

  test('without an id has one of its own', async () => {
    await create()
    expect((await emit()).id).not.toBe((await emit()).id)
    expect(harness.runs.runs).toHaveLength(2)
  })

  test('starts only what its filter lets through', async () => {
    await create({ filter: 'input.payload.amount > 100' })
    expect((await emit({ payload: { amount: 150 } })).runIds).toHaveLength(1)
    expect((await emit({ payload: { amount: 50 } })).runIds).toEqual([])
  })

  test('that a filter cannot take is written down, and starts the others', async () => {
    const [failing, noBoolean, good] = [
      await create({ filter: 'input.payload.amount > 100' }),
      await create({ filter: 'input.name' }),
      await create(),
    ]
    await emit({ payload: {} }, 'payment-3')
    expect(harness.runs.calls.map(({ startedBy }) => startedBy)).toEqual([good.id])
    expect(await harness.history(failing.path)).toMatchObject([
      { outcome: 'failed', reason: 'expression.failed', occasion: 'payment-3' },
    ])
    expect(await harness.history(noBoolean.path)).toMatchObject([
      { outcome: 'failed', reason: 'event-trigger.filter-not-boolean' },
    ])
  })

  test('that a workflow cannot take is written down', async () => {
    const { path } = await create()
    harness.runs.failure = new ConflictError('workflow.not-published', 'Publish it')
    expect((await emit()).runIds).toEqual([])
    expect(await harness.history(path)).toMatchObject([
      { outcome: 'failed', reason: 'workflow.not-published' },
    ])
  })

  test.each([{ name: 'Order Paid' }, { name: '' }, { correlation: '' }, { more: 1 }])(
    'with %j is refused',
    async (fields) => {
      expect((await emit(fields)).status).toBe(400)
    },
  )
})

describe('an event that could not be dealt with', () => {
  const down = new UnavailableError('database.unavailable', 'Down')
  const overdue = () =>
    harness.pool.query(
      "UPDATE event_emitted SET claimed_until = now() - interval '1 s' WHERE claimed_until > now()",
    )

  test.each(['runs', 'those who wait'])('by %s is dealt with later, once', async (who) => {
    const { path } = await create()
    if (who === 'runs') harness.runs.failure = down
    else harness.deliveryFailure = down
    const key = `late-${who.length}`
    expect(await emit({}, key)).toEqual({ status: 202, id: key, runIds: [] })
    harness.runs.failure = undefined
    harness.deliveryFailure = undefined

    await overdue()
    const pollers = [harness.replica(), harness.replica()].map(({ events }) => events.poller)
    for (const poller of pollers) poller.start()
    await eventually(async () => {
      expect(await harness.history(path)).toMatchObject([{ outcome: 'fired', occasion: key }])
      expect(harness.delivered.map(({ event }) => event.id)).toContain(key)
    })
    await Promise.all(pollers.map((poller) => poller.close()))
    expect(harness.runs.runs).toHaveLength(1)
    expect(await emit({}, key)).toEqual({ status: 202, id: key, runIds: [] })
  })
})

describe('the API of event triggers', () => {
  test.each([
    ['input.', expect.any(String)],
    ['nodes.a.data > 1', 'names nodes, of which there are none: only `input` is there'],
  ])('refuses the filter %s', async (filter, message) => {
    const { status, code, errors } = await create({ filter })
    expect([status, code]).toEqual([400, 'event-trigger.invalid-filter'])
    expect(errors).toEqual([{ pointer: '#/filter', message }])
  })

  test('takes a hundred triggers of one event, however they come', async () => {
    const { body, path } = await create()
    await harness.pool.query(
      `INSERT INTO event_trigger (id, organization_id, project_id, name, workflow_id, event_name,
         enabled, created_by)
       SELECT 'evt_' || lpad(n::text, 32, '0'), organization_id, project_id, name, workflow_id,
         event_name, true, created_by
       FROM event_trigger, generate_series(1, 97) AS n`,
    )
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await create()).status))
    expect(statuses.sort()).toEqual([201, 201, 409, 409])
    const again = await harness.call({ method: 'PUT', url: path, body: { ...body, name: 'New' } })
    expect(again.status).toBe(200)
    const other = await create({ eventName: 'order.sent' })
    const moved = await harness.call({ method: 'PUT', url: other.path, body })
    expect([moved.status, (await moved.json()).code]).toEqual([409, 'event-trigger.too-many'])
    expect((await emit()).runIds).toHaveLength(100)
  })

  test('knows no triggers of others', async () => {
    const { path, body } = await create()
    const as = { tenant: testTenant('2') }
    const answers = await Promise.all([
      harness.call({ url: path, as }),
      harness.call({ url: `${path}/history`, as }),
      harness.call({ method: 'PUT', url: path, body, as }),
      harness.call({ method: 'DELETE', url: path, as }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })
})
