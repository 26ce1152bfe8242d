/** A JSON Schema, as far as it is read here. */
export type Schema = Readonly<Record<string, unknown>>

/** JSON has one kind of number. */
type Kind = 'text' | 'number' | 'true or false' | 'null' | 'list' | 'object'

const KINDS: Readonly<Record<string, Kind>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'true or false',
  null: 'null',
  array: 'list',
  object: 'object',
}

/** Absent when the schema allows several kinds, or does not say. */
export function kindOf(schema: Schema | undefined): Kind | undefined {
  if (!schema) return undefined
  if (typeof schema.type === 'string') return KINDS[schema.type]
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : []
  const [kind, ...others] = new Set(values.map(kindOfValue))
  return others.length === 0 ? kind : undefined
}

function kindOfValue(value: unknown): Kind | undefined {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return KINDS[typeof value]
}

/**
 * What a property of a value is.
 *
 * @returns `excluded`, with the reason, when no value of this schema can have it; undefined when
 *   nobody knows
 */
export function propertyOf(
  schema: Schema | undefined,
  name: string,
): Schema | { readonly excluded: string } | undefined {
  const kind = kindOf(schema)
  if (schema === undefined || kind === undefined) return undefined
  if (kind !== 'object') return { excluded: `is ${kind}, which has no properties` }
  const { properties, patternProperties, additionalProperties } = schema
  const known = isSchema(properties) ? properties : {}
  if (Object.hasOwn(known, name)) return isSchema(known[name]) ? known[name] : undefined
  // A type that lists what it gives means it; only one that says so gives more.
  const isOpen = patternProperties !== undefined || (additionalProperties ?? false) !== false
  const names = Object.keys(known)
  if (isOpen || names.length === 0) return undefined
  return { excluded: `has only ${names.slice(0, 20).join(', ')}` }
}

/** What an element of a list is; undefined when nobody knows. */
export function elementOf(schema: Schema | undefined): Schema | undefined {
  return kindOf(schema) === 'list' && isSchema(schema?.items) ? schema.items : undefined
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
