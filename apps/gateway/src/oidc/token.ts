import type { JWTPayload } from 'jose'

/** Whom a token speaks of, once it is believed. */
export interface Person {
  /** `sub`: what the issuer calls them, for ever. */
  readonly subject: string
  /** In lower case. Absent unless the issuer says that it is theirs. */
  readonly email: string | undefined
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number
}

/** With keys that are published. Never `none`, and no secret that both sides would hold. */
export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']

const MAX_TOKEN = 8192
const MAX_HEADER = 2048
const MAX_SUBJECT = 255
const MAX_EMAIL = 254
const FORMAT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
/** RFC 9110: the scheme in any case, then at least one space. */
const BEARER = /^bearer +(\S+) *$/i
const KEY_PREFIX = 'dure_'
const AFTER_SCHEME = 'Bearer '.length
/** RFC 8725, 3.11: an id token or an access token (RFC 9068), not one that was made for something else. */
const TYPES = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']

/** A bearer that is no API key, and may be a token. A key, which most requests have, costs one comparison. */
export function tokenIn(authorization: string): string | undefined {
  if (authorization.startsWith(KEY_PREFIX, AFTER_SCHEME)) return undefined
  const [, bearer] = BEARER.exec(authorization) ?? []
  if (bearer === undefined || bearer.startsWith(KEY_PREFIX)) return undefined
  return bearer.startsWith('ey') || bearer.includes('.') ? bearer : undefined
}

/** Three parts that are not too large: nothing else is decoded. */
export function isReadable(token: string): boolean {
  return token.length <= MAX_TOKEN && token.indexOf('.') <= MAX_HEADER && FORMAT.test(token)
}

/** Whether somebody may show it to say who they are. RFC 8417: an event, such as a logout, says so. */
export function isForSigningIn(typ: unknown, payload: JWTPayload): boolean {
  if ('events' in payload) return false
  return typ === undefined || (typeof typ === 'string' && TYPES.includes(typ.toLowerCase()))
}

/** The person in a token whose signature was found good; undefined when it names nobody. */
export function personIn({ sub, exp, email, email_verified }: JWTPayload): Person | undefined {
  if (!isName(sub, MAX_SUBJECT) || exp === undefined) return undefined
  const isTheirs = email_verified === true && isName(email, MAX_EMAIL)
  return {
    subject: sub,
    email: isTheirs ? email.toLowerCase() : undefined,
    expiresAtMs: exp * 1000,
  }
}

/** A text that the database keeps as it is: another one would be another person. */
function isName(value: unknown, maxLength: number): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= maxLength &&
    value.isWellFormed() &&
    !value.includes('\0')
  )
}
