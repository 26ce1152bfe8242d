import fc from 'fast-check'
import type { WireRequest } from '../http/connection.ts'
import type { OpenApiDocument, Operation, Parameter, Schema } from '../openapi/operation.ts'
import { bodyBytes } from './body.ts'
import { changeHeaders, type HeaderChange, headerChanges } from './header-changes.ts'
import { type Mutation, mutations } from './mutation.ts'
import { type Hint, NO_HINT, type Pool, referredBy, withReferences } from './pool.ts'
import { type TextChange, textChanges } from './text-changes.ts'
import { type UrlChange, urlChanges } from './url-changes.ts'
import { MAX_DEPTH, valuesOf } from './value.ts'

/** A request that is not built yet: what the pool will hold is not known when it is drawn. */
export interface Draft {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly mediaType: string
  /** Odd: with what the pool knows that the operation can succeed with. */
  readonly hint: number
  readonly changes: {
    readonly mutations: readonly Mutation[]
    readonly texts: readonly TextChange[]
    readonly headers: readonly HeaderChange[]
    readonly urls: readonly UrlChange[]
  }
}

export interface BuiltRequest {
  readonly wire: WireRequest
  readonly pathParameters: Readonly<Record<string, string>>
  /** Whether it is as the schemas want it, apart from limits that were tried. */
  readonly isChanged: boolean
}

const NOTHING = { mutations: [], texts: [], headers: [], urls: [] }

/** Requests for an operation: a third of them as its schemas say, the others changed in some way. */
export function draftsOf(operation: Operation, document: OpenApiDocument): fc.Arbitrary<Draft> {
  return draftsWith(operation, document, changesFor(operation))
}

/** Requests for an operation as its schemas say. */
export function plainDraftsOf(operation: Operation, document: OpenApiDocument) {
  return draftsWith(operation, document, fc.constant(NOTHING))
}

function draftsWith(
  operation: Operation,
  document: OpenApiDocument,
  changes: fc.Arbitrary<Draft['changes']>,
): fc.Arbitrary<Draft> {
  const context = { document, depth: MAX_DEPTH }
  const parameters = Object.fromEntries(
    operation.parameters.map((one) => [
      nameOf(one),
      valuesOf(one.schema ?? {}, { ...context, name: one.name }),
    ]),
  )
  const required = operation.parameters.filter((one) => one.required).map(nameOf)
  return fc.record({
    parameters: fc.oneof(
      fc.record(pick(parameters, required)),
      fc.record(parameters, { requiredKeys: required }),
    ),
    body: bodyOf(operation, document, (schema) => valuesOf(schema, { ...context, name: '' })),
    mediaType: fc.constant('application/json'),
    hint: fc.nat(1000),
    changes,
  })
}

function pick<Value>(all: Readonly<Record<string, Value>>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}

function bodyOf(
  { method, requestBody }: Operation,
  { components }: OpenApiDocument,
  of: (schema: Schema) => fc.Arbitrary<unknown>,
) {
  const content = requestBody?.content['application/json']
  if (!content) return fc.constant(undefined)
  const name = content.schema?.$ref?.split('/').at(-1) ?? ''
  const { required } = components.schemas[name] ?? content.schema ?? {}
  const isVague = method === 'POST' && required === undefined
  const drawn = of(content.schema ?? {})
  if (content.example === undefined || !isVague) return drawn
  // Which of its fields belong together is said by no schema, and by the example.
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(content.example) },
    { weight: 7, arbitrary: drawn },
  )
}

function changesFor({ requestBody }: Operation): fc.Arbitrary<Draft['changes']> {
  const only = (part: Partial<Draft['changes']>) => ({ ...NOTHING, ...part })
  const ofHead = [
    { weight: 6, arbitrary: fc.constant(NOTHING) },
    { weight: 2, arbitrary: headerChanges.map((one) => only({ headers: [one] })) },
    { weight: 2, arbitrary: urlChanges.map((one) => only({ urls: [one] })) },
  ]
  if (!requestBody) return fc.oneof(...ofHead)
  const mutated = fc.array(mutations, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    ...ofHead,
    { weight: 6, arbitrary: mutated.map((all) => only({ mutations: all })) },
    { weight: 2, arbitrary: textChanges.map((one) => only({ texts: [one] })) },
  )
}

