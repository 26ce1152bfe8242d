import { eventually } from '@dure/platform/testing'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Received } from './testing/receiver.ts'
import { startWebhooks, type WebhooksUnderTest } from './testing/webhooks.ts'

let w: WebhooksUnderTest
let workflowId: string
let failing: string
beforeAll(async () => {
  w = await startWebhooks()
  const end = { id: 'end', type: 'end', config: { outputs: {} } }
  const start = { id: 'start', type: 'start', config: {} }
  const edge = (from: string, to: string, port = 'out') => ({ from, to, port })
  workflowId = await w.harness.publish({ nodes: [start, end], edges: [edge('start', 'end')] })
  const sum = { id: 'sum', type: 'template', config: { text: '{{ input.none.at.all }}' } }
  const ask = { id: 'ask', type: 'approval', config: { title: 'Pay?', payload: { amount: 1 } } }
  failing = await w.harness.publish({
    nodes: [start, ask, sum, end],
    edges: [edge('start', 'ask'), edge('ask', 'sum', 'approved'), edge('sum', 'end')],
  })
})
afterAll(() => w.close())
beforeEach(() => {
  w.receiver.answer = () => ({ status: 204 })
})

async function run(id = workflowId): Promise<string> {
  const started = await w.harness.call({
    ...{ method: 'POST', url: `/v1/workflows/${id}/runs`, body: { input: {} } },
  })
  return (await started.json()).id
}

const first = (path: string) =>
  eventually(() => {
    const [one] = w.receiver.of(path)
    if (!one) throw new Error(`Nothing came to ${path}`)
    return one
  })
const count = (path: string, times: number) =>
  eventually(() => expect(w.receiver.of(path)).toHaveLength(times))
const read = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers)

describe('an event', () => {
  test('reaches who wants it, signed so that the verifier of the specification takes it', async () => {
    const { id, secret } = await w.create('/signed')
    const runId = await run()

    const received = await first('/signed')

    expect(read(secret, received)).toEqual({
      type: 'run.completed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { runId, workflowId, version: 1, seq: expect.any(Number) },
    })
    expect(received.headers['content-type']).toBe('application/json')
    expect(await w.newest(id, { status: 'delivered', attempts: 1 })).toMatchObject({
      ...{ id: received.headers['webhook-id'], eventType: 'run.completed', runId },
      ...{ responseStatus: 204, error: null, nextAttemptAt: null },
      durationMs: expect.any(Number),
    })
  })

  test.each<[string, (one: Received) => Received]>([
    ['another body', (one) => ({ ...one, body: one.body.replace('run.', 'ran.') })],
    ['another id', (one) => ({ ...one, headers: { ...one.headers, 'webhook-id': 'whd_1' } })],
    [
      'a time of its own',
      (one) => ({
        ...one,
        headers: {
          ...one.headers,
          'webhook-timestamp': String(Number(one.headers['webhook-timestamp']) + 1),
        },
      }),
    ],
  ])('is not taken with %s', async (what, forge) => {
    const { secret } = await w.create(`/forged-${what}`.replaceAll(' ', '-'))
    await run()
    const received = await first(`/forged-${what}`.replaceAll(' ', '-'))

    expect(() => read(secret, forge(received))).toThrow('No matching signature')
    expect(() => read(`whsec_${Buffer.alloc(32).toString('base64')}`, received)).toThrow()
    expect(read(secret, received)).toBeDefined()
  })

  test('is not taken when it is replayed later than five minutes after it was sent', async () => {
    const { id, secret } = await w.create('/late')
    await run()
    const { body, headers } = await first('/late')
    const at = Number(headers['webhook-timestamp'])
    const [row] = await w.sql(
      'SELECT extract(epoch FROM attempted_at)::float AS at FROM event_delivery WHERE endpoint_id = $1',
      [id],
    )
    expect(at).toBe(Math.floor(Number(row?.at)))

    onTestFinished(() => void vi.useRealTimers())
    vi.useFakeTimers({ toFake: ['Date'], now: (at + 299) * 1000 })
    expect(new Webhook(secret).verify(body, headers)).toBeDefined()
    vi.setSystemTime((at + 301) * 1000)
    expect(() => new Webhook(secret).verify(body, headers)).toThrow('too old')
  })

  test('is told to nobody who does not want it, and to no other project', async () => {
    const types = ['run.failed', 'approval.requested', 'approval.decided', 'run.started']
    const { secret } = await w.create('/failures', { eventTypes: types })
    await w.create('/strangers', { eventTypes: types }, { seed: '2' })
    await w.create('/disabled', { eventTypes: types, enabled: false })
    const runId = await run(failing)
    const { approvalId, hash } = await eventually(() => {
      const asked = w.receiver.of('/failures').map((one) => JSON.parse(one.body))
      const found = asked.find(({ type }) => type === 'approval.requested')
      if (!found) throw new Error('Nobody was asked')
      return found.data
    })

    const decision = { decision: 'approve', hash, comment: 'fine' }
    const url = `/v1/approvals/${approvalId}/decisions`
    expect((await w.harness.call({ method: 'POST', url, body: decision })).status).toBe(200)
    await count('/failures', 4)

    const told = w.receiver.of('/failures').map((one) => read(secret, one))
    const byType = (type: string) => told.find((one) => (one as { type: string }).type === type)
    expect(byType('approval.requested')).toMatchObject({
      data: { runId, nodeId: 'ask', title: 'Pay?' },
    })
    expect(byType('approval.decided')).toMatchObject({
      data: { decision: 'approve', comment: 'fine' },
    })
    expect(byType('run.failed')).toMatchObject({
      data: { runId, nodeId: 'sum', error: { code: 'expression.failed' } },
    })
    expect(JSON.stringify(told)).not.toContain('amount')
    expect(w.receiver.of('/strangers')).toEqual([])
    expect(w.receiver.of('/disabled')).toEqual([])
  })
})

