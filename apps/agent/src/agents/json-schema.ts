import type { FieldProblem } from '@dure/kernel'

/**
 * What a schema of a user may say. No patterns, since a regular expression of a user can hang a
 * process, and no references, since what they lead to may be endless.
 */
const WORDS: ReadonlyMap<string, 'value' | 'schema' | 'schemas' | 'named'> = new Map([
  ...(
    [
      'type',
      'title',
      'description',
      'enum',
      'const',
      'default',
      'examples',
      'required',
      'format',
      'minLength',
      'maxLength',
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'exclusiveMaximum',
      'multipleOf',
      'minItems',
      'maxItems',
      'uniqueItems',
      'minProperties',
      'maxProperties',
    ] as const
  ).map((word) => [word, 'value'] as const),
  ['properties', 'named'],
  ['items', 'schema'],
  ['not', 'schema'],
  ['additionalProperties', 'schema'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],
  ['allOf', 'schemas'],
])
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
const MAX_DEPTH = 12
const MAX_BYTES = 65_536

/** What of a JSON Schema is not taken; empty when all of it is. */
export function jsonSchemaProblems(schema: unknown, pointer: string): FieldProblem[] {
  if (JSON.stringify(schema).length > MAX_BYTES) {
    return [{ pointer, message: `has more than ${MAX_BYTES} characters` }]
  }
  return problemsOf(schema, pointer, 1)
}

function problemsOf(schema: unknown, pointer: string, depth: number): FieldProblem[] {
  if (typeof schema === 'boolean') return []
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return [{ pointer, message: 'is no schema: an object, true or false' }]
  }
  if (depth > MAX_DEPTH) return [{ pointer, message: `is nested deeper than ${MAX_DEPTH}` }]
  return Object.entries(schema).flatMap(([word, value]) => {
    const place = `${pointer}/${pointerPart(word)}`
    const kind = WORDS.get(word)
    if (kind === undefined) return [{ pointer: place, message: 'is a word that is not taken here' }]
    if (word === 'type') return typeProblems(value, place)
    return kind === 'value' ? [] : innerProblems({ kind, value, place }, depth + 1)
  })
}

function typeProblems(value: unknown, pointer: string): FieldProblem[] {
  const types = Array.isArray(value) ? value : [value]
  const areKnown = types.length > 0 && types.every((type) => TYPES.has(type))
  return areKnown ? [] : [{ pointer, message: 'is no type of JSON Schema' }]
}

function innerProblems(
  of: { readonly kind: string; readonly value: unknown; readonly place: string },
  depth: number,
): FieldProblem[] {
  const { kind, value, place } = of
  if (kind === 'schema') return problemsOf(value, place, depth)
  const isFitting = kind === 'schemas' ? Array.isArray(value) : isRecord(value)
  if (!isFitting) {
    const message = kind === 'schemas' ? 'is no list of schemas' : 'is no object of schemas'
    return [{ pointer: place, message }]
  }
  return Object.entries(value as object).flatMap(([name, inner]) =>
    problemsOf(inner, `${place}/${pointerPart(name)}`, depth),
  )
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** RFC 6901, 3. */
function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
