import { type Json, type JsonObject, listOf, objectOf, resolve } from './json.ts'

/** Named pairs are compared once, which also ends the comparison of what contains itself. */
export function pairOf(a: Json, b: Json): string | undefined {
  const [first, second] = [objectOf(a).$ref, objectOf(b).$ref]
  return first !== undefined && second !== undefined ? `${first} ${second}` : undefined
}

export function typesOf({ type, enum: values, const: only }: JsonObject): string[] | undefined {
  if (type !== undefined) return (Array.isArray(type) ? type : [type]).map(String)
  const known = values === undefined ? (only === undefined ? undefined : [only]) : listOf(values)
  return known && [...new Set(known.map((value) => (value === null ? 'null' : typeof value)))]
}

export function fits(type: string, wide: readonly string[]): boolean {
  return wide.includes(type) || (type === 'integer' && wide.includes('number'))
}

export function valuesOf({ enum: values, const: only }: JsonObject): string[] | undefined {
  if (values !== undefined) return listOf(values).map((value) => JSON.stringify(value))
  return only === undefined ? undefined : [JSON.stringify(only)]
}

/** A lower limit of nothing is none. */
export function neutral(limit: string, value: Json): boolean {
  return value === 0 && ['minLength', 'minItems', 'minProperties'].includes(limit)
}

export function isObjectLike({ type, properties }: JsonObject): boolean {
  return type === 'object' || properties !== undefined
}

export function isUnion({ anyOf, oneOf }: JsonObject): boolean {
  return anyOf !== undefined || oneOf !== undefined
}

export function choicesOf(schema: JsonObject): readonly Json[] {
  return isUnion(schema) ? listOf(schema.anyOf ?? schema.oneOf) : [schema]
}

/** The `type` by which a reader tells the choices apart, and passes over those it does not know. */
export function tagOf(schema: JsonObject): string | undefined {
  const { type, status } = objectOf(schema.properties)
  const values = [type, status].flatMap((tag) => valuesOf(objectOf(tag)) ?? [])
  return values.length > 0 ? values.join() : undefined
}

export function isTagged(schema: JsonObject): boolean {
  return tagOf(schema) !== undefined
}

export function namesOf(document: JsonObject, schemas: readonly Json[]): string {
  const names = schemas.map((schema) => {
    const { $ref } = objectOf(schema)
    if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1)
    return typesOf(resolve(document, schema))?.join(' or ') ?? 'one of its choices'
  })
  return names.join(', ')
}
