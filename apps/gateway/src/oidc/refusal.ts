import {
  InvalidInputError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '@dure/kernel'

type TokenCode = 'token.invalid' | 'token.expired' | 'token.unknown-member'

/** RFC 6750, 3.1. Which of the checks has failed is not said: who forges tokens would like to know. */
function refused(code: TokenCode, message: string): UnauthenticatedError {
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' }
  return Object.assign(new UnauthenticatedError(code, message), { headers })
}

export function invalidToken(): UnauthenticatedError {
  const message = 'This token is not one of the configured issuer for this API: sign in again'
  return refused('token.invalid', message)
}

export function expiredToken(): UnauthenticatedError {
  return refused('token.expired', 'This token has expired: get a new one from the issuer')
}

export function unknownMember(): UnauthenticatedError {
  const message =
    'Nobody here has the subject or the verified e-mail address of this token: ask an admin to add you'
  return refused('token.unknown-member', message)
}

export function projectRequired(): InvalidInputError {
  return new InvalidInputError(
    'project.required',
    'Say for which project: send the header `Dure-Project: prj_…`',
  )
}

/** As for one that nobody has: whoever is no member learns nothing. */
export function projectNotFound(): NotFoundError {
  const message = 'You have no such project: look at the header `Dure-Project`'
  return new NotFoundError('project.not-found', message)
}

/** @param retryAfterS when the issuer may be asked again */
export function providerUnavailable(retryAfterS: number): UnavailableError {
  const message = 'The issuer of this token cannot be asked for its keys at the moment: try again'
  return new UnavailableError('identity-provider.unavailable', message, {}, { retryAfterS })
}

export function membersUnavailable(cause: unknown): UnavailableError {
  const message = 'Members cannot be looked up at the moment: try again'
  return new UnavailableError('member-store.unavailable', message, {}, { cause, retryAfterS: 1 })
}
