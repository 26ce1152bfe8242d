import { deprecationHeaders } from '../routing/deprecation.ts'
import { routeOf } from '../routing/route.ts'
import { operationsIn } from './document.ts'
import {
  type ErrorShape,
  HEADERS,
  type HeaderName,
  LIMIT_HEADERS,
  NOT_FOR_KEYLESS,
  OPENAI_ERROR,
  PROBLEM,
  RESPONSES,
} from './edge-responses.ts'
import { canonical, isJsonObject, type Json, type JsonObject, mapValues, objectOr } from './json.ts'

/**
 * A part of the description with what the gateway answers on its own to every operation of it, the
 * headers that it adds to every answer, and what is on its way out. What a service says itself about
 * a status stays.
 */
export function describeEdge(part: JsonObject): JsonObject {
  const components = { ...objectOr(part.components) }
  const place: Place = (kind, name, value) => placeIn(components, { kind, name, value })
  const headersOf = (names: readonly HeaderName[]): JsonObject =>
    Object.fromEntries(names.map((name) => [name, place('headers', name, HEADERS[name])]))
  const known = objectOr(components.schemas)
  const ofShape = (shape: ErrorShape) => responsesIn(shape, { place, headersOf, known })
  const [problems, openAiErrors] = [ofShape(PROBLEM), ofShape(OPENAI_ERROR)]

  const completed = structuredClone(objectOr(part.paths))
  for (const { path, method, operation } of operationsIn({ paths: completed })) {
    const isKeyless = Array.isArray(operation.security) && operation.security.length === 0
    const own = mapValues(objectOr(operation.responses), (response, status) => {
      const names: HeaderName[] = ['X-Request-Id']
      if (!isKeyless) names.push(...LIMIT_HEADERS)
      if (status === '429' || status === '503') names.push('Retry-After')
      return withHeaders(response, headersOf(names))
    })
    const ofEdge = path.startsWith('/openai/') ? openAiErrors : problems
    const added = mapValues(ofEdge, (response, status) =>
      isKeyless && NOT_FOR_KEYLESS.includes(status) ? undefined : response,
    )
    const described = { ...operation, responses: { ...added, ...own } }
    objectOr(completed[path])[method] = withEnd(described, method, path)
  }
  return { ...part, paths: completed, components }
}

type Place = (kind: string, name: string, value: JsonObject) => JsonObject

interface Placing {
  readonly place: Place
  readonly headersOf: (names: readonly HeaderName[]) => JsonObject
  readonly known: JsonObject
}

function responsesIn(shape: ErrorShape, { place, headersOf, known }: Placing): JsonObject {
  const ofPart = objectOr(known[shape.schemaName], { type: 'object' })
  const schema = place('schemas', shape.schemaName, shape.schema ?? ofPart)
  const responses = Object.entries(RESPONSES).map(([status, response]) => {
    const example = shape.exampleOf(Number(status), response)
    const value = {
      description: response.description,
      headers: headersOf(['X-Request-Id', ...response.headers]),
      content: { [shape.mediaType]: { schema, example } },
    }
    return [status, place('responses', shape.prefix + response.name, value)] as const
  })
  return Object.fromEntries(responses)
}

/** Says of what is deprecated since when it is, until when it is there, and what comes after. */
function withEnd(operation: JsonObject, method: string, path: string): JsonObject {
  const headers = deprecationHeaders(routeOf(path)?.deprecated, method.toUpperCase(), path)
  if (!headers) return operation
  const [, successor] = /<([^>]*)>; rel="successor-version"/.exec(headers.link ?? '') ?? []
  const sunset = headers.sunset && ` It goes on ${headers.sunset}.`
  const next = successor && ` Use \`${successor}\` instead.`
  return {
    ...operation,
    deprecated: true,
    description: `${operation.description ?? ''} Deprecated.${sunset ?? ''}${next ?? ''}`.trim(),
    ...(headers.sunset && { 'x-sunset': headers.sunset }),
  }
}

/** A reference to a component that is put under its name, or the next that is free. */
function placeIn(
  components: JsonObject,
  { kind, name, value }: { kind: string; name: string; value: JsonObject },
): JsonObject {
  const ofKind = objectOr(components[kind])
  let free = name
  while (ofKind[free] !== undefined && canonical(ofKind[free] ?? null) !== canonical(value)) {
    free += '_'
  }
  components[kind] = { ...ofKind, [free]: value }
  return { $ref: `#/components/${kind}/${free}` }
}

/** A header that the service describes itself stays as it is, however it writes its name. */
function withHeaders(response: Json, headers: JsonObject): Json {
  if (!isJsonObject(response) || response.$ref !== undefined) return response
  const own = objectOr(response.headers)
  const described = new Set(Object.keys(own).map((name) => name.toLowerCase()))
  const added = mapValues(headers, (header, name) =>
    described.has(name.toLowerCase()) ? undefined : header,
  )
  return { ...response, headers: { ...added, ...own } }
}
