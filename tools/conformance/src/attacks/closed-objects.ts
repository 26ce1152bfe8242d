import { type OpenApiDocument, resolved, type Schema } from '../openapi/operation.ts'
import type { Schemas } from '../openapi/schemas.ts'

const MAX_DEPTH = 12

export interface Looking {
  readonly document: OpenApiDocument
  readonly schemas: Schemas
}

/** Objects within a value to which its schema allows no other fields, as JSON pointers; of a list, the first. */
export function closedObjectsIn(schema: Schema, value: unknown, looking: Looking): string[] {
  return [...new Set(walk(schema, { value, at: '', depth: 0 }, looking))]
}

interface Place {
  readonly value: unknown
  readonly at: string
  readonly depth: number
}

function walk(schema: Schema, { value, at, depth }: Place, looking: Looking): string[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return []
  const whole = resolved(schema, looking.document)
  const below = (child: unknown, inside: unknown, pointer: string) =>
    walk(child as Schema, { value: inside, at: pointer, depth: depth + 1 }, looking)
  const choices = [whole.anyOf, whole.oneOf].flatMap((all) => all ?? []) as Schema[]
  const chosen = choices.find((one) => looking.schemas.problemsOf(one, value).length === 0)
  const ofChoice = chosen ? below(chosen, value, at) : []
  if (Array.isArray(value)) {
    const ofFirst = whole.items && value.length > 0 ? below(whole.items, value[0], `${at}/0`) : []
    return [...ofChoice, ...ofFirst]
  }
  const properties = Object.entries(Object(whole.properties) as Record<string, Schema>)
  const ofProperties = properties.flatMap(([name, child]) =>
    below(child, (value as Record<string, unknown>)[name], `${at}/${name}`),
  )
  const own = whole.additionalProperties === false && properties.length > 0 ? [at] : []
  return [...own, ...ofChoice, ...ofProperties]
}
