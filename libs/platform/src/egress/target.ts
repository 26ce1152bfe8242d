import { ForbiddenError, InvalidInputError } from '@dure/kernel'
import { isPublicAddress, literalAddress } from './address.ts'

const PORTS = new Set(['80', '443', '8080', '8443'])

export interface Target {
  readonly url: URL
  /** The operator vouches for it: its address is not checked. */
  readonly trusted: boolean
}

/**
 * What a URL leads to, if it may be asked at all. `URL` has already turned decimal, octal and
 * hexadecimal forms of an address into the usual one.
 *
 * @param allow `host:port` in lower case, IPv6 in brackets
 * @throws InvalidInputError `egress.invalid-url`
 * @throws ForbiddenError `egress.forbidden-port`, `egress.forbidden-address`
 */
export function targetOf(url: string, allow: ReadonlySet<string>): Target {
  const parsed = URL.parse(url)
  if (parsed === null) throw invalidUrl('This is not an absolute URL')
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw invalidUrl('Only http and https are allowed')
  }
  if (parsed.username || parsed.password) {
    throw invalidUrl('Credentials belong into a header, not into the URL')
  }
  const port = parsed.port || (parsed.protocol === 'https:' ? '443' : '80')
  if (allow.has(`${parsed.hostname}:${port}`)) return { url: parsed, trusted: true }

  if (!PORTS.has(port)) {
    throw new ForbiddenError(
      'egress.forbidden-port',
      `Port ${port} is not allowed: use 80, 443, 8080 or 8443, or ask the operator to allow it`,
      { port },
    )
  }
  const address = literalAddress(parsed.hostname)
  if (address !== undefined && !isPublicAddress(address)) throw forbiddenAddress(parsed.hostname)
  return { url: parsed, trusted: false }
}

/** Says which host, and not what it resolved to: the answer must not map the inside. */
export function forbiddenAddress(host: string): ForbiddenError {
  return new ForbiddenError(
    'egress.forbidden-address',
    `${host} is not on the public Internet: ask the operator to allow it if it should be reached`,
    { host },
  )
}

export function forbiddenOrigin({ origin, host }: URL): ForbiddenError {
  return new ForbiddenError(
    'egress.forbidden-origin',
    `${origin} is not one of the hosts that may be asked here, or be redirected to`,
    { host },
  )
}

function invalidUrl(message: string): InvalidInputError {
  return new InvalidInputError('egress.invalid-url', message)
}
