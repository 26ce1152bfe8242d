import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ControlHarness,
  failed,
  idOf,
  inARow,
  itemAt,
  startControl,
  succeeded,
} from '../testing/control-harness.ts'

let c: ControlHarness
beforeAll(async () => {
  c = await startControl()
})
afterAll(() => c.close())

const post = (id: string) => ({
  ...{ id, type: 'http', config: { method: 'POST', url: 'https://x.example' } },
})

async function inDoubt() {
  const graph = inARow([post('pay'), post('ship')], { status: '{{ nodes.pay.data.status }}' })
  const run = await c.start(c.version(graph))
  await c.finish(run, 'pay', failed('effect.outcome-unknown', 'unknown-outcome'))
  const { body } = await c.get(`/v2/runs/${run}/effects`)
  const effect = itemAt(body.data, 0)
  return { run, effect, resolve: `/v2/runs/${run}/effects/${effect.id}:resolve` }
}

describe('the effects of a run', () => {
  test('have a key that is theirs for ever, and say when nobody knows the outcome', async () => {
    const { run, effect } = await inDoubt()
    const idempotencyKey = idOf(`${run}/pay`)
    expect(effect).toMatchObject({
      ...{ id: `eff_${idempotencyKey.slice(0, 32)}`, path: 'pay', type: 'http', effect: 'write' },
      ...{ idempotencyKey, status: 'review', attempts: 1, endedAt: null },
      error: { code: 'effect.outcome-unknown' },
    })
  })

  test('are told page by page', async () => {
    const { run, resolve } = await inDoubt()
    await c.post(resolve, { resolution: 'succeeded', output: {} })
    const first = await c.get(`/v2/runs/${run}/effects?limit=1`)
    const rest = await c.get(`/v2/runs/${run}/effects?limit=1&cursor=${first.body.nextCursor}`)
    expect([...first.body.data, ...rest.body.data].map(({ path }) => path)).toEqual(['pay', 'ship'])
    expect(rest.body.nextCursor).toBeNull()
  })
})

describe('a review', () => {
  test('that says it happened goes on with its output, and is made once', async () => {
    const { run, resolve } = await inDoubt()
    const said = { resolution: 'succeeded', output: { status: 201 }, note: 'seen in the bank' }
    expect((await c.post(resolve, said)).body).toMatchObject({ status: 'running' })
    expect(await c.post(resolve, said)).toMatchObject({
      ...{ status: 409, body: { code: 'effect.not-in-review' } },
    })
    await c.finish(run, 'ship', succeeded())
    expect(await c.reader.find(c.tenant, run)).toMatchObject({ output: { status: 201 } })
    expect((await c.post(resolve, said)).body.code).toBe('run.ended')
  })

  test('may say that it failed, or send it again', async () => {
    const one = await inDoubt()
    expect((await c.post(one.resolve, { resolution: 'failed' })).body.status).toBe('failed')
    const other = await inDoubt()
    await c.post(other.resolve, { resolution: 'retry' })
    const { body } = await c.get(`/v2/runs/${other.run}/effects`)
    expect(body.data[0]).toMatchObject({ status: 'scheduled', attempts: 2 })
    await c.finish(other.run, 'pay', failed('effect.outcome-unknown', 'unknown-outcome'), 2)
    expect((await c.post(other.resolve, { resolution: 'failed' })).body.status).toBe('failed')
  })

  test('of something that is no effect of the run is refused', async () => {
    const { run } = await inDoubt()
    const url = `/v2/runs/${run}/effects/eff_${'0'.repeat(32)}:resolve`
    expect(await c.post(url, { resolution: 'failed' })).toMatchObject({
      ...{ status: 404, body: { code: 'effect.not-found' } },
    })
  })
})
