import type { TaskRef } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'
import { admit } from './admission.ts'

const LIMITS = { MAX_RUNNING_RUNS: 3, MAX_QUEUED_RUNS: 10 }

let harness: Harness
beforeAll(async () => {
  harness = await startHarness(LIMITS)
})
afterAll(() => harness.close())

const graph = {
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'a', type: 'echo', config: { data: {} } },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'a' },
    { from: 'a', to: 'end' },
  ],
}
const other = { as: { tenant: testTenant('7') } }

async function publishAs(as: object): Promise<string> {
  const post = async (url: string, body?: unknown) =>
    (await harness.call({ method: 'POST', url, body, ...as })).json()
  const { id } = await post('/v1/workflows', { name: 'Fair', graph })
  await post(`/v1/workflows/${id}/versions`)
  await post(`/v1/workflows/${id}/versions/1/publish`)
  return id
}

describe('a project with more runs than it may have', () => {
  test('waits, is refused at last, and holds up nobody else', async () => {
    const held: TaskRef[] = []
    harness.answer = (task) => {
      held.push(task)
      return undefined
    }
    const greedy = await publishAs({})
    const modest = await publishAs(other)
    const ids: string[] = []
    // What is known of the load may be half a second old: then one more is let in.
    const refused = await eventually(async () => {
      const body = { ref: greedy }
      const response = await harness.call({ method: 'POST', url: '/v2/runs', body })
      if (response.status === 202) ids.push((await response.json()).id)
      expect(response.status).toBe(429)
      return response
    })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await refused.json()).toMatchObject({ code: 'run.backlog-full' })
    expect(ids.length).toBeGreaterThanOrEqual(LIMITS.MAX_QUEUED_RUNS)

    const body = { ref: modest }
    const lone = await harness.call({ method: 'POST', url: '/v2/runs', body, ...other })
    const { id } = await lone.json()
    await eventually(() => expect(held.some(({ runId }) => runId === id)).toBe(true))

    harness.answer = () => succeeded({})
    for (const task of held.splice(0)) await harness.send(task, succeeded({}))
    await eventually(async () => {
      const states = await Promise.all(
        ids.map(
          async (one) => (await (await harness.call({ url: `/v1/runs/${one}` })).json()).status,
        ),
      )
      expect(new Set(states)).toEqual(new Set(['completed']))
    })
  })
})

describe('admission', () => {
  const limits = { maxRunningRuns: 2, maxQueuedRuns: 3 }
  test.each([
    [{ running: 0, queued: 0 }, 'start'],
    [{ running: 1, queued: 0 }, 'start'],
    [{ running: 2, queued: 0 }, 'queue'],
    [{ running: 1, queued: 1 }, 'queue'],
    [{ running: 0, queued: 3 }, 'refuse'],
  ])('of %o is to %s', (load, expected) => {
    expect(admit(load, limits)).toBe(expected)
  })
})
