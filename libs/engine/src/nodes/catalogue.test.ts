import { describe, expect, test } from 'vitest'
import { nodeTypes } from './index.ts'

type Schema = Readonly<Record<string, unknown>>

/** All schemas inside of one, with the way to each. */
function* schemasIn(schema: unknown, path: string): Generator<readonly [string, Schema]> {
  if (typeof schema !== 'object' || schema === null) return
  if ('type' in schema && typeof schema.type === 'string') yield [path, schema as Schema]
  for (const [key, child] of Object.entries(schema)) {
    if (key === 'not' || key === 'enum' || key === 'default' || key === 'examples') continue
    yield* schemasIn(child, `${path}/${key}`)
  }
}

const BOUNDS: Readonly<Record<string, (schema: Schema) => boolean>> = {
  integer: ({ minimum, maximum }) => typeof minimum === 'number' && typeof maximum === 'number',
  number: ({ minimum, maximum }) => typeof minimum === 'number' && typeof maximum === 'number',
  string: ({ maxLength, pattern, enum: words, const: word }) =>
    (maxLength ?? pattern ?? words ?? word) !== undefined,
  array: ({ maxItems }) => maxItems !== undefined,
  object: ({ additionalProperties, patternProperties, maxProperties }) =>
    patternProperties === undefined ? additionalProperties === false : maxProperties !== undefined,
}

describe.each([...nodeTypes.values()].map((nodeType) => [nodeType.type, nodeType] as const))(
  'the node type %s',
  (type, { title, description, config }) => {
    test('takes nothing without a bound, and nothing that it does not know', () => {
      const unbounded = [...schemasIn(config, type)].filter(
        ([, schema]) => BOUNDS[schema.type as string]?.(schema) === false,
      )
      expect(unbounded).toEqual([])
    })

    test('says what it is for', () => {
      expect(title.length).toBeGreaterThan(2)
      expect(description.length).toBeGreaterThan(20)
    })
  },
)

test('every node type of the catalogue is there', () => {
  expect([...nodeTypes.keys()].sort()).toEqual([
    'agent',
    'aggregate',
    'answer',
    'approval',
    'break',
    'code',
    'condition',
    'continue',
    'delay',
    'echo',
    'emit_event',
    'end',
    'filter',
    'guardrail',
    'http',
    'join',
    'llm',
    'loop',
    'map',
    'memory_read',
    'memory_write',
    'merge',
    'multi_agent',
    'note',
    'parallel',
    'respond',
    'retrieve',
    'set_variable',
    'sort',
    'start',
    'subworkflow',
    'switch',
    'template',
    'transform',
    'try',
    'wait_event',
  ])
})
