import { createPrivateKey, type KeyObject, sign } from 'node:crypto'

const LIFETIME_S = 60
/** A token is used for this long, so that it never ends while a request is under way. */
const RENEW_AFTER_MS = 20_000

/** Of all that is measured. */
export const TENANT = {
  organizationId: `org_${'b'.repeat(32)}`,
  projectId: `prj_${'b'.repeat(32)}`,
}
const SCOPES = [
  ...['workflows:read', 'workflows:write', 'runs:read', 'runs:write'],
  ...['agents:read', 'agents:write', 'knowledge:read', 'knowledge:write'],
]

/**
 * What the gateway would put in front of a request: `x-dure-identity`, an EdDSA JWT. The services are
 * measured without the gateway, and believe whoever has its key.
 *
 * @param privateKey base64 of a PKCS#8 PEM with an Ed25519 key
 */
export function createIdentityHeaders(privateKey: string, audience: string) {
  const key = createPrivateKey(Buffer.from(privateKey, 'base64').toString('utf8'))
  let token = ''
  let renewAt = 0
  return (): Readonly<Record<string, string>> => {
    if (Date.now() >= renewAt) {
      token = tokenFor(key, audience)
      renewAt = Date.now() + RENEW_AFTER_MS
    }
    return { 'x-dure-identity': token }
  }
}

function tokenFor(key: KeyObject, audience: string): string {
  const now = Math.floor(Date.now() / 1000)
  const identity = { principalId: 'key_bench', tenant: TENANT, scopes: SCOPES }
  const claims = { identity, iss: 'dure-gateway', aud: audience, iat: now, exp: now + LIFETIME_S }
  const signed = `${encode({ alg: 'EdDSA' })}.${encode(claims)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
