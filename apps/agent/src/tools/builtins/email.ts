import { ForbiddenError, InvalidInputError } from '@dure/kernel'

/** What a model asks to be sent. */
export interface EmailInput {
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text: string
}

const MAX_ADDRESS = 254
/** RFC 5321 without what nobody needs: no quotes, no comments, no lists, no name beside it. */
const ADDRESS =
  /^[A-Za-z0-9](?:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*[A-Za-z0-9_-])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i
/** Of a header, a line break ends it: what follows would be another one. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u

/**
 * Who gets it, each once.
 *
 * @param allowed addresses, or `@example.com` for all of a domain; undefined: anybody
 * @throws InvalidInputError `email.invalid-address`, `email.invalid-subject`
 * @throws ForbiddenError `email.recipient-not-allowed`
 */
export function recipientsOf(
  { to, cc = [], subject }: EmailInput,
  allowed: readonly string[] | undefined,
): string[] {
  if (CONTROL.test(subject)) {
    const detail = 'The subject is one line of text, without control characters'
    throw new InvalidInputError('email.invalid-subject', detail)
  }
  const recipients = [...new Set([...to, ...cc])]
  for (const address of recipients) {
    requireAddress(address)
    if (allowed && !isAllowed(address, allowed)) throw notAllowed(address)
  }
  return recipients
}

/** @throws InvalidInputError `email.invalid-address` */
export function requireAddress(address: string): void {
  const isAddress = address.length <= MAX_ADDRESS && ADDRESS.test(address)
  if (isAddress && !address.includes('..')) return
  const shown = JSON.stringify(address.slice(0, 100))
  const detail = `${shown} is no address: give each as name@example.com, without a name beside it`
  throw new InvalidInputError('email.invalid-address', detail)
}

function isAllowed(address: string, allowed: readonly string[]): boolean {
  const wanted = address.toLowerCase()
  return allowed.some((entry) => {
    const one = entry.toLowerCase()
    return one.startsWith('@') ? wanted.endsWith(one) : wanted === one
  })
}

function notAllowed(address: string): ForbiddenError {
  const detail = `This agent may not write to ${address}`
  return new ForbiddenError('email.recipient-not-allowed', detail)
}
