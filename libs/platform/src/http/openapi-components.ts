import { asObject, type Json, type JsonObject, mapValues } from './openapi-json.ts'
import { NAME } from './openapi-route.ts'

/** A schema with a name is written once, under `components`, wherever it is used. */
export function collectComponents(document: JsonObject): JsonObject {
  const { components, paths = {}, webhooks, ...rest } = document
  const described = describeMedia({ paths, ...(webhooks !== undefined && { webhooks }) })
  const nameOf = chooseNames(described)
  const schemas: JsonObject = {}
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const { [NAME]: name, ...schema } = value
    const visited = mapValues(schema, visit)
    if (typeof name !== 'string') return visited
    const chosen = nameOf(value)
    schemas[chosen] = visited
    return { $ref: `#/components/schemas/${chosen}` }
  }
  const visited = visit(described)
  const sorted = Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...rest,
    ...asObject(visited),
    components: { ...asObject(components), schemas: Object.fromEntries(sorted) },
  }
}

/**
 * What a client sends need not have what has a default; what it gets has it. Where that makes two of
 * one schema, the one that is sent is called `<name>Input`.
 */
function chooseNames(described: Json): (schema: JsonObject) => string {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const add = (schema: JsonObject, suffix: string) => {
    const text = JSON.stringify(schema)
    if (names.has(text)) return
    const name = String(schema[NAME])
    let free = taken.has(name) ? name + suffix : name
    for (let number = 2; taken.has(free); number += 1) free = `${name}${suffix}${number}`
    taken.add(free)
    names.set(text, free)
  }
  const [received, sent]: JsonObject[][] = [[], []]
  eachNamed(described, (schema, isSent) => (isSent ? sent : received)?.push(schema))
  for (const schema of received ?? []) add(schema, '')
  for (const schema of sent ?? []) add(schema, 'Input')
  return (schema) => names.get(JSON.stringify(schema)) ?? String(schema[NAME])
}

const SENT = new Set(['parameters', 'requestBody'])

function eachNamed(
  value: Json,
  found: (schema: JsonObject, isSent: boolean) => void,
  isSent = false,
): void {
  if (Array.isArray(value)) for (const item of value) eachNamed(item, found, isSent)
  const object = asObject(value)
  if (!object) return
  if (typeof object[NAME] === 'string') found(object, isSent)
  for (const [key, child] of Object.entries(object)) {
    eachNamed(child, found, isSent || SENT.has(key))
  }
}

/** What Fastify's schemas cannot say of what is sent. */
function describeMedia(value: Json): Json {
  if (Array.isArray(value)) return value.map(describeMedia)
  if (typeof value !== 'object' || value === null) return value
  return mapValues(withType(value), (child, key) => {
    const content = key === 'content' ? asObject(child) : undefined
    return describeMedia(content ? withMediaType(content) : child)
  })
}

/** An enumeration of texts says that it is one: generators of clients ask for it. */
function withType(schema: JsonObject): JsonObject {
  const texts = Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === 'string')
  return texts && schema.type === undefined ? { type: 'string', ...schema } : schema
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  Problem: 'application/problem+json',
  EventStream: 'text/event-stream',
}

function withMediaType(content: JsonObject): JsonObject {
  const { 'application/json': media, ...rest } = content
  const name = asObject(asObject(media)?.schema)?.[NAME]
  const type = MEDIA_TYPES[String(name)]
  return type === undefined || media === undefined ? content : { ...rest, [type]: media }
}
