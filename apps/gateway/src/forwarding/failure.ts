import { DureError, InvalidInputError, UnavailableError } from '@dure/kernel'

/** What the client is told when a service gave no answer. Never an address: only its name. */
export function failureOf(error: unknown, service: string): DureError {
  if (error instanceof DureError) return error
  if (error instanceof Error && 'code' in error && error.code === 'UND_ERR_INVALID_ARG') {
    const message = 'The path or a header has characters that HTTP does not allow'
    return new InvalidInputError('request.malformed', message)
  }
  return unavailable(service, 5, error)
}

/** @param retryAfterS seconds */
export function unavailable(service: string, retryAfterS: number, cause?: unknown): DureError {
  return new UnavailableError(
    'service.unavailable',
    `The ${service} service does not answer at the moment: try again`,
    { service },
    { cause, retryAfterS },
  )
}

export function overloaded(service: string): DureError {
  return new UnavailableError(
    'service.overloaded',
    `The ${service} service has more requests than it can take: try again`,
    { service },
    { retryAfterS: 1 },
  )
}
