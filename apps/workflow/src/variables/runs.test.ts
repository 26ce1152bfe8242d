import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, startHarness } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await startHarness()
})
afterAll(() => h.close())

async function json(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, seed = '1') {
  const response = await h.call({ method, url, body, as: { tenant: testTenant(seed) } })
  if (!response.ok) throw new Error(await response.text())
  // biome-ignore lint/suspicious/noExplicitAny: each answer has fields of its own
  return (await response.json()) as any
}

const keep = (name: string, value: unknown, seed?: string) =>
  json('POST', '/v1/variables', { name, value }, seed)
const start = { id: 'start', type: 'start', config: {} }
const line = (...nodes: { readonly id: string }[]) => ({
  nodes,
  edges: nodes.slice(1).map(({ id }, at) => ({ from: nodes[at]?.id, to: id })),
})
const end = (outputs: object) => ({ id: 'end', type: 'end', config: { outputs } })

async function ended(workflowId: string, options: object = {}) {
  const { id } = await json('POST', `/v1/workflows/${workflowId}/runs`, { input: {}, ...options })
  return eventually(async () => {
    const run = await json('GET', `/v1/runs/${id}`)
    expect(['completed', 'failed']).toContain(run.status)
    return run
  })
}

test('a run reads the variables of its project, and keeps those that it began with', async () => {
  const { id: variableId } = await keep('greeting', 'Hello')
  await keep('limits', { orders: 3 })
  await keep('unused', 'x')
  await keep('greeting', 'Not yours', '2')
  const wait = { id: 'wait', type: 'wait_event', config: { name: 'go', correlation: 'k' } }
  const workflowId = await h.publish(
    line(start, wait, end({ text: '{{ vars.greeting }}!', limit: '{{ vars.limits.orders + 1 }}' })),
  )

  const { id } = await json('POST', `/v1/workflows/${workflowId}/runs`, { input: {} })
  await json('PUT', `/v1/variables/${variableId}`, { value: 'Changed' })
  await json('POST', '/v2/events', { name: 'go', correlation: 'k', payload: {} })
  const run = await eventually(async () => {
    const now = await json('GET', `/v1/runs/${id}`)
    expect(now.status).toBe('completed')
    return now
  })
  expect(run.output).toEqual({ text: 'Hello!', limit: 4 })

  const replayed = await json('POST', `/v2/runs/${id}:replay`, { dryRun: true })
  expect(replayed.identical).toBe(true)
  const next = await ended(await h.publish(line(start, end({ text: '{{ vars.greeting }}' }))))
  expect(next.output).toEqual({ text: 'Changed' })
})

test('a run may change what it has of them, and nobody else sees it', async () => {
  await keep('counter', 5)
  const inc = { id: 'inc', type: 'set_variable', config: { name: 'counter', op: 'inc', value: 2 } }
  const workflowId = await h.publish(line(start, inc, end({ n: '{{ vars.counter }}' })))

  expect((await ended(workflowId)).output).toEqual({ n: 7 })
  expect((await ended(workflowId)).output).toEqual({ n: 7 })
})

test('a run of another workflow has the variables of when it began, and one that is not there fails', async () => {
  await keep('inner', 'from the project')
  const child = await h.publish(line(start, end({ text: '{{ vars.inner }}' })))
  const call = { id: 'call', type: 'subworkflow', config: { workflowId: child, input: {} } }
  const parent = await h.publish(
    line(start, call, end({ got: '{{ nodes.call.data.output.text }}' })),
  )
  expect((await ended(parent)).output).toEqual({ got: 'from the project' })

  const missing = await ended(await h.publish(line(start, end({ text: '{{ vars.nobody }}' }))))
  expect(missing).toMatchObject({ status: 'failed', error: { code: 'expression.failed' } })
})

test('a run that waited begins with the variables of when it begins', async () => {
  const { id } = await keep('late', 'before')
  const wait = { id: 'wait', type: 'wait_event', config: { name: 'first', correlation: 'q' } }
  const workflowId = await h.publish(line(start, wait, end({ text: '{{ vars.late }}' })))
  const body = { ref: workflowId, input: {}, concurrencyKey: 'one-at-a-time' }
  const path = '/v2/runs'
  const first = await json('POST', path, body)
  const second = await json('POST', path, body)
  expect(second.status).toBe('queued')

  await json('PUT', `/v1/variables/${id}`, { value: 'after' })
  const outputs: unknown[] = []
  for (const run of [first, second]) {
    await eventually(async () => {
      expect((await json('GET', `/v1/runs/${run.id}`)).status).toBe('running')
    })
    await json('POST', '/v2/events', { name: 'first', correlation: 'q', payload: {} })
    await eventually(async () => {
      const now = await json('GET', `/v1/runs/${run.id}`)
      expect(now.status).toBe('completed')
      outputs.push(now.output)
    })
  }
  expect(outputs).toEqual([{ text: 'before' }, { text: 'after' }])
})
