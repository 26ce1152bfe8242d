import type { Schema } from '../openapi/operation.ts'

/** A value that is taken from what the system answered, at the moment when the request is built. */
export class Reference {
  readonly wanted: string
  readonly pick: number
  readonly otherwise: unknown
  constructor(wanted: string, pick: number, otherwise: unknown) {
    this.wanted = wanted
    this.pick = pick
    this.otherwise = otherwise
  }
}

/** Ids and other values that the system has answered with: they make requests that reach something. */
export interface Pool {
  /** @param parents parameters of the path that the answer came from */
  learn(answer: unknown, parents: Readonly<Record<string, string>>): void
  /** @param wanted `id:wf` for ids with this prefix, `object:graph` for objects of properties called so */
  find(wanted: string, pick: number): unknown
  all(wanted: string): readonly unknown[]
  /** What stood in the path when this id was first seen, and beside it in its object. */
  parentsOf(id: string): Readonly<Record<string, string>>
  /** A name of something that is no id, such as of a model. */
  refer(kind: string, name: string): void
  /** Values with which this operation can succeed, by the names of its path or of its body. */
  hint(operationId: string, values: Hint): void
  /** One of the newest hints; empty when there is none. */
  hintFor(operationId: string, pick: number): Hint
}

export type Hint = Readonly<Record<string, unknown>>

const ID = /^([a-z]+)_[0-9a-f]{32}$/
const MAX_VALUES = 60
/** The first ones came from the requests that prepare everything: they are the best. */
const KEPT = 20
const MAX_DEPTH = 12
/** Older ones were used up by the requests before. */
const NEWEST_HINTS = 8
export const NO_HINT: Hint = {}

/** @param banned ids that no request may name: with the key or project that it uses, a run would end */
export function createPool(banned: readonly string[] = []): Pool {
  const values = new Map<string, unknown[]>()
  const parents = new Map<string, Readonly<Record<string, string>>>()
  const hints = new Map<string, Hint[]>()

  function add(wanted: string, value: unknown): void {
    const known = values.get(wanted) ?? []
    values.set(wanted, known)
    if (known.includes(value)) return
    known.push(value)
    if (known.length > MAX_VALUES) known.splice(KEPT, 1)
  }

  function learnObject(object: object, above: Readonly<Record<string, string>>, depth: number) {
    const texts = Object.entries(object).filter(([, value]) => typeof value === 'string')
    const beside = { ...above, ...Object.fromEntries(texts) }
    for (const [name, value] of Object.entries(object)) {
      if (value === null) continue
      const isBanned = typeof value === 'string' && banned.includes(value)
      if (!Array.isArray(value) && !isBanned) add(`${typeof value}:${name}`, value)
      if (typeof value === 'string') learnText(value, beside)
      else visit(value, beside, depth + 1)
    }
  }

  function learnText(text: string, beside: Record<string, string>): void {
    if (banned.includes(text)) return
    const prefix = ID.exec(text)?.[1]
    if (prefix === undefined) return
    add(`id:${prefix}`, text)
    parents.set(text, { ...beside, ...parents.get(text) })
  }

  function visit(value: unknown, above: Readonly<Record<string, string>>, depth: number): void {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return
    if (Array.isArray(value)) for (const item of value.slice(0, 20)) visit(item, above, depth + 1)
    else learnObject(value, above, depth)
  }

  const all = (wanted: string) => values.get(wanted) ?? []
  return {
    all,
    learn: (answer, above) => visit(answer, above, 0),
    find: (wanted, pick) => all(wanted)[pick % Math.max(1, all(wanted).length)],
    parentsOf: (id) => parents.get(id) ?? {},
    refer: (kind, name) => add(`id:${kind}`, name),
    hint(operationId, value) {
      hints.set(operationId, [value, ...(hints.get(operationId) ?? [])].slice(0, NEWEST_HINTS))
    },
    hintFor(operationId, pick) {
      const known = hints.get(operationId) ?? []
      return known[pick % known.length] ?? NO_HINT
    },
  }
}

/** The same value with what the pool has for its references. */
export function withReferences(value: unknown, pool: Pick<Pool, 'find'>): unknown {
  if (value instanceof Reference) {
    const found = pool.find(value.wanted, value.pick)
    return found === undefined ? withReferences(value.otherwise, pool) : structuredClone(found)
  }
  if (Array.isArray(value)) return value.map((item) => withReferences(item, pool))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, withReferences(child, pool)]),
  )
}

/** Of the things that a value names: the prefix of its id, or what `x-dure-ref` calls it; undefined for others. */
export function referredBy(schema: Schema | undefined): string | undefined {
  const { pattern, 'x-dure-ref': said } = schema ?? {}
  if (typeof said === 'string') return said
  // More may follow: `^wf_[0-9a-f]{32}(?:@[a-z]+)?$`.
  return typeof pattern === 'string' ? /^\^([a-z]+)_\[0-9a-f\]\{32\}/.exec(pattern)?.[1] : undefined
}
