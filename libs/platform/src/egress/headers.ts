import type { IncomingHttpHeaders } from 'node:http'
import { InvalidInputError } from '@dure/kernel'

export type Headers = Readonly<Record<string, string>>

/** RFC 9110, `token` and `field-value` in Latin-1: no line break can begin a header of its own. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** These frame the message or choose who answers it: they are ours to set. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** All that a new host may learn. A credential may hide in any other header. */
const FOR_STRANGERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'idempotency-key',
  'user-agent',
])

/**
 * Names in lower case, everything checked.
 *
 * @throws InvalidInputError `egress.invalid-header`
 */
export function checkedHeaders(headers: Headers): Headers {
  const entries = Object.entries(headers).map(([name, value]) => {
    const lower = name.toLowerCase()
    if (!NAME.test(name) || !VALUE.test(value)) {
      throw invalidHeader(name, 'has characters that no header may have')
    }
    if (RESERVED.has(lower)) throw invalidHeader(name, 'cannot be set')
    return [lower, value] as const
  })
  return Object.fromEntries(entries)
}

export function headersForStrangers(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => FOR_STRANGERS.has(name)))
}

export function headersWithoutBody(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith('content-')),
  )
}

/** One text per name: repeated headers are joined as RFC 9110 joins them. */
export function flatHeaders(headers: IncomingHttpHeaders): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join(', ')]),
  )
}

function invalidHeader(name: string, what: string): InvalidInputError {
  const shown = JSON.stringify(name.slice(0, 100))
  return new InvalidInputError('egress.invalid-header', `The header ${shown} ${what}`)
}
