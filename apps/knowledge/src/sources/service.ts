import { DureError, InvalidInputError, UnavailableError } from '@dure/kernel'
import type { Egress } from '@dure/platform'
import { type Content, contentOfFile } from '../documents/document.ts'
import { namedAs } from '../documents/file-format.ts'
import { typeOfAnswer } from './answer-type.ts'

/** What a source has answered. */
export type Look =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'content'; readonly content: Content; readonly validators: Validators }
  | {
      readonly kind: 'failure'
      readonly code: string
      readonly message: string
      /** Whether it may be over the next time. */
      readonly canPass: boolean
    }

/** By which the other side knows its content again (RFC 9110, 8.8). */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

export interface Address extends Validators {
  readonly url: string
  /** Of the document. */
  readonly name: string
}

export interface Fetching {
  readonly egress: Egress
  readonly maxDocumentBytes: number
}

export const FETCH_TIMEOUT_MS = 30_000
const ACCEPT = 'text/html, application/pdf, text/markdown, text/plain, */*;q=0.5'
const USER_AGENT = 'Dure-Knowledge/1'
/** Of a validator that is kept; a longer one is as good as none. */
const MAX_VALIDATOR_LENGTH = 500

/**
 * Asks an address for its content, unless that is what it was. Goes through the egress guard: public addresses only,
 * also after redirects, and no more bytes or time than a document may take.
 *
 * @throws `signal.reason` when it is aborted; else every failure is an answer
 */
export async function look(
  { egress, maxDocumentBytes }: Fetching,
  address: Address,
  signal: AbortSignal,
): Promise<Look> {
  try {
    const answer = await egress.request({
      method: 'GET',
      url: address.url,
      headers: { accept: ACCEPT, 'user-agent': USER_AGENT, ...conditionsOf(address) },
      signal,
      maxBytes: maxDocumentBytes,
      timeoutMs: FETCH_TIMEOUT_MS,
    })
    if (answer.status === 304) return { kind: 'unchanged' }
    if (answer.status !== 200) throw refused(answer.status)
    const type = typeOfAnswer(answer)
    const name = namedAs(address.name, type)
    const file = contentOfFile({ name, declaredType: type, bytes: answer.body }, maxDocumentBytes)
    return {
      kind: 'content',
      content: { ...file, name: address.name },
      validators: {
        etag: validator(answer.headers.etag),
        lastModified: validator(answer.headers['last-modified']),
      },
    }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof DureError)) throw error
    return { kind: 'failure', code: error.code, message: error.message, canPass: error.transient }
  }
}

function conditionsOf({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
}

function validator(header: string | undefined): string | null {
  return header !== undefined && header.length <= MAX_VALIDATOR_LENGTH ? header : null
}

/** What the other side says of itself decides whether asking again may help. */
function refused(status: number): DureError {
  const message = `The address answered with status ${status} in place of a document`
  return status >= 500 || status === 429 || status === 408
    ? new UnavailableError('document.source-unavailable', message)
    : new InvalidInputError('document.source-refused', message)
}