/** Parameters of several places may have one name. */
function nameOf(parameter: Parameter): string {
  return `${parameter.in}:${parameter.name}`
}

export interface Building {
  readonly pool: Pool
  readonly key: string | undefined
  /** By place, such as `path:runId` or `body:/items/0`: what is sent instead of what was drawn. */
  readonly instead?: Readonly<Record<string, string>>
}

export function buildRequest(
  operation: Operation,
  draft: Draft,
  { pool, key, instead = {} }: Building,
): BuiltRequest {
  const { changes } = draft
  const drawn = withReferences(draft.parameters, pool) as Record<string, unknown>
  const values = { ...drawn, ...instead }
  const hint = draft.hint % 2 === 0 ? NO_HINT : pool.hintFor(operation.operationId, draft.hint >> 1)
  const pathParameters = {
    ...pathParametersOf(operation, { values, hint }, pool),
    ...insteadIn('path:', instead),
  }
  const headers: (readonly [string, string])[] = key ? [['authorization', `Bearer ${key}`]] : []
  for (const { in: place, name } of operation.parameters) {
    const value = values[`${place}:${name}`]
    if (place === 'header' && value !== undefined) headers.push([name, headerText(value)])
  }
  const body = bodyBytes(draft, { pool, hint, instead: insteadIn('body:', instead) })
  if (body) headers.push(['content-type', draft.mediaType])
  const url = urlOf(operation, pathParameters, values)
  const wire = {
    method: operation.method,
    path: changes.urls.reduce((path, change) => change(path), url),
    headers: changes.headers.reduce(changeHeaders, headers),
    body,
  }
  const isChanged = Object.values(changes).some((all) => all.length > 0)
  return { wire, pathParameters, isChanged }
}

function insteadIn(
  place: string,
  instead: Readonly<Record<string, string>>,
): Record<string, string> {
  const there = Object.entries(instead).filter(([name]) => name.startsWith(place))
  return Object.fromEntries(there.map(([name, value]) => [name.slice(place.length), value]))
}

/** An id that stands below others is asked for where it was seen. */
function pathParametersOf(
  { parameters }: Operation,
  { values, hint }: { readonly values: Readonly<Record<string, unknown>>; readonly hint: Hint },
  pool: Pool,
): Record<string, string> {
  const inPath = parameters.filter((one) => one.in === 'path')
  const own = Object.fromEntries(
    inPath.map((one) => [one.name, String(hint[one.name] ?? values[nameOf(one)])]),
  )
  const last = inPath.findLast(({ schema }) => referredBy(schema) !== undefined)
  const above = pool.parentsOf(own[last?.name ?? ''] ?? '')
  for (const { name } of inPath) {
    const isFree = name !== last?.name && hint[name] === undefined
    if (isFree && above[name]) own[name] = above[name]
  }
  return own
}

function urlOf(
  { path, parameters }: Operation,
  pathParameters: Readonly<Record<string, string>>,
  values: Readonly<Record<string, unknown>>,
): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_all, name: string) =>
    encodeURIComponent((pathParameters[name] ?? '').toWellFormed()),
  )
  const query = new URLSearchParams()
  for (const { in: place, name } of parameters) {
    const value = values[`${place}:${name}`]
    if (place !== 'query' || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, textIn(one))
  }
  return query.size > 0 ? `${filled}?${query}` : filled
}

function textIn(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value).toWellFormed()
}

/** Header values are bytes: what is not ASCII goes as UTF-8. */
function headerText(value: unknown): string {
  return Buffer.from(textIn(value).replaceAll(/[\0\r\n]/g, ' '), 'utf8').toString('latin1')
}
