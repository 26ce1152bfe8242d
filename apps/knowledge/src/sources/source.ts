import { InvalidInputError } from '@dure/kernel'

/** The address that a document comes from, and how it has answered. */
export interface DocumentSource {
  readonly url: string
  /** Seconds between two looks; absent: it is asked once. */
  readonly everyS: number | undefined
  /** When it has last answered with the content, or that it is still the same. */
  readonly checkedAt: Date | undefined
  /** When it will be asked; absent: never again, unless somebody says so. */
  readonly nextAt: Date | undefined
  /** Why the last look has failed. What was found before is found all the same. */
  readonly error: { readonly code: string; readonly message: string } | undefined
}

/** What somebody asks for: to take a document from there, once or again and again. */
export interface SourceRequest {
  readonly url: string
  readonly everyS?: number
}

export const MAX_URL_LENGTH = 2048
/** Every five minutes at the most, once in thirty days at the least. */
export const LEAST_EVERY_S = 300
export const MOST_EVERY_S = 30 * 24 * 3600

/** After so many failures in a row that could pass, a document that is not asked for again has failed. */
const MAX_FAILURES = 5
const FIRST_RETRY_S = 10
/** A source that fails is asked less and less often, and at least so often. */
const LEAST_OFTEN_S = 24 * 3600
/** So that those which were added at once are not asked at once for ever. */
const JITTER = 0.1

/**
 * Seconds until a source is to be asked again: the interval, or after failures a time that doubles with each (exponential
 * back-off) up to a day, and never less than the interval. A tenth of it is random.
 *
 * @param failures in a row, the last look included
 * @param canPass whether the last failure may be over the next time
 * @param random from 0 to 1
 * @returns undefined when it is never to be asked again
 */
export function nextLookInS(
  { everyS, failures, canPass }: { everyS: number | null; failures: number; canPass: boolean },
  random: number,
): number | undefined {
  if (everyS === null && (failures === 0 || !canPass || failures >= MAX_FAILURES)) return undefined
  const regular = everyS ?? 0
  const patience = failures === 0 ? 0 : (everyS ?? FIRST_RETRY_S) * 2 ** Math.min(failures - 1, 20)
  const base = Math.max(regular, Math.min(patience, LEAST_OFTEN_S))
  return base * (1 + JITTER * random)
}

/** @param reason what is wrong with the address, as a sentence */
export function invalidUrl(reason: string): InvalidInputError {
  return new InvalidInputError(
    'document.invalid-url',
    `${reason}. Give a public http or https address without credentials`,
    [{ pointer: '#/url', message: 'cannot be asked' }],
  )
}
