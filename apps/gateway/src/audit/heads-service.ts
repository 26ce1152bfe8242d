import { createPrivateKey, createPublicKey } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { OrganizationHead } from './store.ts'

const ALGORITHM = 'EdDSA'
const ISSUER = 'dure-gateway'
/** No service is this audience: a head can never pass for an identity, nor an identity for a head. */
const AUDIENCE = 'dure-audit'

/** Vouches for the end of a chain: a JWS that says organization, number and hash, and when. */
export type SignHead = (head: OrganizationHead) => Promise<string>

/** @param privateKey base64 of a PKCS#8 PEM with an Ed25519 key */
export function createHeadSigner(privateKey: string): SignHead {
  const key = createPrivateKey(Buffer.from(privateKey, 'base64'))
  return ({ organizationId, seq, hash }) =>
    new SignJWT({ seq, hash: hash.toString('base64url') })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(organizationId)
      .setIssuedAt()
      .sign(key)
}

/**
 * @param publicKey base64 of the SPKI PEM of the same key
 * @throws when it is not a head that the gateway has signed
 */
export async function readSignedHead(jws: string, publicKey: string): Promise<OrganizationHead> {
  const { payload } = await jwtVerify(jws, createPublicKey(Buffer.from(publicKey, 'base64')), {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
  })
  const { sub = '', seq, hash } = payload
  return {
    organizationId: sub as OrganizationHead['organizationId'],
    seq: Number(seq),
    hash: Buffer.from(String(hash), 'base64url'),
  }
}
