import { exampleOf } from './openapi-example.ts'
import { asObject, type Json, type JsonObject, mapValues } from './openapi-json.ts'

/** The plugin drops `$id`; under this name it survives until the components are collected. */
export const NAME = 'x-dure-name'

export interface RouteFacts {
  readonly method: readonly string[]
  /** Of the route: its policy, and whether it `streams`. */
  readonly config: unknown
}

const REQUEST_PARTS = new Set(['body', 'querystring', 'headers', 'params'])
const WITH_BODY = ['POST', 'PUT', 'PATCH']
/** What the plugin takes as the description of a response. */
const DESCRIPTION = 'x-response-description'

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'What was asked for',
  201: 'Created: `location` says where it is',
  202: 'Accepted: what was asked for is done after this answer',
  204: 'Done; there is nothing to tell',
  400: 'The request is not as it has to be: `errors` points at each field',
  404: 'There is no such thing, or not for this caller',
  409: 'It does not fit the present state: `code` says what is in the way',
  412: 'It was changed since it was read: get it again',
  413: 'The body is larger than this route takes',
  415: 'The body is of another media type than this route takes',
  '4xx': 'Something else is wrong with the request: `code` says what',
}

/** What the plugin cannot know of our schemas and of our policies. */
export function describeRoute(schema: object = {}, facts: RouteFacts): Json {
  const parts = Object.entries(schema).map(([part, value]): [string, Json] => {
    if (part === 'response') return [part, describeResponses(value, problemsOf(schema, facts))]
    const named = keepNames(value)
    if (!REQUEST_PARTS.has(part)) return [part, named]
    const described = withoutDefaults(named)
    return [part, part === 'body' ? withExample(described, 'sent') : described]
  })
  const { description = '' } = schema as { description?: string }
  const policy = policyOf(facts.config)
  return {
    ...Object.fromEntries(parts),
    ...policy.schema,
    description: `${description} ${policy.text}`.trim(),
  }
}

/** Who may call: what the chassis enforces, and the documents say. */
function policyOf(config: unknown): { schema: JsonObject; text: string } {
  const { scope } = Object(config) as { scope?: string }
  return scope === undefined
    ? { schema: { security: [] }, text: 'Needs no key.' }
    : { schema: { 'x-dure-scopes': [scope] }, text: `Needs the scope \`${scope}\`.` }
}

/** Which problems the chassis itself can answer on a route, by what it takes. */
function problemsOf(schema: object, { method }: RouteFacts): string[] {
  const parts = schema as Readonly<Record<string, unknown>>
  const hasBody = parts.body !== undefined && method.some((name) => WITH_BODY.includes(name))
  const takesSomething = Object.keys(parts).some((part) => REQUEST_PARTS.has(part))
  const headers = asObject(keepNames(parts.headers ?? null))?.properties
  return [
    ...(takesSomething ? ['400'] : []),
    ...(parts.params !== undefined ? ['404'] : []),
    ...(method.includes('GET') ? [] : ['409']),
    ...(asObject(headers)?.['if-match'] !== undefined ? ['412'] : []),
    ...(hasBody ? ['413', '415'] : []),
  ]
}

/** What is said of all client errors at once is said of each that is foreseen. */
function describeResponses(responses: object, problems: readonly string[]): Json {
  const named = asObject(keepNames(responses)) ?? {}
  const general = named['4xx']
  const foreseen = general === undefined ? [] : problems.map((status) => [status, general] as const)
  return mapValues({ ...Object.fromEntries(foreseen), ...named }, (response, status) => {
    const own = asObject(response) ?? {}
    const description = DESCRIPTIONS[status]
    return withExample(
      {
        ...own,
        ...(description !== undefined &&
          (own[NAME] === 'Problem' || own.description === undefined) && {
            [DESCRIPTION]: description,
          }),
      },
      'received',
    )
  })
}

type Direction = Parameters<typeof exampleOf>[1]

/** One that was written by hand goes before one that is made. */
function withExample(value: Json, direction: Direction): Json {
  const schema = asObject(value)
  if (!schema || schema.examples !== undefined) return value
  const content = asObject(schema.content)
  if (content) return { ...schema, content: mapValues(content, (of) => inMedia(of, direction)) }
  const example = schema[NAME] === 'Problem' ? undefined : exampleOf(schema, direction)
  return example === undefined ? value : { ...schema, examples: [example] }
}

/** The plugin makes the media types of bodies anew, and leaves those of answers as they are. */
function inMedia(media: Json, direction: Direction): Json {
  const { schema = null, ...rest } = asObject(media) ?? {}
  const described = asObject(withExample(schema, direction)) ?? {}
  const { examples, ...plain } = described
  if (direction === 'sent' || !Array.isArray(examples)) return { ...rest, schema: described }
  return { ...rest, schema: plain, example: examples[0] ?? null }
}

/** What has a default need not be sent, although the handler can rely on it. */
function withoutDefaults(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDefaults)
  const schema = asObject(value)
  if (!schema) return value
  const properties = asObject(schema.properties) ?? {}
  const isNeeded = (name: Json) => asObject(properties[String(name)])?.default === undefined
  const { required, ...rest } = mapValues(schema, (child, key) =>
    key === 'required' && Array.isArray(child) ? child.filter(isNeeded) : withoutDefaults(child),
  )
  if (Array.isArray(required) && required.length === 0) return rest
  // In its place, so that a schema without defaults stays the same text.
  return mapValues(schema, (_child, key) => (key === 'required' ? required : rest[key]) ?? null)
}

/** The names of schemas, so that they outlast the plugin. */
export function keepNames(value: unknown): Json {
  if (Array.isArray(value)) return value.map(keepNames)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$id' ? [NAME, child as Json] : [key, keepNames(child)],
    ),
  )
}
