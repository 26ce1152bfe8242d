import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Call, startToolsApi, type ToolsApi } from '../testing/tools-api.ts'

let api: ToolsApi
beforeAll(async () => {
  api = await startToolsApi()
})
afterAll(() => api.close())
beforeEach(() => {
  api.received.length = 0
  api.answer(() => ({ ok: true }))
})
const call: ToolsApi['call'] = (of) => api.call(of)

const tryOut = async (id: string, input: unknown, rest: Call = {}) =>
  call({ method: 'POST', path: `/tools/${id}/execute`, body: { input }, ...rest })

describe('importing OpenAPI', () => {
  const document = (changes: object = {}) => ({
    ...{ openapi: '3.1.0', servers: [{ url: `${api.url}/v1` }] },
    paths: {
      '/orders/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          ...{ operationId: 'getOrder', summary: 'Get\u202e an order\u0007' },
          parameters: [{ name: 'full', in: 'query', schema: { type: 'boolean' } }],
        },
        put: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
      '/files': {
        post: { requestBody: { required: true, content: { 'text/csv': {} } } },
      },
    },
    components: { schemas: { Order: { type: 'object', properties: { n: { type: 'integer' } } } } },
    ...changes,
  })
  const run = (body: object, rest: Call = {}) =>
    call({
      method: 'POST',
      path: '/tools/import/openapi',
      body: { name: 'shop', ...body },
      ...rest,
    })

  test('makes a tool of each operation, and changes what has changed', async () => {
    const tenant = testTenant('4')
    const first = (await run({ document: document() }, { tenant })).json()
    expect(first.operations).toMatchObject([
      {
        ...{ operation: 'GET /orders/{id}', change: 'created' },
        tool: {
          ...{ name: 'getOrder', kind: 'openapi', effect: 'read', description: 'Get an order' },
          inputSchema: { properties: { full: { type: 'boolean' } }, required: ['id'] },
          http: { url: `${api.url}/v1/orders/{id}` },
        },
      },
      {
        ...{ operation: 'PUT /orders/{id}', change: 'created' },
        tool: {
          ...{ name: 'PUT_orders_id', effect: 'write' },
          inputSchema: { properties: { body: { properties: { n: { type: 'integer' } } } } },
        },
      },
      { operation: 'POST /files', change: 'refused', problem: expect.stringContaining('not JSON') },
    ])

    const again = (await run({ document: document() }, { tenant })).json()
    expect(again.operations.map(({ change }: { change: string }) => change)).toEqual([
      ...['unchanged', 'unchanged', 'refused'],
    ])
    const { '/orders/{id}': orders } = document().paths
    const less = document({
      paths: {
        '/orders/{id}': { ...orders, put: undefined, get: { ...orders.get, summary: 'New' } },
      },
    })
    const changed = (await run({ document: less }, { tenant })).json()
    expect(changed.operations).toMatchObject([{ change: 'updated', tool: { revision: 2 } }])
    expect(changed.missing).toMatchObject([{ name: 'PUT_orders_id' }])

    const { id } = changed.operations[0].tool
    await tryOut(id, { id: '../x', full: true }, { tenant })
    expect(api.received.map((request) => request.url)).toEqual(['/v1/orders/..%2Fx?full=true'])
  })

  test('reads a document from its URL, through the guard', async () => {
    const tenant = testTenant('5')
    api.answer(() => document({ servers: [{ url: '/api' }] }))
    const read = (
      await run({ url: `${api.url}/openapi.json`, include: ['getOrder'] }, { tenant })
    ).json()
    expect(read.operations).toMatchObject([
      { tool: { http: { url: `${api.url}/api/orders/{id}` } } },
    ])
    const inside = await run({ url: 'http://169.254.169.254/openapi.json' }, { tenant })
    expect(inside.json().code).toBe('egress.forbidden-address')
    api.listener = ({ socket }) => socket.destroy()
    const down = await run({ url: `${api.url}/openapi.json` }, { tenant })
    expect(down.statusCode).toBe(400)
    expect(down.json().errors).toMatchObject([{ pointer: '#/url' }])
  })

  test.each([
    ['version 2', { openapi: undefined, swagger: '2.0' }, 'openapi.invalid'],
    ['no paths', { paths: undefined }, 'openapi.invalid'],
    [
      'more operations than anybody needs',
      { paths: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`/p${n}`, { get: {} }])) },
      'openapi.too-many-operations',
    ],
  ])('refuses %s', async (_what, changes, code) => {
    expect((await run({ document: document(changes) })).json()).toMatchObject({ status: 400, code })
  })

  test.each([
    ['inside', 'http://10.0.0.1', 'not on the public Internet'],
    ['without encryption', 'http://api.example.com', 'not https'],
    ['nowhere', '/relative', 'no whole URL'],
    ['of a model', 'file:///etc/passwd', 'Only http'],
  ])('makes no tool of a server %s', async (_what, server, problem) => {
    const read = (await run({ document: document({ servers: [{ url: server }] }) })).json()
    expect(read.operations[0]).toMatchObject({
      change: 'refused',
      problem: expect.stringContaining(problem),
    })
  })
})
