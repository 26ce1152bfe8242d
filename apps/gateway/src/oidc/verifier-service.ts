import { UnavailableError } from '@dure/kernel'
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { ProviderSettings } from './provider-service.ts'
import { expiredToken, invalidToken } from './refusal.ts'
import { ALGORITHMS, isForSigningIn, isReadable, type Person, personIn } from './token.ts'

/**
 * @throws UnauthenticatedError `token.invalid`, `token.expired`
 * @throws UnavailableError `identity-provider.unavailable`
 */
export type VerifyToken = (token: string) => Promise<Person>

/** How far the clocks of two machines may differ. */
const CLOCK_TOLERANCE_S = 5

/**
 * Believes a token only by a key of the issuer: what its header says of other keys (`jwk`, `jku`,
 * `x5c`, `x5u`) is never looked at.
 */
export function createTokenVerifier(
  { issuer, audience }: ProviderSettings,
  keyOf: JWTVerifyGetKey,
): VerifyToken {
  const options = {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE_S,
  }
  return async (token) => {
    if (!isReadable(token)) throw invalidToken()
    const { payload, protectedHeader } = await jwtVerify(token, keyOf, options).catch((error) => {
      if (error instanceof UnavailableError) throw error
      // Only who holds a token that was good once learns that it was.
      throw error instanceof errors.JWTExpired ? expiredToken() : invalidToken()
    })
    const person = isForSigningIn(protectedHeader.typ, payload) ? personIn(payload) : undefined
    if (person) return person
    throw invalidToken()
  }
}
