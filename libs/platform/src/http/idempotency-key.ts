import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { Type } from 'typebox'

/** One key of one tenant, as far as anybody but its sender needs to know it. */
export interface KeyedRequest {
  /** Of tenant and key. */
  readonly id: string
  readonly tenant: Tenant
  readonly requestHash: string
  /** Opens and closes what is stored under the key; known to whoever has the key. */
  readonly sealKey: Buffer
}

/** An answer as it is given again. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** draft-ietf-httpapi-idempotency-key-header: whatever is quoted or not is one opaque text. */
const IdempotencyKey = Type.Optional(
  Type.String({
    // Spaces, too: an opaque text may have them, and keys with some are in use.
    pattern: '^[\\x20-\\x7e]{1,255}$',
    description:
      'Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours',
    examples: ['9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11'],
  }),
)

export const IdempotencyHeaders = Type.Object({ 'idempotency-key': IdempotencyKey })

export function keyedRequest(
  key: string,
  tenant: Tenant,
  request: {
    readonly method: string
    readonly url: string
    readonly body: unknown
    /** Of what else has to be the same, such as the bytes of a file. */
    readonly digest: string
  },
): KeyedRequest {
  const { organizationId, projectId } = tenant
  const { method, url, body, digest } = request
  const salt = `${organizationId}/${projectId}`
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', key, salt, purpose, 32))
  // With a key, so that nobody who reads the table can guess what a body held, such as a password.
  const hash = createHmac('sha256', derived('dure idempotency request'))
  return {
    id: sha256(`dure idempotency key\n${salt}\n${key}`),
    tenant,
    requestHash: hash
      .update(`${method}\n${url}\n${digest}\n${canonical(body)}`)
      .digest('base64url'),
    sealKey: derived('dure idempotency answer'),
  }
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** An answer may hold a secret that is shown once: without the key, nobody can read it (AES-256-GCM). */
export function sealAnswer({ id, sealKey }: KeyedRequest, answer: Answer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(id))
  const sealed = [cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
}

/** @throws when the bytes were not sealed with this key */
export function openAnswer({ id, sealKey }: KeyedRequest, bytes: Buffer): Answer {
  const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const text = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]
  // Nobody else can have sealed it: it has the form that `sealAnswer` gave it.
  return JSON.parse(Buffer.concat(text).toString('utf8')) as Answer
}

/** The same body gives the same text, in whatever order its keys were sent. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, child: unknown) =>
      typeof child === 'object' && child !== null && !Array.isArray(child)
        ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
        : child,
    ) ?? ''
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
