import type { HttpAuth } from '@dure/contracts'
import { DureError, InvalidInputError } from '@dure/kernel'
import { cleanText } from '../clean-text.ts'
import { type JsonSchema, normalised, resolvedIn } from '../json-schema.ts'
import type { HttpSpec, ToolDraft } from './project-tool.ts'

/** What an operation of a document became. */
export type ReadOperation =
  | { readonly operation: string; readonly draft: ToolDraft }
  | { readonly operation: string; readonly problem: string }

export interface OpenApiImport {
  /** Names what is imported, so that it can be done again. */
  readonly name: string
  readonly document: JsonSchema
  /** Where the document is from: what its relative servers are relative to. */
  readonly baseUrl?: string | undefined
  readonly auth?: HttpAuth | undefined
  /** Operation ids, or `GET /path`; absent: all. */
  readonly include?: readonly string[] | undefined
  /** Whether a server may be asked at all. @throws DureError */
  readonly checkServer: (url: string) => void
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const
const MAX_OPERATIONS = 200
const MAX_PARAMETERS = 100

interface Operation {
  readonly key: string
  readonly method: (typeof METHODS)[number]
  readonly path: string
  readonly pathItem: JsonSchema
  readonly value: JsonSchema
}

/**
 * A tool for each operation of an OpenAPI 3.0 or 3.1 document; what of it cannot be one says why.
 *
 * @throws InvalidInputError `openapi.invalid`, `openapi.too-many-operations`
 */
export function readOpenApi(of: OpenApiImport): ReadOperation[] {
  const { document, include } = of
  if (!/^3\.[01]\./.test(String(document.openapi))) {
    throw invalid('#/openapi', 'is not 3.0.x or 3.1.x: convert the document first')
  }
  const operations = operationsOf(document).filter(
    ({ key, value }) =>
      !include || include.includes(key) || include.includes(String(value.operationId)),
  )
  if (operations.length === 0) throw invalid('#/paths', 'has no operation that was asked for')
  if (operations.length > MAX_OPERATIONS) {
    throw new InvalidInputError(
      'openapi.too-many-operations',
      `There are ${operations.length} operations: choose at most ${MAX_OPERATIONS} by \`include\``,
    )
  }
  const taken = new Set<string>()
  return operations.map((operation) => {
    try {
      return { operation: operation.key, draft: draftOf(of, operation, taken) }
    } catch (error) {
      if (error instanceof DureError) return { operation: operation.key, problem: error.message }
      throw error
    }
  })
}

function operationsOf({ paths }: JsonSchema): Operation[] {
  if (!isObject(paths)) throw invalid('#/paths', 'is missing')
  return Object.entries(paths).flatMap(([path, pathItem]) =>
    isObject(pathItem)
      ? METHODS.flatMap((method) => {
          const value = pathItem[method]
          if (!isObject(value)) return []
          return [{ key: `${method.toUpperCase()} ${path}`, method, path, pathItem, value }]
        })
      : [],
  )
}

function draftOf(of: OpenApiImport, operation: Operation, taken: Set<string>): ToolDraft {
  const { key, method, path, value } = operation
  const server = serverOf(of, operation)
  const { properties, required, parameters } = parametersOf(of.document, operation)
  const body = bodyOf(of.document, operation, properties)
  const spec: HttpSpec = {
    ...{ method: method.toUpperCase() as HttpSpec['method'], parameters },
    url: `${server}${templateOf(path, parameters)}`,
    ...(body && { bodyFrom: 'body' }),
    ...(of.auth && { auth: of.auth }),
  }
  return {
    name: nameOf(value.operationId ?? key, taken),
    kind: 'openapi',
    description: descriptionOf(operation),
    inputSchema: {
      type: 'object',
      properties: { ...properties, ...(body && { body: body.schema }) },
      required: [...required, ...(body?.isRequired ? ['body'] : [])],
      additionalProperties: false,
    },
    effect: method === 'get' || method === 'head' ? 'read' : 'write',
    idempotent: false,
    spec: { ...spec, parameters: parameters.filter((one) => one.in !== 'path') },
    source: { import: of.name, operation: key },
  }
}

function serverOf(of: OpenApiImport, { pathItem, value }: Operation): string {
  const all = [value.servers, pathItem.servers, of.document.servers].find(Array.isArray) ?? []
  const [server] = all as unknown[]
  const said = isObject(server) && typeof server.url === 'string' ? server.url : '/'
  const variables = isObject(server) && isObject(server.variables) ? server.variables : {}
  const filled = said.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined
    return isObject(variable) && typeof variable.default === 'string' ? variable.default : whole
  })
  const url = URL.parse(filled, of.baseUrl)
  if (!url) throw refused('its server is no whole URL: set `servers` in the document')
  of.checkServer(url.href)
  return url.href.replace(/[?#].*$/, '').replace(/\/$/, '')
}

type Parameter = NonNullable<HttpSpec['parameters']>[number]

function parametersOf(document: JsonSchema, { pathItem, value }: Operation) {
  const given = [pathItem.parameters, value.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((one) => dereferenced(one, document))
  if (given.length > MAX_PARAMETERS) throw refused(`it has more than ${MAX_PARAMETERS} parameters`)
  // Of an operation they replace those of its path.
  const byPlace = new Map(given.map((one) => [`${one.in} ${one.name}`, one]))
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  const parameters: Parameter[] = []
  for (const one of byPlace.values()) {
    const place = one.in
    if (typeof one.name !== 'string') throw refused('a parameter has no name')
    if (place !== 'path' && place !== 'query' && place !== 'header') {
      if (one.required === true)
        throw refused(`it needs ${one.name} in ${String(place)}, which is not supported`)
      continue
    }
    const name = freeName(one.name, place, properties)
    properties[name] = {
      ...normalised(one.schema ?? {}, document).schema,
      ...(typeof one.description === 'string' && { description: cleanText(one.description, 500) }),
    }
    if (place === 'path' || one.required === true) required.push(name)
    parameters.push({ name, in: place, ...(name !== one.name && { as: one.name }) })
  }
  return { properties, required, parameters }
}

/** A name that stands for one parameter of the input only, and for the body never. */
function freeName(name: string, place: string, taken: Readonly<Record<string, unknown>>): string {
  return name === 'body' || Object.hasOwn(taken, name) ? `${name}_${place}` : name
}

function templateOf(path: string, parameters: readonly Parameter[]): string {
  return path.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && (one.as ?? one.name) === name)
    if (!parameter) throw refused(`its path has {${name}}, of which no parameter tells`)
    return `{${parameter.name}}`
  })
}

