/** Answers are data: nothing in them runs, is framed, or tells another site where it was. */
const ALWAYS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
} as const

/**
 * Headers of every answer, whatever a service says.
 *
 * @param hstsMaxAgeS seconds for which browsers insist on TLS; 0 where none is in front
 */
export function securityHeaders(hstsMaxAgeS: number): Readonly<Record<string, string>> {
  if (hstsMaxAgeS === 0) return ALWAYS
  return { ...ALWAYS, 'strict-transport-security': `max-age=${hstsMaxAgeS}; includeSubDomains` }
}
