import { Problem } from '@dure/contracts'
import { operationsIn } from './document.ts'
import { canonical, isJsonObject, type Json, type JsonObject, mapValues, objectOr } from './json.ts'

/** What the gateway says on its own, before or instead of the service behind it. */
const HEADERS = {
  'X-Request-Id': {
    description: 'Names this request in logs and problems: quote it when you report one',
    schema: { type: 'string', examples: ['req_0198c0de4a7b7c3e9f10223344556677'] },
  },
  RateLimit: {
    description: 'What is left of each limit (`r`), and seconds until there is more (`t`)',
    schema: { type: 'string', examples: ['"key";r=512;t=3'] },
  },
  'RateLimit-Policy': {
    description: 'Each limit: how much (`q`) in how many seconds (`w`)',
    schema: { type: 'string', examples: ['"key";q=600;w=60'] },
  },
  'Retry-After': {
    description: 'Seconds to wait before the request is sent again',
    schema: { type: 'integer', minimum: 0, examples: [3] },
  },
} satisfies Record<string, JsonObject>

type HeaderName = keyof typeof HEADERS

interface EdgeResponse {
  readonly name: string
  readonly description: string
  readonly headers: readonly HeaderName[]
  readonly title: string
  readonly code: string
  readonly detail: string
}

const LIMIT_HEADERS = ['RateLimit', 'RateLimit-Policy'] as const

const RESPONSES: Readonly<Record<string, EdgeResponse>> = {
  401: {
    name: 'Unauthenticated',
    description: 'No key was sent, or one that is unknown, expired or revoked',
    headers: [],
    title: 'Unauthenticated',
    code: 'key.missing',
    detail: 'Send `authorization: Bearer dure_live_…`',
  },
  403: {
    name: 'Forbidden',
    description: 'The key lacks the scope that `x-dure-scopes` of the operation names',
    headers: LIMIT_HEADERS,
    title: 'Forbidden',
    code: 'key.scope-missing',
    detail: 'The key lacks the scope runs:write: use one that has it',
  },
  429: {
    name: 'LimitExceeded',
    description: 'A limit is used up: try again after `Retry-After` seconds',
    headers: [...LIMIT_HEADERS, 'Retry-After'],
    title: 'Limit exceeded',
    code: 'run.backlog-full',
    detail: 'Too many runs wait already: wait as long as `Retry-After` says',
  },
  503: {
    name: 'Unavailable',
    description: 'The service behind cannot answer now: try again after `Retry-After` seconds',
    headers: ['Retry-After'],
    title: 'Unavailable',
    code: 'service.unavailable',
    detail: 'The service cannot be reached: try again',
  },
  504: {
    name: 'DeadlineExceeded',
    description: 'The answer took longer than the request may',
    headers: [],
    title: 'Deadline exceeded',
    code: 'request.deadline-exceeded',
    detail: 'The answer took too long: what was asked may have been done all the same',
  },
}

/** Answered before the gateway knows, or wants to know, who asks. */
const NOT_FOR_KEYLESS = ['401', '403']

/**
 * A part of the description with what the gateway answers on its own to every operation of it, and
 * the headers that it adds to every answer. What a service says itself about a status stays.
 */
export function describeEdge(part: JsonObject): JsonObject {
  const components = { ...objectOr(part.components) }
  const place = (kind: string, name: string, value: JsonObject) =>
    placeIn(components, { kind, name, value })
  const problemRef = place('schemas', 'Problem', problemSchema())
  const headerRefs = mapValues(HEADERS, (header, name) => place('headers', name, objectOr(header)))
  const headersOf = (names: readonly HeaderName[]): JsonObject =>
    Object.fromEntries(names.map((name) => [name, headerRefs[name] ?? {}]))
  const responses = mapValues(RESPONSES as never, (_response, status) => {
    const { name, headers } = RESPONSES[status] as EdgeResponse
    const value = responseOf(Number(status), problemRef, headersOf(['X-Request-Id', ...headers]))
    return place('responses', name, value)
  })

  const completed = structuredClone(objectOr(part.paths))
  for (const { path, method, operation } of operationsIn({ paths: completed })) {
    const isKeyless = Array.isArray(operation.security) && operation.security.length === 0
    const own = mapValues(objectOr(operation.responses), (response, status) => {
      const names: HeaderName[] = ['X-Request-Id']
      if (!isKeyless) names.push(...LIMIT_HEADERS)
      if (status === '429' || status === '503') names.push('Retry-After')
      return withHeaders(response, headersOf(names))
    })
    const added = mapValues(responses, (response, status) =>
      isKeyless && NOT_FOR_KEYLESS.includes(status) ? undefined : response,
    )
    objectOr(completed[path])[method] = { ...operation, responses: { ...added, ...own } }
  }
  return { ...part, paths: completed, components }
}

/** In the words of the plugin with which the services describe theirs, so that it is one schema. */
function problemSchema(): JsonObject {
  const text = JSON.stringify(Problem)
  const { $id: _name, ...problem } = JSON.parse(
    text.replaceAll('"patternProperties":{"^.*$":{}}', '"additionalProperties":{}'),
  )
  return problem
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

function responseOf(status: number, schema: JsonObject, headers: JsonObject): JsonObject {
  const { description, title, code, detail } = RESPONSES[status] as EdgeResponse
  const type = `https://dure.dev/problems/${code}`
  const requestId = 'req_0198c0de4a7b7c3e9f10223344556677'
  const example = { type, title, status, detail, instance: '/v1/runs', code, requestId }
  return { description, headers, content: { 'application/problem+json': { schema, example } } }
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
