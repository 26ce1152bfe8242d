import fc from 'fast-check'
import type { Schema } from '../openapi/operation.ts'

const USUAL_ITEMS = 3
/** A list is only made one too long where that is a small request. */
const MAX_BOUNDARY_ITEMS = 120

type Below = (schema: Schema, name: string) => fc.Arbitrary<unknown>

/** Lists of a schema, rarely one item too long. */
export function arrayOf(
  { items, minItems, maxItems, uniqueItems }: Schema,
  below: (items: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown[]> {
  const item = below((items ?? {}) as Schema)
  const least = typeof minItems === 'number' ? minItems : 0
  const most = typeof maxItems === 'number' ? maxItems : USUAL_ITEMS
  const maxLength = Math.max(least, Math.min(most, USUAL_ITEMS))
  const usual =
    uniqueItems === true
      ? fc.uniqueArray(item, {
          minLength: least,
          maxLength,
          selector: (value) => JSON.stringify(value),
        })
      : fc.array(item, { minLength: least, maxLength })
  if (typeof maxItems !== 'number' || maxItems > MAX_BOUNDARY_ITEMS) return usual
  const tooLong = item.map((one) => Array.from({ length: most + 1 }, () => one))
  return fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: tooLong })
}

/** Objects of a schema: what is required, some of the rest, and names of one's own where they are allowed. */
export function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  below: Below,
): fc.Arbitrary<unknown> {
  const named = Object.entries(properties as Record<string, Schema>)
  const needed = named.filter(([name]) => (required as string[]).includes(name))
  const recordOf = (some: typeof named) =>
    fc.record(Object.fromEntries(some.map(([name, schema]) => [name, below(schema, name)])), {
      requiredKeys: needed.map(([name]) => name),
    })
  // With every optional property comes another way to be refused.
  const known = fc.oneof(recordOf(needed), recordOf(named))
  const isOpen = typeof additionalProperties === 'object' && additionalProperties !== null
  if (!isOpen) return known
  const others = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
    below(additionalProperties as Schema, ''),
    { maxKeys: 3 },
  )
  return fc.tuple(others, known).map(([more, own]) => ({ ...more, ...own }))
}
