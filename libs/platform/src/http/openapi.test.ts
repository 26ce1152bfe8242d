import { Problem } from '@dure/contracts'
import { Type } from 'typebox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../testing/index.ts'
import { EventStream } from './event-stream.ts'
import { descriptionOf } from './openapi.ts'
import type { JsonObject } from './openapi-json.ts'
import { createService, type Service } from './service.ts'

let service: Service
beforeEach(async () => {
  service = await createService({
    name: 'thing',
    log: silentLog(),
    verifier: { verify: () => Promise.reject(new Error('nobody asks')) },
  })
})
afterEach(() => service.close())

const open = { public: true } as const
const scoped = { scope: 'runs:read' } as const
const done = async () => ({}) as never

async function describe() {
  await service.ready()
  // biome-ignore lint/suspicious/noExplicitAny: a document is read as JSON is read.
  return descriptionOf(service) as any
}

test('says who may call, for machines and for people', async () => {
  service.get('/open', { config: open, schema: { description: 'Says hello.' } }, done)
  service.get('/scoped', { config: scoped }, done)
  const { paths } = await describe()
  expect(paths['/open'].get).toMatchObject({
    security: [],
    description: 'Says hello. Needs no key.',
  })
  expect(paths['/scoped'].get).toMatchObject({
    'x-dure-scopes': ['runs:read'],
    description: 'Needs the scope `runs:read`.',
  })
  expect(paths['/scoped'].get.security).toBeUndefined()
})

test('says each problem that can be foreseen, by what a route takes', async () => {
  const id = Type.Object({ id: Type.String() })
  const response = { 204: Type.Null(), '4xx': Problem }
  service.get('/none', { config: open, schema: { response } }, done)
  service.get('/things/:id', { config: open, schema: { params: id, response } }, done)
  service.put('/things/:id', { config: open, schema: { params: id, body: id, response } }, done)
  const { paths } = await describe()
  const statusesOf = (operation: JsonObject) => Object.keys(operation.responses as JsonObject)
  expect(statusesOf(paths['/none'].get)).toEqual(['204', '4XX'])
  expect(statusesOf(paths['/things/{id}'].get)).toEqual(['204', '400', '404', '4XX'])
  expect(statusesOf(paths['/things/{id}'].put)).toEqual([
    ...['204', '400', '404', '409', '413', '415', '4XX'],
  ])
  expect(paths['/none'].get.responses['4XX'].content).toEqual({
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  })
})

test('what is sent need not have what has a default, what is received has it', async () => {
  const Thing = Type.Object({ size: Type.Integer({ default: 1 }) }, { $id: 'Thing' })
  const Same = Type.Object({ id: Type.String() }, { $id: 'Same' })
  const both = Type.Object({ thing: Thing, same: Same })
  service.post('/things', { config: open, schema: { body: both, response: { 200: both } } }, done)
  const { paths, components } = await describe()
  const { requestBody, responses } = paths['/things'].post
  const propertiesOf = ({ content }: JsonObject) =>
    // biome-ignore lint/suspicious/noExplicitAny: a document is read as JSON is read.
    (content as any)['application/json'].schema.properties
  expect(propertiesOf(requestBody)).toEqual({
    thing: { $ref: '#/components/schemas/ThingInput' },
    same: { $ref: '#/components/schemas/Same' },
  })
  expect(propertiesOf(responses[200]).thing).toEqual({ $ref: '#/components/schemas/Thing' })
  expect(components.schemas.Thing.required).toEqual(['size'])
  expect(components.schemas.ThingInput.required).toBeUndefined()
})

test('a stream is a stream, and what is JSON has an example', async () => {
  service.get('/events', { config: open, schema: { response: { 200: EventStream } } }, done)
  const Named = Type.Object({ name: Type.String() }, { $id: 'Named' })
  service.get('/named', { config: open, schema: { response: { 200: Named } } }, done)
  const { paths } = await describe()
  expect(Object.keys(paths['/events'].get.responses[200].content)).toEqual(['text/event-stream'])
  expect(paths['/named'].get.responses[200].content['application/json']).toEqual({
    schema: { $ref: '#/components/schemas/Named' },
    example: { name: 'Answer a customer' },
  })
})

test('says what it sends to others: by which headers they know it, and that they need no key', async () => {
  const Named = Type.Object({ id: Type.String({ examples: ['x'] }) }, { $id: 'Named' })
  const telling = await createService({
    name: 'teller',
    log: silentLog(),
    webhooks: {
      'thing.happened': {
        ...{ operationId: 'onThingHappened', summary: 'It has', tag: 'webhooks' },
        headers: Type.Object({ 'webhook-id': Type.String({ description: 'Which' }) }),
        body: Type.Object({ data: Named }),
        responses: { '2XX': 'Taken' },
      },
    },
  })
  await telling.ready()
  // biome-ignore lint/suspicious/noExplicitAny: a document is read as JSON is read.
  const { webhooks, components } = descriptionOf(telling) as any
  await telling.close()
  expect(webhooks['thing.happened'].post).toMatchObject({
    ...{ operationId: 'onThingHappened', tags: ['webhooks'], security: [] },
    parameters: [{ in: 'header', name: 'webhook-id', required: true, description: 'Which' }],
    responses: { '2XX': { description: 'Taken' } },
  })
  const { schema, example } =
    webhooks['thing.happened'].post.requestBody.content['application/json']
  expect(schema.properties.data).toEqual({ $ref: '#/components/schemas/Named' })
  expect(components.schemas.Named).toMatchObject({ type: 'object' })
  expect(example).toEqual({ data: { id: 'x' } })
})
