import { jsonText } from './json-text.ts'
import { mutated } from './mutation.ts'
import { type Hint, type Pool, withReferences } from './pool.ts'
import type { Draft } from './request.ts'

export interface BodyBuilding {
  readonly pool: Pool
  /** What stands in its fields of these names instead of what was drawn. */
  readonly hint: Hint
  /** By JSON pointer: what stands there, whatever else does. */
  readonly instead: Readonly<Record<string, string>>
}

export function bodyBytes({ body, changes }: Draft, building: BodyBuilding): Buffer | undefined {
  const { pool, hint, instead } = building
  const drawn = withHint(withReferences(body, pool), hint)
  const whole = Object.entries(instead).reduce(
    (value, [pointer, id]) => withAt(value, pointer, id),
    drawn,
  )
  if (whole === undefined) return undefined
  const text = jsonText(mutated(whole, changes.mutations))
  return changes.texts.reduce<Buffer>((bytes, change) => change(bytes), Buffer.from(text))
}

function withHint(body: unknown, hint: Hint): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const names = Object.keys(body).filter((name) => Object.hasOwn(hint, name))
  return { ...body, ...Object.fromEntries(names.map((name) => [name, hint[name]])) }
}

/** A copy with another value at a JSON pointer; in a list, nothing else is the same. */
export function withAt(value: unknown, pointer: string, inside: unknown): unknown {
  const [, first, ...rest] = pointer.split('/')
  if (first === undefined) return inside
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...Object(value) }
  copy[first] = withAt(copy[first], rest.length > 0 ? `/${rest.join('/')}` : '', inside)
  if (rest.length > 0 || !Array.isArray(copy)) return copy
  return copy.filter((item, at) => String(at) === first || item !== inside)
}
