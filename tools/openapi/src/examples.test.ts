import { expect, test } from 'vitest'
import { examplesIn } from './examples.ts'
import type { JsonObject } from './json.ts'

const document = (media: JsonObject): JsonObject => ({
  paths: { '/v1/a': { post: { requestBody: { content: { 'application/json': media } } } } },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', examples: ['thing_1'] }, example: { type: 'string' } },
      },
    },
  },
})
const schema = { $ref: '#/components/schemas/Thing' }
const wrong = (media: JsonObject) =>
  examplesIn(document(media)).filter(({ errors }) => errors.length > 0)

test('examples are held against their schema, through its references', () => {
  expect(wrong({ schema, example: { id: 'a' } })).toEqual([])
  expect(wrong({ schema, example: {} })).toMatchObject([
    { where: '#/paths/~1v1~1a/post/requestBody/content/application~1json/example' },
  ])
  expect(
    wrong({ schema, examples: { good: { value: { id: 'a' } }, bad: { value: 1 } } }),
  ).toMatchObject([{ where: expect.stringMatching(/\/examples\/bad$/) }])
})

test('examples and defaults inside a schema too', () => {
  expect(wrong({ schema: { type: 'integer', examples: [1, 'x'], default: 'y' } })).toMatchObject([
    { where: expect.stringMatching(/\/schema\/examples\/1$/) },
    { where: expect.stringMatching(/\/schema\/default$/) },
  ])
})

test('a property that is called example is none', () => {
  expect(examplesIn(document({ schema }))).toHaveLength(1)
})
