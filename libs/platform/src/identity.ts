import { createHash } from 'node:crypto'
import { Identity, type ServiceName } from '@dure/contracts'
import { UnauthenticatedError } from '@dure/kernel'
import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { Compile } from 'typebox/compile'

const ISSUER = 'dure-gateway'
const ALGORITHM = 'EdDSA'
const LIFETIME_S = 60
/** How far the clocks of two machines may differ. */
const CLOCK_TOLERANCE_S = 5

const identitySchema = Compile(Identity)

export interface IdentitySigner {
  /** A token that says who asks, good for one audience and 60 seconds. */
  sign(identity: Identity, audience: ServiceName): Promise<string>
}

export interface IdentityVerifier {
  /** @throws UnauthenticatedError `identity.missing`, `identity.invalid` */
  verify(token: string | undefined): Promise<Identity>
}

/** @param privateKey base64 of a PKCS#8 PEM with an Ed25519 key */
export function createIdentitySigner({
  privateKey,
}: {
  readonly privateKey: string
}): IdentitySigner {
  const key = importPKCS8(pem(privateKey), ALGORITHM)
  // Awaited by the first `sign`; until then a bad key must not end the process unheard.
  key.catch(() => {})
  return {
    async sign(identity, audience) {
      return new SignJWT({ identity })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_S}s`)
        .sign(await key)
    },
  }
}

/** @param publicKey base64 of an SPKI PEM with an Ed25519 key */
export function createIdentityVerifier({
  publicKey,
  audience,
}: {
  readonly publicKey: string
  readonly audience: ServiceName
}): IdentityVerifier {
  const key = importSPKI(pem(publicKey), ALGORITHM)
  key.catch(() => {})
  // The gateway uses one token for many requests: checking its signature once is enough.
  const verified = new LRUCache<string, Identity>({ max: 5000 })

  return {
    async verify(token) {
      if (!token) throw new UnauthenticatedError('identity.missing', HINT)
      const digest = createHash('sha256').update(token).digest('base64')
      const known = verified.get(digest)
      if (known) return known

      const { payload } = await jwtVerify(token, await key, {
        issuer: ISSUER,
        audience,
        algorithms: [ALGORITHM],
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp'],
      }).catch((cause) => {
        throw new UnauthenticatedError('identity.invalid', HINT, {}, { cause })
      })
      const { identity, exp = 0 } = payload
      if (!identitySchema.Check(identity)) throw new UnauthenticatedError('identity.invalid', HINT)

      const leftMs = exp * 1000 - Date.now()
      if (leftMs > 0) verified.set(digest, identity, { ttl: leftMs })
      return identity
    },
  }
}

const HINT = 'This service answers only to the gateway: send the request there, with an API key'

function pem(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8')
}
