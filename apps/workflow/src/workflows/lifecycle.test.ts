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
const get = async (id: string) => (await w.call('GET', `/v1/workflows/${id}`)).json()
const refusal = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
]

describe('a change of a draft', () => {
  test('of some fields leaves the others as they are', async () => {
    const id = await create()
    const renamed = await w.call('PATCH', `/v1/workflows/${id}`, { body: { name: 'Other' } })
    expect(renamed.json()).toMatchObject({ name: 'Other', description: '' })
    expect(text(renamed.json())).toBe('one')

    const redrawn = await w.call('PATCH', `/v1/workflows/${id}`, {
      body: { graph: graphSaying('two') },
    })
    expect([redrawn.json().name, text(redrawn.json())]).toEqual(['Other', 'two'])
  })

  test.each([
    ['nothing', {}, 'request.invalid'],
    ['an unknown field', { colour: 'red' }, 'request.invalid'],
    [
      'a graph with problems',
      { graph: { nodes: [{ id: 'a', type: 'magic' }], edges: [] } },
      'workflow.invalid',
    ],
  ])('to %s is refused', async (_what, body, code) => {
    const id = await create()
    expect(refusal(await w.call('PATCH', `/v1/workflows/${id}`, { body }))).toEqual([400, code])
  })

  test('to a graph that calls its own workflow is refused', async () => {
    const id = await create()
    const graph = graphSaying('x')
    const call = { id: 'call', type: 'subworkflow', config: { workflowId: id } }
    const body = {
      graph: {
        ...graph,
        nodes: [...graph.nodes, call],
        edges: [...graph.edges, { from: 'start', to: 'call' }],
      },
    }
    const problem = (await w.call('PATCH', `/v1/workflows/${id}`, { body })).json()
    expect(problem.errors).toMatchObject([
      { pointer: '#/graph/nodes/3/config/workflowId', code: 'workflow.calls-itself' },
    ])
  })

  test('is refused when somebody else was faster', async () => {
    const id = await create()
    const etag = String((await w.call('GET', `/v1/workflows/${id}`)).headers.etag)
    const put = (name: string, ifMatch: string) =>
      w.call('PUT', `/v1/workflows/${id}`, {
        body: { ...saved('x'), name },
        headers: { 'if-match': ifMatch },
      })
    const [one, other] = await Promise.all([put('One', etag), put('Other', etag)])
    expect([one.statusCode, other.statusCode].toSorted()).toEqual([200, 412])
    const [winner, loser] = one.statusCode === 200 ? [one, other] : [other, one]
    expect(loser.headers['content-type']).toContain('application/problem+json')
    expect(loser.json()).toMatchObject({ code: 'workflow.changed', status: 412 })
    expect((await get(id)).name).toBe(winner.json().name)

    const next = String(winner.headers.etag)
    expect(next).not.toBe(etag)
    expect((await put('Next', next)).statusCode).toBe(200)
  })

  test.each([
    ['*', 200],
    ['"7", "1"', 200],
    ['"7"', 412],
    ['W/"1"', 412],
    ['nonsense', 400],
  ])('with If-Match %s is answered %i', async (ifMatch, status) => {
    const id = await create()
    for (const method of ['PATCH', 'DELETE'] as const) {
      const response = await w.call(method, `/v1/workflows/${id}`, {
        headers: { 'if-match': method === 'PATCH' || status >= 400 ? ifMatch : '*' },
        ...(method === 'PATCH' && { body: { name: 'x' } }),
      })
      expect(response.statusCode).toBe(status === 200 && method === 'DELETE' ? 204 : status)
    }
  })

  test('is not refused because something was published', async () => {
    const id = await create()
    const { etag } = (await w.call('GET', `/v1/workflows/${id}`)).headers
    await w.call('POST', `/v1/workflows/${id}/versions`)
    const published = await w.call('POST', `/v1/workflows/${id}/versions/1/publish`)
    expect(published.headers.etag).toBe(etag)
  })
})