describe('an endpoint that fails', () => {
  test('is told again under the same id, and then no more', async () => {
    const { id, secret } = await w.create('/flaky')
    let left = 2
    w.receiver.answer = ({ path }) => ({ status: path === '/flaky' && left-- > 0 ? 500 : 200 })
    await run()
    await w.newest(id, { status: 'pending', attempts: 1, responseStatus: 500 })
    await w.makeDue(id)
    await w.newest(id, { status: 'pending', attempts: 2 })
    expect((await w.call('GET', `/${id}`)).body.failingSince).not.toBeNull()
    await w.makeDue(id)
    await w.newest(id, { status: 'delivered', attempts: 3, responseStatus: 200 })

    const received = w.receiver.of('/flaky')
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    for (const one of received) expect(read(secret, one)).toBeDefined()
    expect((await w.call('GET', `/${id}`)).body.failingSince).toBeNull()
  })

  test('may say when it wants to be asked again', async () => {
    const { id } = await w.create('/later')
    w.receiver.answer = () => ({ status: 503, headers: { 'retry-after': '3600' } })
    await run()

    await w.newest(id, { status: 'pending', responseStatus: 503 })
    const [row] = await w.sql(
      "SELECT due_at > now() + interval '50 min' AS late FROM event_delivery WHERE endpoint_id = $1",
      [id],
    )
    expect(row).toEqual({ late: true })
  })

  test('that says that it is gone is disabled, and told nothing more', async () => {
    const { id } = await w.create('/gone')
    w.receiver.answer = ({ path }) => ({ status: path === '/gone' ? 410 : 204 })
    await run()

    await w.newest(id, { status: 'failed', responseStatus: 410, nextAttemptAt: null })
    const { body, etag } = await w.call('GET', `/${id}`)
    expect(body).toMatchObject({ enabled: false, disabledReason: 'gone' })
    expect(etag).toBe('"2"')
    expect((await w.call('POST', `/${id}:test`)).body.code).toBe('webhook-endpoint.disabled')
  })

  test('for five days is disabled; enabled again, it gets what waits for it', async () => {
    const { id } = await w.create('/dead')
    w.receiver.answer = ({ path }) => ({ status: path === '/dead' ? 500 : 204 })
    await run()
    await w.newest(id, { attempts: 1 })
    await w.sql(
      "UPDATE webhook_endpoint SET failing_since = now() - interval '121 hours' WHERE id = $1",
      [id],
    )
    await w.makeDue(id)
    await eventually(async () =>
      expect((await w.call('GET', `/${id}`)).body).toMatchObject({
        ...{ enabled: false, disabledReason: 'failing' },
      }),
    )

    w.receiver.answer = () => ({ status: 204 })
    const enabled = await w.call('PATCH', `/${id}`, { enabled: true })
    expect(enabled.body).toMatchObject({ disabledReason: null, failingSince: null })
    await w.makeDue(id)
    await w.newest(id, { status: 'delivered' })
  })

  test('is given up after ten tries, and can be asked for once more', async () => {
    const { id } = await w.create('/hopeless')
    w.receiver.answer = ({ path }) => ({ status: path === '/hopeless' ? 302 : 204 })
    await run()
    await w.newest(id, { attempts: 1 })
    await w.sql('UPDATE event_delivery SET tries = 9 WHERE endpoint_id = $1', [id])
    await w.makeDue(id)
    const failed = await w.newest(id, { status: 'failed', attempts: 2, responseStatus: 302 })

    w.receiver.answer = () => ({ status: 200 })
    const path = `/${id}/deliveries/${failed.id}`
    expect((await w.call('POST', `${path}:redeliver`)).status).toBe(202)
    await w.newest(id, { id: failed.id, status: 'delivered', attempts: 3 })
    expect(w.receiver.of('/hopeless').map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(3).fill(failed.id),
    )
  })

  test('does not keep another one waiting, and is not asked more than four times at once', async () => {
    const slow = await w.create('/slow')
    const quick = await w.create('/quick')
    const held = Promise.withResolvers<{ status: number }>()
    w.receiver.answer = ({ path }) => (path === '/slow' ? held.promise : { status: 204 })
    for (let n = 0; n < 8; n += 1) await run()

    await count('/quick', 8)
    await count('/slow', 4)
    await w.newest(quick.id, { status: 'delivered' })
    held.resolve({ status: 204 })
    await count('/slow', 8)
    await w.newest(slow.id, { status: 'delivered' })
  })
})

