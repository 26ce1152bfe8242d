import type { RequestListener } from 'node:http'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../testing/gateway.ts'

const documentOf = (path: string, title: string) => ({
  openapi: '3.1.0',
  info: { title, version: '1' },
  paths: {
    [path]: {
      get: {
        operationId: `get${title}`,
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
      },
    },
    '/internal': { get: { operationId: `internal${title}`, responses: {} } },
  },
  components: { schemas: { Thing: { type: 'object', title } } },
})

/** Describes itself with a text, and answers 304 to whoever has it. */
function describing(body: string, asked: string[] = []): RequestListener {
  const etag = `"${body.length}"`
  return (request, response) => {
    asked.push(String(request.headers['if-none-match']))
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    response.writeHead(200, { 'content-type': 'application/json', etag }).end(body)
  }
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly operationId: string } }>>
  readonly components: { readonly schemas: object }
  readonly 'x-dure-stale'?: readonly string[]
}

let gateway: TestGateway
const asked: string[] = []
beforeAll(async () => {
  gateway = await startGateway()
  const { workflow, agent, knowledge } = gateway.peers
  workflow.own = describing(JSON.stringify(documentOf('/v1/runs', 'Workflow')), asked)
  agent.own = describing('not JSON')
  knowledge.own = describing(JSON.stringify(documentOf('/v1/knowledge-bases', 'Knowledge')))
  await gateway.peers.analytics.stop()
})
afterAll(() => gateway.close())

const get = (path: string, headers = {}) => fetch(gateway.origin + path, { headers })
const read = async (path = '/openapi.json') => (await (await get(path)).json()) as OpenApiDocument

/** Without those of the gateway itself. */
const pathsOf = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([path, { get: operation }]) =>
    operation?.operationId.match(/^get(Workflow|WorkflowV2|Agent|Knowledge|Hook)$/) ? [path] : [],
  )

describe('the description of the whole', () => {
  test('has the reachable paths of every service that describes itself, and names the others', async () => {
    await eventually(async () => {
      const document = await read()
      expect(document).toMatchObject({
        openapi: '3.1.0',
        servers: [{ url: '/' }],
        security: [{ apiKey: [] }, { apiKeyHeader: [] }, { oidc: [] }],
        'x-dure-stale': ['agent', 'analytics'],
      })
      expect(pathsOf(document)).toEqual(['/v1/knowledge-bases', '/v1/runs'])
      expect(Object.keys(document.components.schemas)).toEqual(
        expect.arrayContaining(['Knowledge_Thing', 'Problem', 'Workflow_Thing']),
      )
    })
  })

  test('is there by version, each with what belongs to it', async () => {
    const workflow = documentOf('/v1/runs', 'Workflow')
    const v2 = documentOf('/v2/runs', 'WorkflowV2').paths
    const hook = documentOf('/hooks/{token}', 'Hook').paths
    gateway.peers.workflow.own = describing(
      JSON.stringify({ ...workflow, paths: { ...workflow.paths, ...v2, ...hook } }),
    )
    await eventually(async () => {
      expect(pathsOf(await read('/v2/openapi.json'))).toEqual(['/v2/runs'])
    })
    expect(pathsOf(await read('/v1/openapi.json'))).toEqual(['/v1/knowledge-bases', '/v1/runs'])
    const whole = await read()
    expect(pathsOf(whole)).toEqual([
      '/hooks/{token}',
      '/v1/knowledge-bases',
      '/v1/runs',
      '/v2/runs',
    ])
    expect(whole.paths).toMatchObject({ '/hooks/{token}': { get: { security: [] } } })
    expect(JSON.stringify(await read('/v2/openapi.json'))).not.toContain('Knowledge_Thing')
    gateway.peers.workflow.own = describing(JSON.stringify(workflow), asked)
    await eventually(async () => {
      expect(pathsOf(await read())).toEqual(['/v1/knowledge-bases', '/v1/runs'])
    })
  })

  test.each(['/openapi.json', '/v1/openapi.json', '/v2/openapi.json'])(
    '%s is not sent again to whoever has it',
    async (path) => {
      const etag = (await get(path)).headers.get('etag') ?? ''
      expect((await get(path, { 'if-none-match': etag })).status).toBe(304)
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200)
    },
  )

  test('has nothing of what cannot be reached, or is for operators', async () => {
    const { paths } = await read()
    const inside = ['/internal', '/metrics', '/livez', '/readyz', '/startupz', '/openapi.json']
    expect(Object.keys(paths).filter((path) => inside.includes(path))).toEqual([])
    const key = { authorization: `Bearer ${gateway.key}` }
    expect((await get('/internal', key)).status).toBe(404)
  })

  test('asks a service with the tag of the copy it has', async () => {
    await eventually(() =>
      expect(asked).toContain(`"${JSON.stringify(documentOf('/v1/runs', 'Workflow')).length}"`),
    )
  })

  test('keeps the last good copy of a service that breaks, and follows one that changes', async () => {
    gateway.peers.workflow.own = describing('{"openapi":"3.1.0"}')
    gateway.peers.agent.own = describing(JSON.stringify(documentOf('/v1/models', 'Agent')))
    await eventually(async () => {
      const document = await read()
      expect(document['x-dure-stale']).toEqual(['analytics', 'workflow'])
      expect(pathsOf(document)).toEqual(['/v1/knowledge-bases', '/v1/models', '/v1/runs'])
    })
  })
})
