import { Value } from 'typebox/value'
import { asObject, type Json, type JsonObject } from './openapi-json.ts'

const MAX_DEPTH = 12
const OF_FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-02T03:04:05.678Z',
  date: '2026-01-02',
  email: 'min@example.com',
  uri: 'https://example.com/',
  uuid: '0198c0de-4a7b-7c3e-9f10-223344556677',
}

/** What texts of these names look like, where their schema does not say it. */
const OF_NAMES: Readonly<Record<string, string>> = {
  name: 'Answer a customer',
  description: 'Finds what is known about a question, and answers it',
  detail: 'What happened, and what to do about it',
  message: 'is not what it has to be',
  query: '배송은 언제 오나요?',
  text: '주문한 상품은 이틀 안에 도착합니다.',
  url: 'https://example.com/hooks/dure',
}

/** Whether a client sends the value, and need not send what it may leave out, or gets all of it. */
type Direction = 'sent' | 'received'

interface Place {
  readonly direction: Direction
  readonly depth: number
  /** Of the property. */
  readonly name?: string
}

/**
 * A value that a schema allows, put together of the examples, defaults and choices inside it, so that
 * there is one for every operation and none is wrong. Undefined where those do not suffice: for a
 * pattern without an example.
 */
export function exampleOf(schema: JsonObject, direction: Direction): Json | undefined {
  const example = build(schema, { direction, depth: 0 })
  return example !== undefined && Value.Check(schema as never, example) ? example : undefined
}

function build(schema: JsonObject, place: Place): Json | undefined {
  const [given] = Array.isArray(schema.examples) ? schema.examples : []
  if (given !== undefined) return given
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (place.depth > MAX_DEPTH) return undefined
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return firstBuilt(choices, place)
  if (Array.isArray(schema.allOf)) return merged(schema.allOf, place)
  return ofType(schema, place)
}

function ofType(schema: JsonObject, place: Place): Json | undefined {
  switch (schema.type) {
    case 'object':
      return ofProperties(schema, place)
    case 'array':
      return ofItems(schema, place)
    case 'string':
      return ofText(schema, place)
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum ?? 0), Math.min(1, Number(schema.maximum ?? 1)))
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return schema.type === undefined ? {} : undefined
  }
}

function ofProperties(schema: JsonObject, { direction, depth }: Place): Json | undefined {
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : [])
  const example: JsonObject = {}
  for (const [name, property] of Object.entries(asObject(schema.properties) ?? {})) {
    const of = asObject(property) ?? {}
    if (direction === 'sent' && !required.has(name) && of.examples === undefined) continue
    const value = build(of, { direction, depth: depth + 1, name })
    if (value !== undefined) example[name] = value
    else if (required.has(name)) return undefined
  }
  return example
}

function ofItems(schema: JsonObject, { direction, depth }: Place): Json | undefined {
  const item = build(asObject(schema.items) ?? {}, { direction, depth: depth + 1 })
  if (item === undefined) return schema.minItems === undefined ? [] : undefined
  return Array.from({ length: Math.max(1, Number(schema.minItems ?? 1)) }, () => item)
}

function ofText(schema: JsonObject, { name = '' }: Place): Json | undefined {
  const { format, minLength = 0, maxLength = 100 } = schema
  const ofName = OF_NAMES[name]
  if (ofName !== undefined && Value.Check(schema as never, ofName)) return ofName
  if (schema.pattern !== undefined) return ofPattern(String(schema.pattern))
  const text = OF_FORMATS[String(format)] ?? (format === undefined ? 'text' : undefined)
  return text?.padEnd(Number(minLength), ' text').slice(0, Math.max(Number(maxLength), 0))
}

/** Ids and digests say by their pattern what they look like. */
function ofPattern(pattern: string): string | undefined {
  const [, prefix = '', digits] = /^\^([a-z]+_)?\[0-9a-f\]\{(\d+)\}\$$/.exec(pattern) ?? []
  return digits && prefix + '0198c0de4a7b7c3e9f10223344556677'.repeat(2).slice(0, Number(digits))
}

function merged(parts: readonly Json[], place: Place): Json | undefined {
  const built = parts.map((part) => asObject(build(asObject(part) ?? {}, place)))
  return built.includes(undefined) ? undefined : Object.assign({}, ...built)
}

function firstBuilt(choices: readonly Json[], place: Place): Json | undefined {
  for (const choice of choices) {
    const built = build(asObject(choice) ?? {}, place)
    if (built !== undefined) return built
  }
  return undefined
}
