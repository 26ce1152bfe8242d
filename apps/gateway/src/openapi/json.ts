export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOr(value: unknown, fallback: JsonObject = {}): JsonObject {
  return isJsonObject(value) ? value : fallback
}

export function mapValues(
  object: JsonObject,
  map: (value: Json, key: string) => Json | undefined,
): JsonObject {
  const mapped = Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    const to = map(value, key)
    return to === undefined ? [] : [[key, to]]
  })
  return Object.fromEntries(mapped)
}

/** By key, so that what is the same has the same text. */
export function inOrder(values: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One text for one meaning: the order of keys says nothing. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`)
  return `{${entries.join()}}`
}
