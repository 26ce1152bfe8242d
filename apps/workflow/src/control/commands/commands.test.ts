import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ControlHarness,
  echo,
  failed,
  inARow,
  startControl,
  succeeded,
} from '../testing/control-harness.ts'

let c: ControlHarness
let twoSteps: ReturnType<ControlHarness['version']>
beforeAll(async () => {
  c = await startControl()
  twoSteps = c.version(inARow([echo('a'), echo('b')], { n: '{{ nodes.b.data.n }}' }))
})
afterAll(() => c.close())

const asked = { headers: { 'idempotency-key': 'k1' }, method: 'POST' } as const

describe('a run', () => {
  test('that is paused starts nothing new until it is resumed', async () => {
    const run = await c.start(twoSteps)
    expect((await c.post(`/v1/runs/${run}/pause`)).body).toMatchObject({
      id: run,
      status: 'paused',
    })
    await c.finish(run, 'a', succeeded())
    expect((await c.get(`/v1/runs/${run}/nodes`)).body.data.at(-1)).toMatchObject({ path: 'a' })
    expect((await c.post(`/v1/runs/${run}/resume`)).body).toMatchObject({ status: 'running' })
    expect((await c.get(`/v1/runs/${run}/nodes`)).body.data.at(-1)).toMatchObject({
      ...{ path: 'b', status: 'scheduled', waitsFor: 'task' },
    })
  })

  test('that is cancelled is over, with the reason, and takes nothing more', async () => {
    const run = await c.start(twoSteps)
    const cancelled = await c.post(`/v1/runs/${run}/cancel`, { reason: 'enough' })
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    const { body } = await c.get(`/v1/runs/${run}/checkpoints`)
    expect(body.data.at(-1)).toMatchObject({ events: [{ type: 'run.cancelled', path: null }] })
    for (const verb of ['cancel', 'pause', 'resume']) {
      expect(await c.post(`/v1/runs/${run}/${verb}`)).toMatchObject({
        status: 409,
        body: { code: 'run.ended', details: { status: 'cancelled' } },
      })
    }
  })

  test.each(['/v1/runs/RUN/retry', '/v2/runs/RUN:retryFromFailed'])(
    'that failed goes on from there: %s',
    async (url) => {
      const run = await c.start(twoSteps)
      const to = url.replace('RUN', run)
      expect(await c.post(to)).toMatchObject({ status: 409, body: { code: 'run.not-failed' } })
      await c.finish(run, 'a', succeeded())
      await c.finish(run, 'b', failed())
      expect((await c.post(to)).body).toMatchObject({ status: 'running' })
      await c.finish(run, 'b', succeeded({ n: 1 }), 2)
      expect(await c.reader.find(c.tenant, run)).toMatchObject({
        ...{ status: 'completed', output: { n: 1 } },
      })
    },
  )

  test('of somebody else is as unknown as one that nobody has', async () => {
    const run = await c.start(twoSteps)
    const as = { tenant: testTenant('2') }
    for (const [method, path] of [
      ['POST', `/v1/runs/${run}/cancel`],
      ['POST', `/v1/runs/${run}/retry`],
      ['GET', `/v1/runs/${run}/nodes`],
      ['GET', `/v1/runs/${run}/checkpoints`],
      ['GET', `/v2/runs/${run}/effects`],
      ['POST', `/v2/runs/${run}/signals/go`],
    ] as const) {
      const answer = await c.call({ method, url: path, as })
      expect([path, answer]).toMatchObject([path, { status: 404, body: { code: 'run.not-found' } }])
    }
    expect((await c.reader.find(c.tenant, run))?.status).toBe('running')
  })

  test('is for keys with the scope', async () => {
    const run = await c.start(twoSteps)
    const as = { scopes: ['runs:read' as const] }
    expect((await c.post(`/v1/runs/${run}/pause`, {}, as)).status).toBe(403)
  })

  test('takes the same command with the same key once, and answers it alike', async () => {
    const run = await c.start(twoSteps)
    const first = await c.call({ ...asked, url: `/v1/runs/${run}/pause` })
    await c.post(`/v1/runs/${run}/resume`)
    const again = await c.call({ ...asked, url: `/v1/runs/${run}/pause` })
    expect(again.body).toEqual(first.body)
    expect((await c.reader.find(c.tenant, run))?.status).toBe('running')
    const another = await c.call({ ...asked, url: `/v1/runs/${run}/cancel` })
    expect(another).toMatchObject({ status: 409, body: { code: 'idempotency.key-reused' } })
    const other = { ...asked, headers: { 'idempotency-key': 'k2' } }
    expect((await c.call({ ...other, url: `/v1/runs/${run}/pause` })).body.status).toBe('paused')
  })
})

test('a command that was taken in by a process that then died is not refused when it comes again', async () => {
  const run = await c.start(twoSteps)
  const cancel = { method: 'POST', headers: { 'idempotency-key': 'k3' } } as const
  const first = await c.call({ ...cancel, url: `/v1/runs/${run}/cancel` })
  // The answer was not kept any more.
  await c.pool.query('UPDATE idempotency_key SET answer = NULL')
  const again = await c.call({ ...cancel, url: `/v1/runs/${run}/cancel` })
  expect([again.status, again.body]).toEqual([200, first.body])
  const other = { ...cancel, headers: { 'idempotency-key': 'k4' } }
  expect((await c.call({ ...other, url: `/v1/runs/${run}/cancel` })).body.code).toBe('run.ended')
})

describe('a signal', () => {
  const waiting = inARow(
    [
      { id: 'first', type: 'wait_event', config: { name: 'go' } },
      { id: 'second', type: 'wait_event', config: { name: 'go' } },
    ],
    { got: '{{ nodes.second.data }}' },
  )

  test('is given to the node that waits, one after the other, and one with the same id once', async () => {
    const run = await c.start(c.version(waiting))
    const url = `/v2/runs/${run}/signals/go`
    await c.post(url, { payload: 1, id: 's1' })
    await c.post(url, { payload: 1, id: 's1' })
    expect((await c.reader.find(c.tenant, run))?.status).toBe('running')
    expect((await c.post(url, { payload: { n: 2 }, id: 's2' })).body.status).toBe('completed')
    expect(await c.reader.find(c.tenant, run)).toMatchObject({ output: { got: { n: 2 } } })
    expect((await c.post(url, { payload: 3 })).body.code).toBe('run.ended')
  })
})
