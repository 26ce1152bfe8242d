import { createHmac, randomBytes } from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import type { Envelope, Sealed } from '@dure/platform'

/** https://www.standardwebhooks.com: how a secret is written, so that whoever finds one knows what it is. */
const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export interface Signed {
  readonly id: string
  readonly payload: string
  readonly at: Date
}

/** New signing secrets, and signatures with those that are kept. */
export interface Signing {
  /** @returns the secret, which is shown once, and what is kept of it */
  create(tenant: Tenant, id: string): { readonly secret: string; readonly sealed: Sealed }
  /**
   * Headers by which the receiver knows who sent it, when, and that nobody has sent it twice: one
   * signature for each secret.
   *
   * @throws UnavailableError `secret.unreadable`
   */
  headers(
    tenant: Tenant,
    secrets: readonly { readonly id: string; readonly sealed: Sealed }[],
    signed: Signed,
  ): Readonly<Record<string, string>>
}

export function createSigning(envelope: Pick<Envelope, 'seal' | 'open'>): Signing {
  return {
    create(tenant, id) {
      const secret = PREFIX + randomBytes(SECRET_BYTES).toString('base64')
      return { secret, sealed: envelope.seal(secret, placeOf(tenant, id)) }
    },

    headers(tenant, secrets, { id, payload, at }) {
      const timestamp = Math.floor(at.getTime() / 1000)
      const text = `${id}.${timestamp}.${payload}`
      const signatures = secrets.map((secret) => {
        const opened = envelope.open(secret.sealed, placeOf(tenant, secret.id))
        const key = Buffer.from(opened.slice(PREFIX.length), 'base64')
        return `v1,${createHmac('sha256', key).update(text).digest('base64')}`
      })
      return {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatures.join(' '),
      }
    },
  }
}

function placeOf(tenant: Tenant, id: string) {
  return { tenant, resource: resourceOf(id), version: 1 }
}

export function resourceOf(secretId: string): string {
  return `webhook-secret:${secretId}`
}
