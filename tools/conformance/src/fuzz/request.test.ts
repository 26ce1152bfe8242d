import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OpenApiDocument, operationsOf } from '../openapi/operation.ts'
import { compileSchemas } from '../openapi/schemas.ts'
import { createPool } from './pool.ts'
import { buildRequest, draftsOf, plainDraftsOf } from './request.ts'

const thing = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 10 },
    size: { type: 'integer', minimum: 1, maximum: 5 },
    boxId: { type: 'string', pattern: '^box_[0-9a-f]{32}$' },
    tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 2 },
  },
  required: ['name', 'boxId'],
  additionalProperties: false,
}
const document: OpenApiDocument = {
  paths: {
    '/v1/boxes/{boxId}/things': {
      post: {
        operationId: 'createThing',
        parameters: [
          {
            in: 'path',
            name: 'boxId',
            required: true,
            schema: { type: 'string', pattern: '^box_[0-9a-f]{32}$' },
          },
          { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 9 } },
        ],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
        responses: { 201: {} },
      },
    },
  },
  components: { schemas: { Thing: thing } },
}
const [operation] = operationsOf(document)
if (!operation) throw new Error('The document has an operation')
const box = `box_${'0'.repeat(32)}`

function sample(count: number, seed = 7) {
  const pool = createPool()
  pool.learn({ id: box }, {})
  const drafts = fc.sample(draftsOf(operation as never, document), { numRuns: count, seed })
  return drafts.map((draft) => buildRequest(operation as never, draft, { pool, key: 'k' }))
}

describe('requests made of a schema', () => {
  const requests = sample(400)
  const plain = requests.filter(({ isChanged }) => !isChanged)
  const { problemsOf } = compileSchemas(document)
  const isValid = (body: Buffer | undefined) =>
    problemsOf(thing, JSON.parse(String(body))).length === 0

  test('are valid, but for a few that are just beyond a limit', () => {
    const valid = plain.filter(({ wire }) => isValid(wire.body))

    expect(plain.length).toBeGreaterThan(50)
    expect(valid.length / plain.length).toBeGreaterThan(0.7)
    expect(valid.length).toBeLessThan(plain.length)
  })

  test('mostly name what the system has', () => {
    const known = plain.filter(({ wire }) => wire.path.startsWith(`/v1/boxes/${box}/things`))

    expect(known.length / plain.length).toBeGreaterThan(0.6)
    expect(known.length).toBeLessThan(plain.length)
  })

  test('are changed in body, path and head for the most part', () => {
    const paths = new Set(requests.map(({ wire }) => wire.path.split('?')[0]))
    const types = new Set(requests.map(({ wire }) => JSON.stringify(wire.headers)))
    const bodies = requests.map(({ wire }) => String(wire.body))

    expect(paths.size).toBeGreaterThan(20)
    expect(types.size).toBeGreaterThan(20)
    expect(bodies.some((body) => body.includes('\\ud800'))).toBe(true)
    expect(bodies.some((body) => !isJson(body))).toBe(true)
  })

  test('have, half of the time, the values that the pool knows to be good; what is asked for instead stands', () => {
    const pool = createPool()
    pool.hint('createThing', { boxId: box, name: 'hinted', absent: 1 })
    const drafts = fc.sample(plainDraftsOf(operation as never, document), { numRuns: 100, seed: 7 })
    const bodies = (instead: Record<string, string> = {}) =>
      drafts.map((draft) => {
        const { wire } = buildRequest(operation as never, draft, { pool, key: 'k', instead })
        return { path: wire.path.split('?')[0], ...JSON.parse(String(wire.body)) }
      })
    const hinted = bodies().filter(({ name }) => name === 'hinted')

    expect(hinted.length).toBeGreaterThan(30)
    expect(hinted.length).toBeLessThan(70)
    for (const { path, boxId, absent } of hinted) {
      expect([path, boxId, absent]).toEqual([`/v1/boxes/${box}/things`, box, undefined])
    }
    expect(bodies({ 'body:/name': 'x' }).every(({ name }) => name === 'x')).toBe(true)
  })

  test('are the same for the same seed', () => {
    const again = sample(400)

    expect(again.map(({ wire }) => wire)).toEqual(requests.map(({ wire }) => wire))
    expect(sample(400, 8).map(({ wire }) => wire)).not.toEqual(again.map(({ wire }) => wire))
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
