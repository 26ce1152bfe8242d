import { nodeTypes } from '@dure/engine'
import { createService, type Service } from '@dure/platform'
import { silentLog, testIdentity } from '@dure/platform/testing'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeTypeRoutes } from './routes.ts'

let service: Service
beforeAll(async () => {
  const verifier = { verify: async () => testIdentity().identity }
  service = await createService({ name: 'workflow', log: silentLog(), verifier })
  await service.register(nodeTypeRoutes, { prefix: '/v1', nodeTypes })
})
afterAll(() => service.close())

const get = (url: string) => service.inject({ method: 'GET', url: `/v1${url}` })
const one = async (type: string) => (await get(`/node-types/${type}`)).json()

describe('the catalogue', () => {
  test('lists every node type once', async () => {
    const response = await get('/node-types')

    expect(response.statusCode).toBe(200)
    const { data, nextCursor } = response.json()
    expect(data.map(({ type }: { type: string }) => type)).toEqual([...nodeTypes.keys()])
    expect(nextCursor).toBeNull()
  })

  test.each([
    ['condition', { kind: 'pure', effect: 'pure', ports: ['true', 'false'], dynamic: false }],
    ['switch', { kind: 'pure', effect: 'pure', ports: [], dynamic: true }],
    ['end', { kind: 'pure', effect: 'pure', ports: [], dynamic: false }],
    ['llm', { kind: 'task', effect: 'read', ports: ['out'] }],
    ['http', { kind: 'task', effect: 'by-config' }],
    ['emit_event', { kind: 'in-place', effect: 'write' }],
    ['approval', { kind: 'wait', effect: 'pure', ports: ['approved', 'rejected', 'expired'] }],
    ['try', { kind: 'container', effect: 'pure', ports: ['ok', 'caught'] }],
  ])('says of %s what it is', async (type, seen) => {
    expect(await one(type)).toMatchObject({ type, ...seen })
  })

  test('has the schema of what a node takes and of what it gives', async () => {
    const { config, output } = await one('retrieve')
    expect(config.properties.topK).toMatchObject({ type: 'integer', maximum: 50, default: 5 })
    expect(config.properties.query).toMatchObject({ 'x-dure-expression': 'template' })
    expect(Object.keys(output.properties)).toEqual([
      ...['chunks', 'context', 'citations'],
      ...['degraded', 'degradedReason'],
    ])
    expect(await one('subworkflow')).toHaveProperty('output', null)
  })

  test('gives a schema alone, by which a configuration can be checked elsewhere', async () => {
    const schema = (await get('/node-types/delay/schema')).json()

    expect(schema).toEqual(JSON.parse(JSON.stringify(nodeTypes.get('delay')?.config)))
    const configs = [{ ms: 5 }, {}, { ms: 5, until: '' }, { ms: -1 }]
    expect(configs.filter((config) => Compile(schema).Check(config))).toEqual([{ ms: 5 }])
  })

  test.each(['/node-types/magic', '/node-types/magic/schema'])('404: %s', async (url) => {
    const response = await get(url)

    expect(response.statusCode).toBe(404)
    expect(response.json()).toMatchObject({ code: 'node-type.not-found' })
  })
})
