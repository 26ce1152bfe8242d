import {
  DeadlineExceededError,
  DureError,
  type ErrorCode,
  InvalidInputError,
  LimitExceededError,
  UnavailableError,
} from '@dure/kernel'
import {
  AISDKError,
  APICallError,
  InvalidPromptError,
  InvalidResponseDataError,
  RetryError,
  StreamProviderError,
} from 'ai'

const DIGITS = /^\d{1,9}$/
/** Of the AI SDK, which exports their classes but not their types. */
const MISFITS: ReadonlySet<string> = new Set([
  'AI_MissingToolResultsError',
  'AI_InvalidMessageRoleError',
  'AI_MessageConversionError',
  'AI_InvalidDataContentError',
])
/** In the words of OpenAI, Anthropic, Google, Amazon, and of servers that imitate the first. */
const TOO_LONG =
  /context[_ ](length|window)|maximum context|prompt is too long|input is too long|token count.{0,40}exceeds|exceeds? the (maximum|available) (number of tokens|context)/i
/** As much of an error as is looked at, in UTF-16 units. */
const LOOKED_AT = 4000

/** The provider answers, but not with what its API promises. */
class BadModelResponseError extends DureError {
  override readonly kind = 'unavailable'
}

/** An answer that had begun never came to its end. Asked again, the model begins anew. */
export class BrokenOffError extends BadModelResponseError {
  constructor(cause?: unknown) {
    super('model.bad-response', 'The answer of the model broke off', {}, { cause })
  }
}

/** What went wrong while an answer came in. @returns the error itself when it is a bug of ours */
export function answerFailure(error: unknown, hasBegun: boolean): unknown {
  // It ended without a reason: after nothing at all, it was no answer.
  if (InvalidResponseDataError.isInstance(error) && hasBegun) return new BrokenOffError(error)
  if (isLostConnection(error)) return new BrokenOffError(error)
  if (error instanceof RangeError || !(error instanceof Error)) return badResponse(error)
  return modelFailure(error) ?? error
}

/** The answer had begun with a status that promises it, and then the connection was lost. */
function isLostConnection(error: unknown): boolean {
  // Some packages do not wrap what undici says.
  if (error instanceof TypeError && /^UND_ERR_/.test(Object(error.cause).code)) return true
  if (!APICallError.isInstance(error) || error.statusCode === undefined) return false
  return error.statusCode < 300 && error.isRetryable
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
  if (StreamProviderError.isInstance(error)) return reportedFailure(error)
  if (InvalidPromptError.isInstance(error) || MISFITS.has(Object(error).name)) {
    return refusedRequest('its messages do not fit together')
  }
  if (AISDKError.isInstance(error)) return badResponse(error)
  return undefined
}

/** It began to answer, and then said nothing more. */
export function modelStall(idleMs: number): DureError {
  return new DeadlineExceededError(
    'model.timeout',
    `The model stopped in the middle of its answer, and said nothing more for ${idleMs} ms`,
    { idleMs },
  )
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
    const message = 'The model provider asks to wait'
    return new LimitExceededError('model.rate-limited', message, { status }, optionsOf(error))
  }
  if (status === 408 || status >= 500) {
    return unavailable('model.unavailable', `The model provider answers with ${status}`, error)
  }
  if ((status === 400 || status === 413) && isTooLong(error)) return promptTooLong()
  return refusedRequest(hintFor(status), ` with ${status}`)
}

/** It would be refused again. */
export function refusedRequest(hint: string, how = ''): InvalidInputError {
  return new InvalidInputError(
    'model.refused-request',
    `The model provider refuses the request${how}: ${hint}`,
  )
}

/** One that can may do it. */
export function withoutTools({ id }: { readonly id: string }): InvalidInputError {
  return new InvalidInputError(
    'model.no-tools',
    `The model ${id} cannot call tools: name another one, or give it none`,
  )
}

/** A model with a larger window may take it. */
function promptTooLong(): InvalidInputError {
  return new InvalidInputError(
    'model.prompt-too-long',
    'The prompt is longer than the model reads: shorten it, or name a fallback with a larger window',
  )
}

function isTooLong({ message, responseBody = '' }: APICallError): boolean {
  return (
    TOO_LONG.test(message.slice(0, LOOKED_AT)) || TOO_LONG.test(responseBody.slice(0, LOOKED_AT))
  )
}

/** Told in the middle of an answer, when its status had long been 200. */
function reportedFailure(error: StreamProviderError): DureError {
  if (error.statusCode !== 429) return badResponse(error)
  const message = 'The model provider asks to wait'
  return new LimitExceededError('model.rate-limited', message, { status: 429 }, { cause: error })
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'the operator checks MODEL_API_KEY'
  if (status === 404) return 'check the name of the model'
  return 'check the length of the prompt and the settings of the node'
}

function unavailable(code: ErrorCode, message: string, cause: APICallError): UnavailableError {
  const details = cause.statusCode === undefined ? {} : { status: cause.statusCode }
  return new UnavailableError(code, message, details, optionsOf(cause))
}

function optionsOf(cause: APICallError) {
  const retryAfterS = retryAfterOf(cause.responseHeaders ?? {})
  return { cause, ...(retryAfterS !== undefined && { retryAfterS }) }
}

/** RFC 9110, 10.2.3: seconds or a date; the date is compared with that of the answer, not with ours. */
function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const { 'retry-after': after, 'retry-after-ms': afterMs, date } = headers
  if (afterMs !== undefined && DIGITS.test(afterMs)) return Number(afterMs) / 1000
  if (after === undefined) return undefined
  if (DIGITS.test(after)) return Number(after)
  const untilS = (Date.parse(after) - Date.parse(date ?? '')) / 1000
  return Number.isFinite(untilS) ? Math.max(untilS, 0) : undefined
}

export function badResponse(cause: unknown): BadModelResponseError {
  return new BadModelResponseError(
    'model.bad-response',
    'The model provider answered with something broken',
    {},
    { cause },
  )
}

/** @returns undefined when it says nothing about the provider, such as that the prompt is too long */
export function saysOfProvider(error: unknown, left: AbortSignal): boolean | undefined {
  if (left.aborted) return undefined
  if (error instanceof BrokenOffError) return false
  const code = modelFailure(error)?.code
  if (code === undefined) return Object(error).name === 'TimeoutError' ? false : undefined
  if (code === 'model.refused-request' || code === 'model.prompt-too-long') return true
  return code === 'model.rate-limited' ? undefined : false
}
