import { idPrefixIn } from '../fuzz/pool.ts'
import {
  type OpenApiDocument,
  type Operation,
  resolved,
  type Schema,
} from '../openapi/operation.ts'

/** A place of a request where an id stands. */
export interface IdPlace {
  /** `path:runId`, `query:workflowId` or `body:/targets/0/workflowId`. */
  readonly place: string
  /** Of the ids that belong there: `run`. */
  readonly prefix: string
}

const MAX_DEPTH = 6

/** Every place of a request where its schemas want an id. */
export function idPlacesOf(operation: Operation, document: OpenApiDocument): IdPlace[] {
  const { parameters, requestBody } = operation
  const ofParameters = parameters.flatMap(({ in: place, name, schema }) => {
    const prefix = idPrefixIn(schema?.pattern)
    return prefix === undefined ? [] : [{ place: `${place}:${name}`, prefix }]
  })
  const body = requestBody?.content['application/json']?.schema
  return [...ofParameters, ...(body ? inSchema(body, 'body:', { document, depth: 0 }) : [])]
}

interface Walk {
  readonly document: OpenApiDocument
  readonly depth: number
}

function inSchema(schema: Schema, pointer: string, { document, depth }: Walk): IdPlace[] {
  if (depth > MAX_DEPTH) return []
  const whole = resolved(schema, document)
  const below = (child: unknown, at: string) =>
    inSchema(child as Schema, at, { document, depth: depth + 1 })
  const prefix = idPrefixIn(whole.pattern) ?? prefixOfReference(whole)
  if (prefix !== undefined) return [{ place: pointer, prefix }]
  const choices = [whole.anyOf, whole.oneOf, whole.allOf].flatMap((all) => all ?? []) as unknown[]
  const properties = Object.entries((whole.properties ?? {}) as Record<string, unknown>)
  const all = [
    ...choices.flatMap((choice) => below(choice, pointer)),
    ...properties.flatMap(([name, child]) => below(child, `${pointer}/${name}`)),
    ...(whole.items ? below(whole.items, `${pointer}/0`) : []),
  ]
  const places = new Set(all.map(({ place }) => place))
  return [...places].flatMap((place) => all.find((one) => one.place === place) ?? [])
}

/** `x-dure-ref: run` says so where no pattern does. */
function prefixOfReference(schema: Schema): string | undefined {
  const reference = schema['x-dure-ref']
  return typeof reference === 'string' ? reference : undefined
}
