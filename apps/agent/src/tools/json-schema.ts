import type { FieldProblem } from '@dure/kernel'
import { Value } from 'typebox/value'

export type JsonSchema = Readonly<Record<string, unknown>>

const MAX_DEPTH = 32
const MAX_NODES = 5000
const MAX_PROBLEMS = 20

const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']
const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
/** Say something to whoever reads the schema, and nothing about what fits. */
const WORDS = ['title', 'description', 'default', 'examples', 'example', 'deprecated', '$schema']
const DEFINITIONS = ['$defs', 'definitions', '$id', '$comment', 'readOnly', 'writeOnly', 'format']

export interface Normalised {
  readonly schema: JsonSchema
  /** What of the schema is not checked, or makes no sense. */
  readonly problems: readonly FieldProblem[]
}

interface Reading {
  /** What `$ref` leads into. */
  readonly root: unknown
  readonly problems: FieldProblem[]
  nodes: number
}

interface Place {
  readonly pointer: string
  /** References that were followed to get here: one that leads back to itself ends. */
  readonly refs: readonly string[]
  readonly depth: number
}

/**
 * The schema with nothing in it that could cost much to check: no regular expression, which may take
 * for ever on V8, no reference (they are resolved), and no more than a few thousand parts. Whoever
 * trusts its author as little as possible drops what is a problem; whoever relies on it refuses it.
 */
export function normalised(schema: unknown, root: unknown = schema): Normalised {
  const reading: Reading = { root, problems: [], nodes: 0 }
  const result = schemaAt(schema, reading, { pointer: '#', refs: [], depth: 0 })
  return {
    schema: typeof result === 'object' ? result : {},
    problems: reading.problems.slice(0, MAX_PROBLEMS),
  }
}

function schemaAt(schema: unknown, reading: Reading, place: Place): JsonSchema | boolean {
  if (typeof schema === 'boolean') return schema
  reading.nodes += 1
  if (place.depth > MAX_DEPTH || reading.nodes > MAX_NODES) {
    return complain(reading, place.pointer, 'is too large or too deep')
  }
  if (!isObject(schema)) return complain(reading, place.pointer, 'is not a schema')
  if (typeof schema.$ref === 'string') return referenced(schema.$ref, reading, place)
  const entries = Object.entries(schema).flatMap(([keyword, value]) => {
    const kept = keywordAt(keyword, value, reading, {
      ...place,
      pointer: `${place.pointer}/${escaped(keyword)}`,
      depth: place.depth + 1,
    })
    return kept === undefined ? [] : [[keyword, kept] as const]
  })
  return nullable(schema, Object.fromEntries(entries))
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type. */
function nullable(from: JsonSchema, to: JsonSchema): JsonSchema {
  if (from.nullable !== true || typeof to.type !== 'string') return to
  return { ...to, type: [to.type, 'null'] }
}

function referenced(ref: string, reading: Reading, place: Place): JsonSchema | boolean {
  // What contains itself is checked as far as it is written down once.
  if (place.refs.includes(ref)) return {}
  const target = resolvedIn(ref, reading.root)
  if (target === undefined) return complain(reading, `${place.pointer}/$ref`, 'leads nowhere')
  return schemaAt(target, reading, {
    ...place,
    refs: [...place.refs, ref],
    depth: place.depth + 1,
  })
}

/** What an RFC 6901 pointer within the document leads to; nothing outside of it is ever fetched. */
export function resolvedIn(ref: string, root: unknown): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined
  const steps = ref.split('/').slice(1)
  return steps.reduce<unknown>((value, step) => {
    const name = unescaped(step)
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    return (value as JsonSchema)[name]
  }, root)
}

type Keyword = (value: unknown, reading: Reading, place: Place) => unknown

const subschema: Keyword = (value, reading, place) => schemaAt(value, reading, place)
const list: Keyword = (value, reading, place) =>
  Array.isArray(value)
    ? value.map((item, index) =>
        schemaAt(item, reading, { ...place, pointer: `${place.pointer}/${index}` }),
      )
    : complaint(reading, place.pointer, 'is not a list of schemas')
const map: Keyword = (value, reading, place) =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          schemaAt(item, reading, { ...place, pointer: `${place.pointer}/${escaped(name)}` }),
        ]),
      )
    : complaint(reading, place.pointer, 'is not an object of schemas')

function fitting(fits: (value: unknown) => boolean, message: string): Keyword {
  return (value, reading, { pointer }) =>
    fits(value) ? value : complaint(reading, pointer, message)
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['properties', map],
  ['items', (...of) => (Array.isArray(of[0]) ? list(...of) : subschema(...of))],
  ['prefixItems', list],
  ['additionalProperties', subschema],
  ['anyOf', list],
  ['oneOf', list],
  ['allOf', list],
  ['not', subschema],
  ['required', fitting(isTexts, 'is not a list of names')],
  ['enum', fitting((value) => Array.isArray(value) && value.length > 0, 'is not a list of values')],
  ['const', (value) => value],
  ['uniqueItems', fitting((value) => typeof value === 'boolean', 'is not true or false')],
  ['type', fitting(isType, `is not one of ${TYPES.join(', ')}`)],
  ...COUNTS.map((name) => [name, fitting(isCount, 'is not a whole number')] as const),
  ...BOUNDS.map((name) => [name, fitting(Number.isFinite, 'is not a number')] as const),
  ...WORDS.map((name) => [name, (value: unknown) => value] as const),
  ...DEFINITIONS.map((name) => [name, () => undefined] as const),
  ['nullable', () => undefined],
])

function keywordAt(keyword: string, value: unknown, reading: Reading, place: Place): unknown {
  const read = KEYWORDS.get(keyword)
  if (read) return read(value, reading, place)
  return complaint(reading, place.pointer, 'is not checked here: use another keyword')
}

function isType(value: unknown): boolean {
  const names = [value].flat()
  return names.length > 0 && names.every((name) => TYPES.includes(String(name)))
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function complain(reading: Reading, pointer: string, message: string): JsonSchema {
  complaint(reading, pointer, message)
  return {}
}

function complaint(reading: Reading, pointer: string, message: string): undefined {
  if (reading.problems.length < MAX_PROBLEMS) reading.problems.push({ pointer, message })
  return undefined
}

/** Where a value differs from a schema that was normalised: at most 20 places. */
export function misfits(schema: JsonSchema, value: unknown): FieldProblem[] {
  if (isTooDeep(value))
    return [{ pointer: '#', message: `is nested deeper than ${MAX_VALUE_DEPTH}` }]
  return Value.Errors(schema, value)
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .slice(0, MAX_PROBLEMS)
    .flatMap(({ keyword, instancePath, message, params }) => {
      const missing =
        keyword === 'required' && 'requiredProperties' in params
          ? (params.requiredProperties as string[])
          : []
      if (missing.length > 0) {
        return missing.map((name) => ({
          pointer: `#${instancePath}/${escaped(name)}`,
          message: 'is missing',
        }))
      }
      const words = keyword === 'boolean' ? 'is not known here' : message
      return [{ pointer: `#${instancePath}`, message: words }]
    })
}

/** The problems as one text, for a model or a person. */
export function told(problems: readonly FieldProblem[]): string {
  return problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
}

const MAX_VALUE_DEPTH = 100

/** Without recursion: it comes from a model. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_VALUE_DEPTH) return true
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    )
  }
  return false
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescaped(step: string): string {
  const decoded = step.includes('%') ? decodedOr(step) : step
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~')
}

function decodedOr(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
