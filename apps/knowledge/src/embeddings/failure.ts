import {
  DeadlineExceededError,
  DureError,
  InvalidInputError,
  LimitExceededError,
  UnavailableError,
} from '@dure/kernel'
import { AISDKError, APICallError, RetryError } from 'ai'

/**
 * What went wrong with a request for vectors, in our words. Those of the provider may hold its address or a part of the
 * key: only its status is told.
 *
 * @returns undefined for what is no failure of the provider, but a bug of ours
 */
export function embeddingFailure(error: unknown): DureError | undefined {
  if (error instanceof DureError) return error
  if (RetryError.isInstance(error)) return embeddingFailure(error.lastError)
  if (APICallError.isInstance(error)) return callFailure(error)
  if (AISDKError.isInstance(error) || error instanceof RangeError) return badVectors(error)
  return undefined
}

export function embeddingTimeout(timeoutMs: number): DureError {
  return new DeadlineExceededError(
    'embedding.timeout',
    `The provider of embeddings took longer than ${timeoutMs} ms`,
    { timeoutMs },
  )
}

/** It was asked several times, in vain. */
export function embeddingsLeftAlone(): DureError {
  const message =
    'The provider of embeddings has failed several times and is left alone for a while'
  return new UnavailableError('embedding.unavailable', message)
}

/** It answers, but not with a vector for every text. */
export function badVectors(cause?: unknown): DureError {
  const message = 'The provider of embeddings answered with something broken'
  return new UnavailableError('embedding.bad-response', message, {}, { cause })
}

function callFailure(error: APICallError): DureError {
  const { statusCode: status } = error
  if (status === undefined) {
    const message = 'The provider of embeddings cannot be reached'
    return new UnavailableError('embedding.unavailable', message, {}, { cause: error })
  }
  if (status < 300) return badVectors(error)
  const details = { status }
  if (status === 429) {
    const message = 'The provider of embeddings asks to wait'
    return new LimitExceededError('embedding.rate-limited', message, details, { cause: error })
  }
  if (status === 408 || status >= 500) {
    const message = `The provider of embeddings answers with ${status}`
    return new UnavailableError('embedding.unavailable', message, details, { cause: error })
  }
  return new InvalidInputError(
    'embedding.refused-request',
    `The provider of embeddings refuses the request with ${status}: the operator checks the model and the key`,
  )
}
