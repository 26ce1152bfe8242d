import { describe, expect, test } from 'vitest'
import { misfits, normalised } from './json-schema.ts'

describe('a schema from outside', () => {
  test('keeps what is cheap to check, and loses what is not', () => {
    const { schema, problems } = normalised({
      type: 'object',
      properties: {
        a: { type: 'string', pattern: '^(a+)+$', maxLength: 5, description: 'An a' },
        b: { type: 'array', items: { type: 'integer' }, contains: { type: 'integer' } },
      },
      patternProperties: { '(x+)+y': {} },
      required: ['a'],
    })

    expect(schema).toEqual({
      type: 'object',
      properties: {
        a: { type: 'string', maxLength: 5, description: 'An a' },
        b: { type: 'array', items: { type: 'integer' } },
      },
      required: ['a'],
    })
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '#/properties/a/pattern',
      '#/properties/b/contains',
      '#/patternProperties',
    ])
  })

  test('has its references resolved within its document, and nowhere else', () => {
    const root = {
      components: {
        schemas: {
          'a/b': { type: 'string' },
          list: { items: { $ref: '#/components/schemas/list' } },
        },
      },
    }

    expect(normalised({ $ref: '#/components/schemas/a~1b' }, root).schema).toEqual({
      type: 'string',
    })
    expect(normalised({ $ref: '#/components/schemas/list' }, root).schema).toEqual({ items: {} })
    for (const $ref of [
      'https://example.com/s',
      '#/constructor/prototype',
      '#/none',
      'file:///etc/passwd',
    ]) {
      expect(normalised({ $ref }, root)).toMatchObject({
        schema: {},
        problems: [{ pointer: '#/$ref', message: 'leads nowhere' }],
      })
    }
  })

  test('does not grow without bounds, however it refers to itself', () => {
    const level = (next: string) => ({
      allOf: Array.from({ length: 10 }, () => ({ $ref: `#/$defs/${next}` })),
    })
    const names = Array.from({ length: 20 }, (_, index) => `l${index}`)
    const $defs = Object.fromEntries(
      names.map((name, index) => [name, level(names[index + 1] ?? 'end')]),
    )

    const { schema, problems } = normalised({ $ref: '#/$defs/l0', $defs: { ...$defs, end: {} } })

    expect(JSON.stringify(schema).length).toBeLessThan(200_000)
    expect(problems.length).toBeGreaterThan(0)
  })

  test('takes null where OpenAPI 3.0 says nullable', () => {
    const { schema } = normalised({ type: 'string', nullable: true })

    expect(misfits(schema, null)).toEqual([])
    expect(misfits(schema, 7)).not.toEqual([])
  })

  test.each([null, 7, 'text', []])(
    'that is none (%j) allows everything, and is a problem',
    (none) => {
      expect(normalised(none)).toMatchObject({ schema: {}, problems: [{ pointer: '#' }] })
    },
  )
})
