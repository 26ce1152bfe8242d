import { expect, test } from 'vitest'
import { compileSchemas } from '../openapi/schemas.ts'
import { closedObjectsIn } from './closed-objects.ts'

const closed = (properties: object) => ({ type: 'object', additionalProperties: false, properties })
const auth = closed({ secret: { type: 'string' } })
const document = { paths: {}, components: { schemas: { Auth: auth } } }
const looking = { document, schemas: compileSchemas(document) }
const ref = { $ref: '#/components/schemas/Auth' }

test('objects in objects, in lists and behind references are found where they are, and open ones are not', () => {
  const open = { type: 'object', properties: { inside: ref } }
  const schema = closed({ auth: ref, all: { type: 'array', items: auth }, open, absent: ref })
  const value = { auth: { secret: 'a' }, all: [{}, {}], open: { inside: {} } }
  expect(closedObjectsIn(schema, value, looking)).toEqual(['', '/auth', '/all/0', '/open/inside'])
  expect(closedObjectsIn({ type: 'array', items: ref }, [{}], looking)).toEqual(['/0'])
})

test('of several shapes, the one that it has', () => {
  const other = closed({ url: { type: 'string', minLength: 1 }, by: auth })
  const schema = { anyOf: [auth, other] }
  expect(closedObjectsIn(schema, { url: 'x', by: {} }, looking)).toEqual(['', '/by'])
  expect(closedObjectsIn(schema, { secret: 'x' }, looking)).toEqual([''])
})
