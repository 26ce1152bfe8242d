import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HmacAuth } from './webhook.ts'

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

export interface Signed {
  readonly headers: Headers
  /** As it was sent, to the byte. */
  readonly body: Buffer
  readonly now: Date
}

export type SignatureFault = 'hook.invalid-signature' | 'hook.stale-timestamp'

/** Of a timestamp that is older or newer, nobody can say whether it was recorded and sent again. */
const TOLERANCE_S = 300
/** A sender that changes its secret signs with both. */
const MAX_SIGNATURES = 10

/** What is wrong with the signature of a delivery; undefined when it is good. */
export function signatureFault(
  auth: HmacAuth,
  secret: string,
  signed: Signed,
): SignatureFault | undefined {
  return auth.scheme === 'hub'
    ? hubFault(auth, secret, signed)
    : standardFault(auth, secret, signed)
}

/** https://www.standardwebhooks.com: `v1,<base64>` over `id.timestamp.body`. */
function standardFault(auth: HmacAuth, secret: string, { headers, body, now }: Signed) {
  const id = headerIn(headers, auth.idHeader ?? 'webhook-id')
  const timestamp = headerIn(headers, auth.timestampHeader ?? 'webhook-timestamp')
  const signatures = headerIn(headers, auth.signatureHeader ?? 'webhook-signature')
  if (id === '' || !/^[0-9]{1,12}$/.test(timestamp)) return 'hook.invalid-signature'
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body)
  const digest = expected.digest()
  const isGood = signatures
    .split(' ', MAX_SIGNATURES)
    .some((one) => one.startsWith('v1,') && equals(Buffer.from(one.slice(3), 'base64'), digest))
  if (!isGood) return 'hook.invalid-signature'
  // Looked at last: whoever cannot sign learns nothing about clocks.
  const ageS = Math.abs(now.getTime() / 1000 - Number(timestamp))
  return ageS > TOLERANCE_S ? 'hook.stale-timestamp' : undefined
}

/** As GitHub and others do: `sha256=<hex>` over the body, without a time. */
function hubFault(auth: HmacAuth, secret: string, { headers, body }: Signed) {
  const [, hex] =
    /^sha256=([0-9a-f]{64})$/i.exec(
      headerIn(headers, auth.signatureHeader ?? 'x-hub-signature-256'),
    ) ?? []
  const digest = createHmac('sha256', secret).update(body).digest()
  const isGood = hex !== undefined && equals(Buffer.from(hex, 'hex'), digest)
  return isGood ? undefined : 'hook.invalid-signature'
}

/** `whsec_` says that the rest is base64; any other secret is taken as it is. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)
}

function headerIn(headers: Headers, name: string): string {
  const value = headers[name.toLowerCase()]
  return typeof value === 'string' ? value : ''
}

function equals(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected)
}
