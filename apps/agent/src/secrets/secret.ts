import type { SecretId, Tenant } from '@dure/contracts'
import { type FieldProblem, InvalidInputError } from '@dure/kernel'

/** All of a secret but its value. */
export interface SecretInfo {
  readonly id: SecretId
  readonly tenant: Tenant
  readonly name: string
  readonly description: string
  /** Origins that it may be sent to: `https://api.example.com`. */
  readonly hosts: readonly string[]
  /** Rises with each new value. */
  readonly version: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const MAX_VALUE_BYTES = 65_536
/** A shorter one could not be told apart from other text of an answer that shows it. */
export const MIN_VALUE_CHARACTERS = 8

/**
 * Each host once, as the origin that it stands for: without a scheme, `https`; without a port, the
 * usual one.
 *
 * @throws InvalidInputError `secret.invalid`
 */
export function originsOf(hosts: readonly string[]): string[] {
  const problems: FieldProblem[] = []
  const origins = hosts.flatMap((host, index) => {
    const origin = originOf(host)
    if (origin !== undefined) return [origin]
    const message = 'is not a host, with or without a port, such as `api.example.com`'
    problems.push({ pointer: `#/hosts/${index}`, message })
    return []
  })
  if (problems.length > 0) {
    throw new InvalidInputError('secret.invalid', 'Correct the hosts', problems)
  }
  return [...new Set(origins)]
}

function originOf(host: string): string | undefined {
  const url = URL.parse(/^https?:\/\//i.test(host) ? host : `https://${host}`)
  if (!url || url.username || url.password || url.hostname.includes('*')) return undefined
  const isBare = url.pathname === '/' && !/[?#\\\s]/.test(host)
  return isBare ? url.origin : undefined
}

/** @throws InvalidInputError `secret.invalid` */
export function checkValue(value: string): void {
  const message = !value.isWellFormed()
    ? 'has half of a surrogate pair'
    : Buffer.byteLength(value) > MAX_VALUE_BYTES
      ? `has more than ${MAX_VALUE_BYTES} bytes`
      : undefined
  if (message === undefined) return
  throw new InvalidInputError('secret.invalid', 'Correct the value', [
    { pointer: '#/value', message },
  ])
}