describe('a process that dies', () => {
  test('while it delivers leaves the delivery to the next one, under the same id', async () => {
    const { id } = await w.create('/orphan')
    w.receiver.answer = ({ path }) => (path === '/orphan' ? undefined : { status: 204 })
    await run()
    const before = await first('/orphan')
    w.receiver.answer = () => ({ status: 204 })
    // Its lease is over, and nobody has said what became of it.
    await w.sql(
      "UPDATE event_delivery SET leased_until = now() - interval '1 s' WHERE endpoint_id = $1",
      [id],
    )

    await w.newest(id, { status: 'delivered', attempts: 2 })
    const [, after] = w.receiver.of('/orphan')
    expect(after?.headers['webhook-id']).toBe(before.headers['webhook-id'])
  })

  test('before it has moved on in the order of events makes nobody hear of one twice', async () => {
    const { id } = await w.create('/twice')
    await run()
    await w.newest(id, { status: 'delivered' })
    await w.sql(
      `UPDATE relay_cursors SET g = (SELECT min(g) - 1 FROM event_delivery WHERE endpoint_id = $1)
       WHERE consumer = 'webhooks'`,
      [id],
    )
    const runId = await run()

    await w.newest(id, { status: 'delivered', runId })
    expect(w.receiver.of('/twice')).toHaveLength(2)
  })
})

test('a name that leads to the inside is found out when something is delivered, each time', async () => {
  const url = 'https://localhost/inside'
  const { body } = await w.call('POST', '', { url, eventTypes: ['run.completed'] })
  await w.call('POST', `/${body.id}:test`)

  const refused = { status: 'pending', error: 'egress.forbidden-address', responseStatus: null }
  await w.newest(body.id, { ...refused, attempts: 1 })
  await w.makeDue(body.id)
  await w.newest(body.id, { ...refused, attempts: 2 })
  expect(w.receiver.of('/inside')).toEqual([])
})
