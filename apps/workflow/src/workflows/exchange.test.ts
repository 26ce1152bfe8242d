import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphSaying, saved, startWorkflows, type Workflows } from './testing/service.ts'

let w: Workflows
beforeAll(async () => {
  w = await startWorkflows()
})
afterAll(() => w.close())

const create = async (text = 'one') =>
  (await w.call('POST', '/v1/workflows', { body: saved(text) })).json().id as string
const text = (workflow: { graph: { nodes: { config: { text?: string } }[] } }) =>
  workflow.graph.nodes[1]?.config.text
const refusal = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
]

describe('checking a workflow', () => {
  test('tells problems, warnings and what a run can cost', async () => {
    const id = await create('{{ nodes.start.data.x }}')
    const validate = async (body?: object) =>
      (await w.call('POST', `/v1/workflows/${id}/validate`, body ? { body } : {})).json()
    expect(await validate()).toEqual({
      valid: true,
      problems: [],
      warnings: [],
      costUpperBoundMicroUsd: 0,
    })
    const call = { id: 'say', type: 'subworkflow', config: { workflowId: id } }
    const graph = graphSaying('')
    const nodes = graph.nodes.map((node) => (node.id === 'say' ? call : node))
    expect(await validate({ graph: { ...graph, nodes } })).toMatchObject({
      valid: false,
      problems: [{ code: 'workflow.calls-itself' }],
      costUpperBoundMicroUsd: null,
    })
  })

  test('of a graph alone tells warnings, too', async () => {
    const body = { graph: graphSaying('{{ nodes.start.text }}') }
    const found = (await w.call('POST', '/v1/workflows/validate', { body })).json()
    expect(found).toMatchObject({
      valid: true,
      warnings: [{ code: 'expression.unknown-property' }],
    })
  })
})

describe('a body', () => {
  test('is stored with its defaults', async () => {
    const body = saved('one')
    const map = {
      ...{ id: 'say', type: 'map', config: { items: '[1]' } },
      body: {
        nodes: [
          { id: 'a', type: 'parallel' },
          { id: 'b', type: 'parallel' },
        ],
        edges: [{ from: 'a', to: 'b' }],
      },
    }
    const nodes = body.graph.nodes.map((node) => (node.id === 'say' ? map : node))
    const end = { id: 'end', type: 'end', config: { outputs: {} } }
    const graph = { ...body.graph, nodes: [...nodes.slice(0, 2), end] }
    const created = await w.call('POST', '/v1/workflows', { body: { ...body, graph } })
    expect(created.json().graph.nodes[1].body).toEqual({
      nodes: [
        { id: 'a', type: 'parallel', config: {} },
        { id: 'b', type: 'parallel', config: {} },
      ],
      edges: [{ from: 'a', port: 'out', to: 'b' }],
    })
  })

  test('of the wrong shape is refused where the mistake is', async () => {
    const graph = graphSaying('')
    const map = {
      id: 'say',
      type: 'map',
      config: { items: '[1]' },
      body: { nodes: [{ id: 'X' }], edges: [] },
    }
    const nodes = graph.nodes.map((node) => (node.id === 'say' ? map : node))
    const body = { name: 'x', graph: { ...graph, nodes } }
    const problem = (await w.call('POST', '/v1/workflows', { body })).json()
    expect(problem.code).toBe('workflow.invalid')
    expect(problem.errors).toContainEqual(
      expect.objectContaining({
        pointer: '#/graph/nodes/1/body/nodes/0/id',
        code: 'node.invalid-body',
      }),
    )
  })
})

describe('a copy', () => {
  test('has the draft, and nothing else, of the original', async () => {
    const id = await w.published(1)
    const copy = (await w.call('POST', `/v1/workflows/${id}/duplicate`)).json()
    expect(copy).toMatchObject({ name: 'Example (copy)', latestVersion: 0, publishedVersion: null })
    expect(copy.id).not.toBe(id)
    expect(text(copy)).toBe('v1')
    const named = await w.call('POST', `/v1/workflows/${id}/duplicate`, { body: { name: 'Mine' } })
    expect([named.statusCode, named.json().name]).toEqual([201, 'Mine'])
  })

  test('of a workflow with the longest name has a name that fits', async () => {
    const body = { ...saved('x'), name: 'n'.repeat(200) }
    const { id } = (await w.call('POST', '/v1/workflows', { body })).json()
    const { name } = (await w.call('POST', `/v1/workflows/${id}/duplicate`)).json()
    expect(name).toHaveLength(200)
    expect(name).toMatch(/n \(copy\)$/)
  })

  test('can be taken to another project as a file', async () => {
    const id = await w.published(2)
    const file = await w.call('GET', `/v1/workflows/${id}/export`)
    expect(file.json()).toMatchObject({
      format: 'dure.workflow',
      formatVersion: 1,
      name: 'Example',
    })
    const as = { tenant: testTenant('7') }
    const imported = await w.call('POST', '/v1/workflows/import', { body: file.json(), as })
    expect([imported.statusCode, text(imported.json())]).toEqual([201, 'v2'])
    const again = await w.call('GET', `/v1/workflows/${imported.json().id}/export`, { as })
    expect(again.json()).toEqual(file.json())

    const old = (await w.call('GET', `/v1/workflows/${id}/export?version=1`)).json()
    expect(text(old)).toBe('v1')
  })

  test.each([
    ['of a later format', { formatVersion: 2 }, 'workflow.unsupported-format'],
    ['of something else', { format: 'other' }, 'request.invalid'],
    [
      'with problems',
      { graph: { nodes: [{ id: 'a', type: 'magic' }], edges: [] } },
      'workflow.invalid',
    ],
  ])('from a file %s is refused', async (_what, change, code) => {
    const file = { format: 'dure.workflow', formatVersion: 1, ...saved('x'), ...change }
    const response = await w.call('POST', '/v1/workflows/import', { body: file })
    expect(refusal(response)).toEqual([400, code])
  })
})
