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

/**
 * A value that a schema allows, put together of the examples, defaults and choices inside it, so that
 * there is one for every operation and none is wrong. Undefined where those do not suffice: for a
 * pattern without an example.
 */
export function exampleOf(schema: JsonObject): Json | undefined {
  const example = build(schema, 0)
  return example !== undefined && Value.Check(schema as never, example) ? example : undefined
}

function build(schema: JsonObject, depth: number): Json | undefined {
  const [given] = Array.isArray(schema.examples) ? schema.examples : []
  if (given !== undefined) return given
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (depth > MAX_DEPTH) return undefined
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return firstBuilt(choices, depth)
  if (Array.isArray(schema.allOf)) return merged(schema.allOf, depth)
  return ofType(schema, depth)
}

function ofType(schema: JsonObject, depth: number): Json | undefined {
  switch (schema.type) {
    case 'object':
      return ofProperties(schema, depth)
    case 'array':
      return ofItems(schema, depth)
    case 'string':
      return ofText(schema)
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

function ofProperties(schema: JsonObject, depth: number): Json | undefined {
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : [])
  const example: JsonObject = {}
  for (const [name, property] of Object.entries(asObject(schema.properties) ?? {})) {
    const value = build(asObject(property) ?? {}, depth + 1)
    if (value !== undefined) example[name] = value
    else if (required.has(name)) return undefined
  }
  return example
}

function ofItems(schema: JsonObject, depth: number): Json | undefined {
  const item = build(asObject(schema.items) ?? {}, depth + 1)
  if (item === undefined) return schema.minItems === undefined ? [] : undefined
  return Array.from({ length: Math.max(1, Number(schema.minItems ?? 1)) }, () => item)
}

function ofText({ format, pattern, minLength = 0, maxLength = 100 }: JsonObject): Json | undefined {
  if (pattern !== undefined) return undefined
  const text = OF_FORMATS[String(format)] ?? (format === undefined ? 'text' : undefined)
  return text?.padEnd(Number(minLength), ' text').slice(0, Math.max(Number(maxLength), 0))
}

function merged(parts: readonly Json[], depth: number): Json | undefined {
  const built = parts.map((part) => asObject(build(asObject(part) ?? {}, depth + 1)))
  return built.includes(undefined) ? undefined : Object.assign({}, ...built)
}

function firstBuilt(choices: readonly Json[], depth: number): Json | undefined {
  for (const choice of choices) {
    const built = build(asObject(choice) ?? {}, depth + 1)
    if (built !== undefined) return built
  }
  return undefined
}