function bodyOf(
  document: JsonSchema,
  { value }: Operation,
  properties: Readonly<Record<string, unknown>>,
) {
  if (value.requestBody === undefined) return undefined
  const body = dereferenced(value.requestBody, document)
  const content = isObject(body.content) ? body.content : {}
  const type = Object.keys(content).find((name) =>
    /^application\/(?:[\w.+-]+\+)?json\b/i.test(name),
  )
  const media = type === undefined ? undefined : content[type]
  if (!isObject(media)) {
    if (body.required === true) throw refused('its body is not JSON')
    return undefined
  }
  if (Object.hasOwn(properties, 'body')) throw refused('a parameter is called body')
  return {
    schema: normalised(media.schema ?? {}, document).schema,
    isRequired: body.required === true,
  }
}

function dereferenced(value: unknown, document: JsonSchema): JsonSchema {
  let current = value
  for (let steps = 0; steps < 10; steps++) {
    if (!isObject(current)) throw refused('a part of it is not what OpenAPI has there')
    if (typeof current.$ref !== 'string') return current
    current = resolvedIn(current.$ref, document)
  }
  throw refused('a reference leads in a circle')
}

function nameOf(wanted: unknown, taken: Set<string>): string {
  const plain = String(wanted)
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[^A-Za-z]+|_+$/g, '')
    .slice(0, 60)
  const base = plain === '' ? 'operation' : plain
  let name = base
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`
  taken.add(name)
  return name
}

function descriptionOf({ key, value }: Operation): string {
  const said = [value.summary, value.description].filter((text) => typeof text === 'string')
  return cleanText(said.join('\n'), 1000) || key
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refused(why: string): InvalidInputError {
  return new InvalidInputError('openapi.invalid-operation', `It cannot be a tool: ${why}`)
}

function invalid(pointer: string, message: string): InvalidInputError {
  return new InvalidInputError(
    'openapi.invalid',
    'This is no OpenAPI document that can be imported',
    [{ pointer: `#/document${pointer.slice(1)}`, message }],
  )
}
