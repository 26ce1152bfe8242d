/** A JSON Schema (2020-12), as far as the generator has to know it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly [keyword: string]: unknown
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly name: string
  readonly required?: boolean
  readonly schema?: Schema
}

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema; readonly example?: unknown }
}

export interface ResponseDescription {
  readonly content?: Content
}

type Responses = Readonly<Record<string, ResponseDescription>>

interface OperationObject {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseDescription | { readonly $ref: string }>>
  readonly 'x-dure-scopes'?: readonly string[]
}

export interface Operation extends OperationObject {
  /** None of them a reference. */
  readonly responses: Responses
  readonly method: string
  /** With `{name}` for each parameter. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** Whether it is for callers without a key. */
  readonly isPublic: boolean
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  /** By the type of the event. */
  readonly webhooks?: Readonly<Record<string, { readonly post: OperationObject }>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly responses?: Responses
  }
  readonly 'x-dure-stale'?: readonly string[]
}

/**
 * Callers of these have no key; a secret stands in the path. On purpose this is not taken from the
 * document: a route that becomes public has to be written down here, too.
 */
const KEYLESS = ['/hooks/', '/v2/callbacks/']

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options'])

/** Every operation of a document: those that make things first, those that remove them last. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({
        ...operation,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        responses: responsesOf(operation, document),
        isPublic: KEYLESS.some((prefix) => path.startsWith(prefix)),
      })),
  )
  return all.toSorted((a, b) => orderOf(a) - orderOf(b))
}

function responsesOf({ responses }: OperationObject, { components }: OpenApiDocument): Responses {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      if (!('$ref' in response)) return [status, response]
      const found = components.responses?.[response.$ref.replace('#/components/responses/', '')]
      if (!found) throw new Error(`The document points to ${response.$ref}, which it does not have`)
      return [status, found]
    }),
  )
}

function orderOf({ method, path }: Operation): number {
  if (method === 'DELETE') return 1000
  return (method === 'POST' ? 0 : 100) + path.split('/').length
}

/** The description of the answer with this status: of the status itself, of its class, or of all. */
export function responseFor(
  { responses }: Operation,
  status: number,
): ResponseDescription | undefined {
  const ofClass = `${Math.floor(status / 100)}XX`
  return (
    responses[status] ?? responses[ofClass] ?? responses[ofClass.toLowerCase()] ?? responses.default
  )
}

/** A schema without the reference in front of it. */
export function resolved(schema: Schema, { components }: OpenApiDocument): Schema {
  const name = schema.$ref?.match(/^#\/components\/schemas\/(.+)$/)?.[1]
  if (name === undefined) return schema
  const found = components.schemas[name]
  if (!found) throw new Error(`The document points to ${schema.$ref}, which it does not have`)
  return found
}

/** A stream lasts as long as what it tells of, and says the same as what can be read. */
export function isStream({ responses }: Operation): boolean {
  const good = responses[200]?.content
  return (
    good !== undefined && !Object.values(good).some(({ schema }) => schema?.type || schema?.$ref)
  )
}
