import { Optional } from '@marcbachmann/cel-js'

/**
 * CEL counts in 64 bit integers and has types of its own; what leaves it is JSON. A value that is
 * JSON already, as everything from the scope is, comes back as it is and is not copied.
 *
 * @throws Error for what JSON has no form for
 */
export function toJson(value: unknown): unknown {
  return isScalar(value) ? scalar(value) : convert(value, new Map())
}

/** Values are shared, not copied: each is looked at once, however often it is in the result. */
type Seen = Map<object, unknown>

function convert(value: unknown, seen: Seen): unknown {
  if (isScalar(value)) return scalar(value)
  const known = seen.get(value)
  if (known !== undefined) return known
  const result = convertObject(value, seen)
  seen.set(value, result)
  return result
}

function convertObject(value: object, seen: Seen): unknown {
  if (Array.isArray(value)) return convertList(value, seen)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Optional) return value.hasValue() ? convert(value.value(), seen) : null
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) {
    return convertRecord(value as Readonly<Record<string, unknown>>, seen)
  }
  throw new Error('The result has no form in JSON: use string(…), int(…) or .base64()')
}

function convertList(list: readonly unknown[], seen: Seen): unknown {
  let copy: unknown[] | undefined
  for (const [index, item] of list.entries()) {
    const converted = convert(item, seen)
    if (copy === undefined && converted !== item) copy = list.slice()
    if (copy !== undefined) copy[index] = converted
  }
  return copy ?? list
}

function convertRecord(record: Readonly<Record<string, unknown>>, seen: Seen): unknown {
  let changed = false
  const entries = Object.entries(record).map(([key, child]): [string, unknown] => {
    const converted = convert(child, seen)
    changed ||= converted !== child
    return [key, converted]
  })
  return changed ? Object.fromEntries(entries) : record
}

function isScalar(value: unknown): value is Exclude<unknown, object> {
  return typeof value !== 'object' || value === null
}

function scalar(value: unknown): unknown {
  if (value === undefined) return null
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number === 'number' && !Number.isFinite(number)) {
    throw new Error(`The result is ${number}, not a number: is something divided by zero?`)
  }
  return number
}
