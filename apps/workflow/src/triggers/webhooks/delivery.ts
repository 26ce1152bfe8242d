import { createHash } from 'node:crypto'
import { sha256 } from '../../sha256.ts'
import type { Headers } from './signature.ts'
import type { Debounce, Dedupe } from './webhook.ts'

/** Something that was sent to the URL of a trigger. */
export interface Delivery {
  readonly headers: Headers
  readonly query: Readonly<Record<string, unknown>>
  /** Null when there was none. */
  readonly body: unknown
  /** As it was sent, to the byte. */
  readonly raw: Buffer
}

/** They are for this service alone, whatever a trigger asks for. */
const NEVER_SHOWN = /^(?:authorization|cookie|proxy-authorization|x-dure-.*)$/

/** What runs of a webhook get to see. */
export function inputOf({ headers, query, body }: Delivery, shown: readonly string[]) {
  const names = shown
    .map((name) => name.toLowerCase())
    .filter((name) => !NEVER_SHOWN.test(name) && headers[name] !== undefined)
  return {
    headers: Object.fromEntries(names.map((name) => [name, headers[name]])),
    query: { ...query },
    body,
  }
}

/** What tells this delivery from others; undefined when it has nothing that does. */
export function dedupeKeyOf(dedupe: Dedupe, { headers, body, raw }: Delivery): string | undefined {
  switch (dedupe.by) {
    case 'header':
      return keyOf('header', headers[dedupe.header.toLowerCase()])
    case 'pointer':
      return keyOf('pointer', valueAt(body, dedupe.pointer))
    case 'body':
      return createHash('sha256').update('body:').update(raw).digest('hex')
  }
}

/** What groups deliveries into bursts: of one trigger, and with one value under the key. */
export function debounceKeyOf(triggerId: string, { key }: Debounce, { body }: Delivery): string {
  const group = key === undefined ? undefined : keyOf('pointer', valueAt(body, key))
  return `webhook:${triggerId}${group === undefined ? '' : `:${group}`}`
}

/** However long the value is, the key is short. */
function keyOf(kind: string, value: unknown): string | undefined {
  const isPlain = typeof value === 'string' || typeof value === 'number'
  if (!isPlain || value === '') return undefined
  return sha256(`${kind}:${value}`)
}

/** RFC 6901: what a pointer points to; undefined when nothing is there. */
function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return value
}
