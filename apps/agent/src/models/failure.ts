import {
  DeadlineExceededError,
  DureError,
  type ErrorCode,
  InvalidInputError,
  UnavailableError,
} from '@dure/kernel'
import { AISDKError, APICallError, RetryError } from 'ai'

/** The provider answers, but not with what its API promises. */
class BadModelResponseError extends DureError {
  override readonly kind = 'unavailable'
}

/**
 * What went wrong with a call, in our words. Those of the provider may hold its address or a part of
 * the key: only its status is told.
 *
 * @returns undefined for what is no failure of the provider, but a bug of ours
 */
export function modelFailure(error: unknown): DureError | undefined {
  if (error instanceof DureError) return error
  if (RetryError.isInstance(error)) return modelFailure(error.lastError)
  if (APICallError.isInstance(error)) return callFailure(error)
  if (AISDKError.isInstance(error)) return badResponse(error)
  return undefined
}

export function modelTimeout(timeoutMs: number): DureError {
  return new DeadlineExceededError(
    'model.timeout',
    `The model took longer than ${timeoutMs} ms: give the node more time, or ask for less text`,
    { timeoutMs },
  )
}

function callFailure(error: APICallError): DureError {
  const { statusCode: status } = error
  if (status === undefined) {
    return unavailable('model.unavailable', 'The model provider cannot be reached', error)
  }
  if (status < 300) return badResponse(error)
  if (status === 429) {
    return unavailable('model.rate-limited', 'The model provider asks to wait', error)
  }
  if (status === 408 || status >= 500) {
    return unavailable('model.unavailable', `The model provider answers with ${status}`, error)
  }
  return new InvalidInputError(
    'model.refused-request',
    `The model provider refuses the request with ${status}: ${hintFor(status)}`,
  )
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'the operator checks MODEL_API_KEY'
  if (status === 404) return 'check the name of the model'
  return 'check the length of the prompt and the settings of the node'
}

function unavailable(code: ErrorCode, message: string, cause: APICallError): UnavailableError {
  const details = cause.statusCode === undefined ? {} : { status: cause.statusCode }
  return new UnavailableError(code, message, details, { cause })
}

function badResponse(cause: Error): BadModelResponseError {
  return new BadModelResponseError(
    'model.bad-response',
    'The model provider answered with something broken',
    {},
    { cause },
  )
}
