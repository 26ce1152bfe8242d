import { nodeTypes } from '@dure/engine'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded, supportGraph } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.close())

const post = (url: string, body?: unknown, headers = {}) =>
  harness.call({ method: 'POST', url, body, headers })
const create = async (graph: unknown = supportGraph) =>
  (await post('/v1/workflows', { name: 'Support', graph })).json()

const greeting = (text: string) => ({
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'say', type: 'template', config: { text } },
    { id: 'end', type: 'end', config: { outputs: { text: '{{ nodes.say.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'say' },
    { from: 'say', to: 'end' },
  ],
})

async function run(id: string, body = {}) {
  const response = await post(`/v1/workflows/${id}/runs`, { mode: 'wait', ...body })
  return (await response.json()).output
}

describe('a workflow', () => {
  test('comes back as it was saved', async () => {
    const { id } = await create()
    const workflow = await (await harness.call({ url: `/v1/workflows/${id}` })).json()
    expect(workflow).toMatchObject({ name: 'Support', latestVersion: 0, publishedVersion: null })
    expect(workflow.graph.nodes).toHaveLength(supportGraph.nodes.length)
  })

  test.each([
    ['an unknown node type', { nodes: [{ id: 'a', type: 'magic' }], edges: [] }],
    [
      'a cycle',
      {
        nodes: [
          { id: 'start', type: 'start' },
          { id: 'a', type: 'template', config: { text: '' } },
          { id: 'b', type: 'template', config: { text: '' } },
        ],
        edges: [
          { from: 'start', to: 'a' },
          { from: 'a', to: 'b' },
          { from: 'b', to: 'a' },
        ],
      },
    ],
    ['a dangling edge', { ...greeting(''), edges: [{ from: 'start', to: 'nowhere' }] }],
  ])('with %s is refused, and nothing is stored', async (_name, graph) => {
    const before = (await (await harness.call({ url: '/v1/workflows' })).json()).data
    const response = await post('/v1/workflows', { name: 'Broken', graph })
    const problem = await response.json()

    expect([response.status, problem.code]).toEqual([400, 'workflow.invalid'])
    expect(problem.errors[0]).toMatchObject({
      pointer: expect.stringMatching(/^#\/graph\//),
      code: expect.any(String),
    })
    expect((await (await harness.call({ url: '/v1/workflows' })).json()).data).toEqual(before)
  })

  test('with a graph of the wrong shape is refused with a pointer', async () => {
    const graph = { nodes: [{ id: 'Bad Id', type: 'start' }], edges: [] }
    const problem = await (await post('/v1/workflows', { name: 'x', graph })).json()
    expect(problem).toMatchObject({
      code: 'request.invalid',
      errors: [{ pointer: '#/graph/nodes/0/id' }],
    })
  })

  test('with more than 100 nodes is refused', async () => {
    const nodes = Array.from({ length: 101 }, (_, index) => ({ id: `n${index}`, type: 'start' }))
    const problem = await (
      await post('/v1/workflows', { name: 'x', graph: { nodes, edges: [] } })
    ).json()
    expect(problem).toMatchObject({
      code: 'request.invalid',
      errors: [{ pointer: '#/graph/nodes' }],
    })
  })

  test('can be checked without being stored', async () => {
    const good = await (await post('/v1/workflows/validate', { graph: supportGraph })).json()
    expect(good).toMatchObject({ valid: true, problems: [], warnings: [] })
    const bad = { nodes: [{ id: 'a', type: 'magic' }], edges: [] }
    expect((await (await post('/v1/workflows/validate', { graph: bad })).json()).valid).toBe(false)
  })

  test('cannot run before something is published', async () => {
    const { id } = await create()
    const response = await post(`/v1/workflows/${id}/runs`, { input: {} })
    expect([response.status, (await response.json()).code]).toEqual([409, 'workflow.not-published'])
  })

  test('runs what is published, whatever becomes of the draft; an older version rolls back', async () => {
    const id = await harness.publish(greeting('one'))
    const body = { name: 'Support', graph: greeting('two') }
    await harness.call({ method: 'PUT', url: `/v1/workflows/${id}`, body })
    expect(await run(id)).toEqual({ text: 'one' })

    const version = await (await post(`/v1/workflows/${id}/versions`)).json()
    expect(version.number).toBe(2)
    await post(`/v1/workflows/${id}/versions/2/publish`)
    expect(await run(id)).toEqual({ text: 'two' })
    expect(await run(id, { version: 1 })).toEqual({ text: 'one' })

    await post(`/v1/workflows/${id}/versions/1/publish`)
    expect(await run(id)).toEqual({ text: 'one' })
  })

  test('makes no new version when the draft has not changed, also when asked at the same time', async () => {
    const { id } = await create()
    const versions = await Promise.all(
      Array.from({ length: 5 }, async () => (await post(`/v1/workflows/${id}/versions`)).json()),
    )
    expect(new Set(versions.map(({ number }) => number))).toEqual(new Set([1]))
    const page = await (await harness.call({ url: `/v1/workflows/${id}/versions` })).json()
    expect(page).toMatchObject({ data: [{ number: 1 }], nextCursor: null })
  })

  test('keeps a run on the version that it started on', async () => {
    const id = await harness.publish(supportGraph)
    let release: (() => Promise<void>) | undefined
    harness.answer = (task) => {
      release = () => harness.send(task, succeeded({ chunks: [], context: '' }))
      return undefined
    }
    const started = await post(`/v1/workflows/${id}/runs`, { input: { question: 'q' } })
    const { id: runId } = await started.json()
    const body = { name: 'Support', graph: greeting('changed') }
    await harness.call({ method: 'PUT', url: `/v1/workflows/${id}`, body })
    await post(`/v1/workflows/${id}/versions`)
    await post(`/v1/workflows/${id}/versions/2/publish`)

    await expect.poll(() => release).toBeDefined()
    await release?.()
    const get = async () => (await harness.call({ url: `/v1/runs/${runId}` })).json()
    await expect.poll(async () => (await get()).output).toEqual({ answer: 'Nothing about "q"' })
  })

  test('of another tenant is not there', async () => {
    const { id } = await create()
    const as = { tenant: testTenant('9') }
    const body = { name: 'Mine', graph: supportGraph }
    for (const call of [
      { url: `/v1/workflows/${id}` },
      { url: `/v1/workflows/${id}/versions` },
      { url: `/v1/workflows/${id}`, method: 'PUT' as const, body },
      { url: `/v1/workflows/${id}/versions`, method: 'POST' as const },
      { url: `/v1/workflows/${id}/versions/1/publish`, method: 'POST' as const },
    ]) {
      expect((await harness.call({ ...call, as })).status).toBe(404)
    }
  })

  test('cannot be changed with a key that may only read', async () => {
    const response = await harness.call({
      method: 'POST',
      url: '/v1/workflows',
      body: { name: 'x', graph: supportGraph },
      as: { scopes: ['workflows:read'] },
    })
    expect(response.status).toBe(403)
  })
})

test('the catalogue lists every node type with its schema', async () => {
  const { data } = await (await harness.call({ url: '/v1/node-types' })).json()
  expect(data.map(({ type }) => type)).toEqual([...nodeTypes.keys()])
  const llm = await (await harness.call({ url: '/v1/node-types/llm' })).json()
  expect(llm.config.required).toEqual(['prompt'])
  expect((await harness.call({ url: '/v1/node-types/none' })).status).toBe(404)
})
