import fc from 'fast-check'
import { type OpenApiDocument, resolved, type Schema } from '../openapi/operation.ts'
import { arrayOf, objectOf } from './containers.ts'
import { Reference, referredBy } from './pool.ts'
import { numberOf, textOf } from './scalars.ts'

export interface ValueContext {
  readonly document: OpenApiDocument
  /** Of the property or parameter that the value is for. */
  readonly name: string
  /** Levels that may still be nested. */
  readonly depth: number
}

export const MAX_DEPTH = 6

/**
 * Values that a schema describes, with a few just beyond its limits (one more, one less). Where the
 * system has answered with something of the same name or kind, it is often that.
 */
export function valuesOf(schema: Schema, context: ValueContext): fc.Arbitrary<unknown> {
  const { name, depth } = context
  const known = made.get(schema) ?? new Map<string, fc.Arbitrary<unknown>>()
  made.set(schema, known)
  const arbitrary = known.get(`${depth} ${name}`) ?? newValuesOf(schema, context)
  known.set(`${depth} ${name}`, arbitrary)
  return arbitrary
}

/** Schemas stand in one another many times over: each is looked at once for each depth. */
const made = new WeakMap<Schema, Map<string, fc.Arbitrary<unknown>>>()

function newValuesOf(schema: Schema, context: ValueContext): fc.Arbitrary<unknown> {
  const own = ownValueOf(resolved(schema, context.document), context)
  const referable = referenceOf(resolved(schema, context.document), context.name)
  if (!referable) return own
  const reference = fc
    .tuple(fc.nat(1000), own)
    .map(([pick, otherwise]) => new Reference(referable.wanted, pick, otherwise))
  return fc.oneof(
    { weight: referable.weight, arbitrary: reference },
    { weight: 10 - referable.weight, arbitrary: own },
  )
}

/** Of ten values, how many come from the pool. */
function referenceOf(schema: Schema, name: string) {
  const { type } = schema
  const prefix = referredBy(schema)
  if (prefix !== undefined) return { wanted: `id:${prefix}`, weight: 8 }
  if (name === 'cursor') return { wanted: 'string:nextCursor', weight: 5 }
  // A whole body has no name.
  if (name === '') return undefined
  if (type === 'object') return { wanted: `object:${name}`, weight: 7 }
  if (type === 'string') return { wanted: `string:${name}`, weight: 3 }
  if (type === 'integer') return { wanted: `number:${name}`, weight: 3 }
  return undefined
}

function ownValueOf(schema: Schema, context: ValueContext): fc.Arbitrary<unknown> {
  const { examples } = schema
  const usual = usualOf(schema, context)
  if (!Array.isArray(examples) || examples.length === 0) return usual
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...(examples as unknown[])) },
    { weight: 7, arbitrary: usual },
  )
}

function usualOf(schema: Schema, context: ValueContext): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) {
    return fc.oneof(...choices.map((choice) => valuesOf(choice as Schema, context)))
  }
  if (Array.isArray(schema.allOf)) {
    const parts = schema.allOf.map((part) => valuesOf(part as Schema, context))
    return fc.tuple(...parts).map((values) => Object.assign({}, ...values))
  }
  const { type } = schema
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => typed(one, schema, context)))
  return typed(type, schema, context)
}

function typed(type: unknown, schema: Schema, context: ValueContext): fc.Arbitrary<unknown> {
  const below = (child: Schema, name: string) =>
    context.depth <= 0
      ? fc.constant(null)
      : valuesOf(child, { ...context, name, depth: context.depth - 1 })
  switch (type) {
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return numberOf(schema, context.name)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return arrayOf(schema, (items) => below(items, context.name))
    case 'object':
      return objectOf(schema, below)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}