describe('a workflow that was deleted', () => {
  test('is not there, but its versions can still be read', async () => {
    const id = await w.published(2)
    expect((await w.call('DELETE', `/v1/workflows/${id}`)).statusCode).toBe(204)

    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', saved('x')],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['POST', '/versions', undefined],
      ['POST', '/versions/1/publish', undefined],
      ['POST', '/rollback', undefined],
      ['POST', '/duplicate', undefined],
      ['GET', '/export', undefined],
    ] as const) {
      const response = await w.call(method, `/v1/workflows/${id}${path}`, body ? { body } : {})
      expect([method, path, ...refusal(response)]).toEqual([
        method,
        path,
        404,
        'workflow.not-found',
      ])
    }
    const { data } = (await w.call('GET', '/v1/workflows?limit=100')).json()
    expect(data.map((one: { id: string }) => one.id)).not.toContain(id)

    expect((await w.call('GET', `/v1/workflows/${id}/versions`)).json().data).toHaveLength(2)
    expect(text((await w.call('GET', `/v1/workflows/${id}/versions/1`)).json())).toBe('v1')
    const publications = await w.call('GET', `/v1/workflows/${id}/publications`)
    expect(publications.json().data).toHaveLength(1)
  })
})

describe('versions', () => {
  test('are compared', async () => {
    const id = await w.published(2)
    const diff = await w.call('GET', `/v1/workflows/${id}/versions/1/diff/2`)
    expect(diff.json()).toEqual({
      nodes: { added: [], removed: [], changed: [{ id: 'say', fields: ['/config/text'] }] },
      edges: { added: [], removed: [] },
    })
    expect(refusal(await w.call('GET', `/v1/workflows/${id}/versions/1/diff/9`))).toEqual([
      404,
      'workflow.version-not-found',
    ])
  })

  test('are rolled back one publication after the other', async () => {
    const id = await w.published(3)
    const publish = (number: number) =>
      w.call('POST', `/v1/workflows/${id}/versions/${number}/publish`)
    const rollBack = () => w.call('POST', `/v1/workflows/${id}/rollback`)
    await publish(1)
    await publish(1)
    await publish(2)
    expect((await rollBack()).json().publishedVersion).toBe(1)
    expect((await rollBack()).json().publishedVersion).toBe(3)
    expect(refusal(await rollBack())).toEqual([409, 'workflow.nothing-to-roll-back'])
    await publish(2)
    expect((await rollBack()).json().publishedVersion).toBe(3)

    const url = `/v1/workflows/${id}/publications`
    const first = (await w.call('GET', `${url}?limit=4`)).json()
    const rest = (await w.call('GET', `${url}?cursor=${first.nextCursor}`)).json()
    const all = [...first.data, ...rest.data].map(
      ({ kind, versionNumber }) => `${kind} ${versionNumber}`,
    )
    expect(all).toEqual([
      'rollback 3',
      'publish 2',
      'rollback 3',
      'rollback 1',
      'publish 2',
      'publish 1',
      'publish 3',
    ])
    expect([first.data[0].publishedBy, rest.nextCursor]).toEqual(['key_test', null])
  })

  test('that are published at the same time are published one after the other', async () => {
    const id = await w.published(3)
    await Promise.all(
      [1, 2, 3, 1, 2].map((number) =>
        w.call('POST', `/v1/workflows/${id}/versions/${number}/publish`),
      ),
    )
    const { data } = (await w.call('GET', `/v1/workflows/${id}/publications`)).json()
    const { publishedVersion } = await get(id)
    expect(data[0].versionNumber).toBe(publishedVersion)
    const rolledBack = await w.call('POST', `/v1/workflows/${id}/rollback`)
    expect(rolledBack.json().publishedVersion).toBe(data[1].versionNumber)
  })
})

test('a workflow of another tenant is not there', async () => {
  const id = await w.published(2)
  const as = { tenant: testTenant('9') }
  for (const [method, path, body] of [
    ['PATCH', '', { name: 'Mine' }],
    ['DELETE', '', undefined],
    ['POST', '/validate', undefined],
    ['POST', '/duplicate', undefined],
    ['GET', '/export', undefined],
    ['GET', '/versions/1/diff/2', undefined],
    ['POST', '/versions/1/publish', undefined],
    ['POST', '/rollback', undefined],
    ['GET', '/publications', undefined],
  ] as const) {
    const response = await w.call(method, `/v1/workflows/${id}${path}`, {
      as,
      ...(body && { body }),
    })
    expect([path, response.statusCode]).toEqual([path, 404])
  }
  expect((await get(id)).publishedVersion).toBe(2)
})
