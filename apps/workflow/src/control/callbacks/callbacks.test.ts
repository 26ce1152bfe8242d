import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ControlHarness, inARow, itemAt, startControl } from '../testing/control-harness.ts'

let c: ControlHarness
beforeAll(async () => {
  c = await startControl()
})
afterAll(() => c.close())

async function waiting() {
  const node = { id: 'wait', type: 'wait_event', config: { name: 'paid' } }
  const run = await c.start(c.version(inARow([node], { paid: '{{ nodes.wait.data }}' })))
  const { body } = await c.get(`/v1/runs/${run}/nodes`)
  return { run, path: String(itemAt(body.data, -1).callbackPath) }
}

const deliver = (url: string, body?: unknown) => c.call({ method: 'POST', url, body, as: null })

describe('a callback', () => {
  test('delivers to the node whose token it has, without a key', async () => {
    const { run, path } = await waiting()
    expect(path).toMatch(/^\/v2\/callbacks\/[\w-]+\.[\w-]{43}$/)
    expect((await deliver(path, { amount: 1 })).status).toBe(204)
    expect(await c.reader.find(c.tenant, run)).toMatchObject({
      ...{ status: 'completed', output: { paid: { amount: 1 } } },
    })
    const { body } = await c.get(`/v1/runs/${run}/nodes`)
    expect(body.data.filter((node) => 'callbackPath' in node)).toEqual([])
  })

  test('of which anything is wrong, or which is over, is answered as any other', async () => {
    const [one, other] = [await waiting(), await waiting()]
    const [place = '', mac = ''] = one.path.split('.')
    const over = await waiting()
    await deliver(over.path)
    const absent = Buffer.from(`run_${'0'.repeat(32)}/wait`).toString('base64url')
    for (const path of [
      over.path,
      `${place}.${other.path.split('.')[1]}`,
      `${place}.${mac.slice(0, -2)}`,
      `${place}.`,
      // The same bytes in other spellings.
      `${one.path}%20`,
      `${one.path}=`,
      `${place}=.${mac}`,
      place,
      `${one.path}.x`,
      '/v2/callbacks/x',
      `/v2/callbacks/${absent}.${mac}`,
      `/v2/callbacks/${Buffer.from(`${one.run}/end`).toString('base64url')}.${mac}`,
    ]) {
      expect([path, await deliver(path, {})]).toMatchObject([
        path,
        { status: 404, body: { code: 'callback.not-found' } },
      ])
    }
    expect((await c.reader.find(c.tenant, one.run))?.status).toBe('running')
  })
})
