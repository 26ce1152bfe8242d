import { type ModelRequest, textOf } from './completion.ts'

type Schema = Readonly<Record<string, unknown>>

/** As whoever cannot hold a model to a schema tells it. */
const ORDER = /JSON Schema:\n(\{.*\})$/m
const MAX_DEPTH = 8

/** The JSON Schema that an answer has to meet, however it is asked for; undefined: it may be any text. */
export function schemaOf(request: ModelRequest): Schema | undefined {
  const { response_format: format } = request as { response_format?: unknown }
  const { json_schema: wanted } = Object(format) as { json_schema?: { schema?: unknown } }
  if (isSchema(wanted?.schema)) return wanted.schema
  const order = request.messages.map(textOf).map((text) => ORDER.exec(text)?.[1])
  try {
    const schema: unknown = JSON.parse(order.find((one) => one !== undefined) ?? '')
    return isSchema(schema) ? schema : undefined
  } catch {
    return undefined
  }
}

/** A value of the form that a schema asks for: its texts are the answer, its numbers those that the answer cites. */
export function filledIn(schema: unknown, answer: string, depth = 0): unknown {
  if (!isSchema(schema) || depth > MAX_DEPTH) return null
  const { type, properties, items, enum: choices } = schema
  if (Array.isArray(choices)) return choices[0]
  const cited = [
    ...new Set([...answer.matchAll(/\[(\d{1,3})\]/g)].map(([, number]) => Number(number))),
  ]
  switch (type) {
    case 'object': {
      const fields = Object.entries(isSchema(properties) ? properties : {})
      return Object.fromEntries(
        fields.map(([name, field]) => [name, filledIn(field, answer, depth + 1)]),
      )
    }
    case 'array': {
      const ofNumbers = isSchema(items) && (items.type === 'integer' || items.type === 'number')
      return ofNumbers ? cited : [filledIn(items, answer, depth + 1)]
    }
    case 'integer':
    case 'number':
      return cited[0] ?? 0
    case 'boolean':
      return cited.length > 0
    case 'string':
      return answer
    default:
      return null
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
