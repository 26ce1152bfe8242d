/** What went wrong, in words that no transport owns. `platform` says once what each means there. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'limit-exceeded'
  | 'unsupported-media-type'
  | 'too-large'
  | 'timeout'
  | 'unavailable'

/** `run.already-ended`: the thing, then what is the matter with it. */
export type ErrorCode = `${string}.${string}`

export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * A failure we foresaw. Anything else that is thrown is a bug and is reported as one.
 *
 * `code` is part of the API: clients branch on it, so renaming one is a breaking change.
 * `message` and `details` reach the client: no secrets, no internal addresses.
 */
export abstract class DureError extends Error {
  abstract readonly kind: ErrorKind
  /** Whether the same request may succeed later. A queue tries again only then. */
  readonly transient: boolean = false
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** Seconds after which another try makes sense, where that is known. */
  readonly retryAfterS: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options: ErrorOptions & { readonly retryAfterS?: number } = {},
  ) {
    super(message, options)
    this.name = new.target.name
    this.code = code
    this.details = details
    this.retryAfterS = options.retryAfterS
  }
}

/** One thing that is wrong with an input, and where: an RFC 6901 pointer as a URI fragment. */
export interface FieldProblem {
  /** `#/nodes/3/type` */
  readonly pointer: string
  readonly message: string
  /** Stable, where the kind of mistake has a name of its own. */
  readonly code?: ErrorCode
}

export class InvalidInputError extends DureError {
  override readonly kind = 'invalid'
  readonly fields: readonly FieldProblem[]

  constructor(code: ErrorCode, message: string, fields: readonly FieldProblem[] = []) {
    super(code, message)
    this.fields = fields
  }
}

export class UnauthenticatedError extends DureError {
  override readonly kind = 'unauthenticated'
}

export class ForbiddenError extends DureError {
  override readonly kind = 'forbidden'
}

export class NotFoundError extends DureError {
  override readonly kind = 'not-found'
}

export class ConflictError extends DureError {
  override readonly kind = 'conflict'
}

/** What was sent is of a kind that this place does not take. */
export class UnsupportedMediaTypeError extends DureError {
  override readonly kind = 'unsupported-media-type'
}

export class TooLargeError extends DureError {
  override readonly kind = 'too-large'
}

export class LimitExceededError extends DureError {
  override readonly kind = 'limit-exceeded'
  override readonly transient = true
}

/** Something that we depend on is down or slow. */
export class UnavailableError extends DureError {
  override readonly kind = 'unavailable'
  override readonly transient = true
}
