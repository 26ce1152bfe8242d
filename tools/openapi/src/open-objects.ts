import { isObject, type JsonObject, listOf, objectOf, resolve } from './json.ts'

/** They take what other APIs say, and those say more each year. */
const OTHER_LANGUAGES = /^\/(?:openai\/v1|mcp)(?:\/|$)/

const MAX_DEPTH = 20

interface Walk {
  readonly document: JsonObject
  /** References above it: what stands in itself is looked at once. */
  readonly above: readonly string[]
}

/**
 * Objects of a request body that take fields which nobody has described, as pointers: a mistyped field would pass
 * unnoticed. A map of names to values (`additionalProperties` with a schema) is said to be one.
 */
export function openObjectsIn(document: JsonObject, path: string, operation: JsonObject): string[] {
  if (OTHER_LANGUAGES.test(path)) return []
  const { content } = resolve(document, operation.requestBody)
  const found = Object.values(objectOf(content)).flatMap((media) =>
    walk(objectOf(objectOf(media).schema), '#', { document, above: [] }),
  )
  return [...new Set(found)]
}

function walk(schema: JsonObject, at: string, { document, above }: Walk): string[] {
  const { $ref } = schema
  if (typeof $ref === 'string' && above.includes($ref)) return []
  const inside = { document, above: typeof $ref === 'string' ? [...above, $ref] : above }
  const whole = resolve(document, schema)
  const { properties, additionalProperties: more, items } = whole
  if (at.split('/').length > MAX_DEPTH) return []
  const isOpen =
    (whole.type === 'object' || isObject(properties)) && more !== false && !isObject(more)
  const choices = [whole.anyOf, whole.oneOf, whole.allOf].flatMap(listOf)
  return [
    ...(isOpen ? [at] : []),
    ...choices.flatMap((choice) => walk(objectOf(choice), at, inside)),
    ...Object.entries(objectOf(properties)).flatMap(([name, child]) =>
      walk(objectOf(child), `${at}/${name}`, inside),
    ),
    ...(isObject(items) ? walk(items, `${at}/*`, inside) : []),
    ...(isObject(more) ? walk(more, `${at}/*`, inside) : []),
  ]
}
