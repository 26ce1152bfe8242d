import type { HttpAuth } from '@dure/contracts'

/** As HTTP sends a secret: RFC 6750 §2.1, RFC 7617 §2, or a header of the other side's choosing. */
export function credentialsOf(
  { as, username, header = 'x-api-key' }: HttpAuth,
  value: string,
): Readonly<Record<string, string>> {
  if (as === 'header') return { [header.toLowerCase()]: value }
  if (as === 'bearer') return { authorization: `Bearer ${value}` }
  return { authorization: `Basic ${base64(withUser(username, value))}` }
}

/** What an answer may show a secret as: as it is, in JSON, in a URL, in base64, and as it was sent. */
export function disguisesOf({ as, username }: HttpAuth, value: string): readonly string[] {
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    base64(value),
    ...(as === 'basic' ? [base64(withUser(username, value)), ...passwordOf(username, value)] : []),
  ]
  // The longest first: a shorter one may be a part of it.
  return [...new Set(forms)].sort((one, other) => other.length - one.length)
}

function withUser(username: string | undefined, value: string): string {
  return username === undefined ? value : `${username}:${value}`
}

/** Of `user:password`. One of few characters could be any text. */
function passwordOf(username: string | undefined, value: string): string[] {
  if (username !== undefined) return []
  const password = value.slice(value.indexOf(':') + 1)
  return password.length < MIN_REDACTED ? [] : [password]
}

const MIN_REDACTED = 8

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
