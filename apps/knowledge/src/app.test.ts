import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpKnowledge } from './testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
})
afterAll(() => knowledge.tearDown())

describe('the knowledge service', () => {
  test('is ready when all that it needs is', async () => {
    const all = await knowledge.start('all')
    const api = await knowledge.start('api')

    const response = await all.inject('/readyz')

    expect(response.statusCode).toBe(200)
    expect(Object.keys(response.json().checks).toSorted()).toEqual([
      'dictionary',
      'evaluationSweeper',
      'evaluations',
      'ingestion',
      'money',
      'postgres',
      'reanalysis',
      'redis',
      'reindex',
      'search',
      'sources',
      'sweeper',
    ])
    expect(Object.keys((await api.inject('/readyz')).json().checks).toSorted()).toEqual([
      'dictionary',
      'postgres',
      'redis',
    ])
  })

  test('a worker serves no requests', async () => {
    const worker = await knowledge.start('worker')

    const response = await worker.inject('/v1/knowledge-bases')

    expect(response.statusCode).toBe(404)
    expect(response.json().code).toBe('route.not-found')
  })

  test('refuses a request that does not come from the gateway', async () => {
    const api = await knowledge.start('api')

    const response = await api.inject('/v1/knowledge-bases')

    expect(response.statusCode).toBe(401)
  })

  test('describes both ways to add a document', async () => {
    const api = await knowledge.start('api')

    const { paths } = (await api.inject('/openapi.json')).json()

    const path = '/v1/knowledge-bases/{knowledgeBaseId}/documents'
    expect(paths[path].post.requestBody.content).toMatchObject({
      'application/json': { schema: { $ref: '#/components/schemas/CreateDocument' } },
      'multipart/form-data': { schema: { $ref: '#/components/schemas/UploadDocument' } },
    })
  })
})
