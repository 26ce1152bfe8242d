import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import type { Service } from './service.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** OpenAPI 3.1 at `/openapi.json`, made of the same schemas that check the requests. */
export function openApiRoute(service: Service, name: string): void {
  service.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `Dure ${name}`, version: '1.0.0', license: { name: 'Apache-2.0' } },
    },
    transform: ({ schema, url }) => ({ schema: describeRoute(schema) as never, url }),
    transformObject: (document) =>
      'openapiObject' in document
        ? (collectComponents(document.openapiObject as unknown as JsonObject) as never)
        : document.swaggerObject,
  })

  let cached: { readonly etag: string; readonly body: string } | undefined
  service.get(
    '/openapi.json',
    { config: { public: true }, logLevel: 'silent', schema: { hide: true } },
    async (request, reply) => {
      cached ??= withEtag(JSON.stringify(service.swagger()))
      reply.header('etag', cached.etag)
      if (request.headers['if-none-match'] === cached.etag) return reply.code(304).send()
      return reply.type('application/json').send(cached.body)
    },
  )
}

function withEtag(body: string) {
  return { etag: `"${createHash('sha256').update(body).digest('base64url')}"`, body }
}

/** The plugin drops `$id`; under this name it survives until the components are collected. */
const NAME = 'x-dure-name'

/** What the plugin cannot know of our schemas. */
function describeRoute(schema: object = {}): Json {
  const parts = Object.entries(schema).map(([part, value]): [string, Json] => [
    part,
    REQUEST_PARTS.has(part) ? withoutDefaults(keepNames(value)) : keepNames(value),
  ])
  return Object.fromEntries(parts)
}

const REQUEST_PARTS = new Set(['body', 'querystring', 'headers', 'params'])

/** What has a default need not be sent, although the handler can rely on it. */
function withoutDefaults(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDefaults)
  const schema = asObject(value)
  if (!schema) return value
  const entries = Object.entries(schema).map(([key, child]): [string, Json] => [
    key,
    withoutDefaults(child),
  ])
  const { required, ...rest } = Object.fromEntries(entries)
  if (!Array.isArray(required)) return { ...rest, ...(required !== undefined && { required }) }
  const properties = asObject(schema.properties) ?? {}
  const needed = required.filter(
    (name) => asObject(properties[String(name)])?.default === undefined,
  )
  return { ...rest, ...(needed.length > 0 && { required: needed }) }
}

function keepNames(value: unknown): Json {
  if (Array.isArray(value)) return value.map(keepNames)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$id' ? [NAME, child as Json] : [key, keepNames(child)],
    ),
  )
}

/** A schema with a name is written once, under `components`, wherever it is used. */
function collectComponents(document: JsonObject): JsonObject {
  const schemas: JsonObject = {}
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const { [NAME]: name, ...rest } = withType(value)
    const visited: JsonObject = Object.fromEntries(
      Object.entries(rest).map(([key, child]) => [key, visit(child)]),
    )
    if (typeof name !== 'string') return visited
    schemas[name] = visited
    return { $ref: `#/components/schemas/${name}` }
  }
  const { components, paths, ...rest } = document
  const visited = visit(describeProblems(paths ?? {}))
  const sorted = Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...rest,
    paths: visited,
    components: { ...(components as JsonObject), schemas: Object.fromEntries(sorted) },
  }
}

/** An enumeration of texts says that it is one: generators of clients ask for it. */
function withType(schema: JsonObject): JsonObject {
  const texts = Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === 'string')
  return texts && schema.type === undefined ? { type: 'string', ...schema } : schema
}

/** Problems have a media type of their own, which Fastify's schemas cannot say. */
function describeProblems(value: Json): Json {
  if (Array.isArray(value)) return value.map(describeProblems)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, child]): [string, Json] =>
    key === 'content' && isProblemContent(child)
      ? [key, { 'application/problem+json': child['application/json'] as Json }]
      : [key, describeProblems(child)],
  )
  return Object.fromEntries(entries)
}

function isProblemContent(value: Json | undefined): value is JsonObject {
  const schema = asObject(asObject(asObject(value)?.['application/json'])?.schema)
  return schema?.[NAME] === 'Problem'
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}
