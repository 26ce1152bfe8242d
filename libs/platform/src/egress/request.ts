import type { Headers } from './headers.ts'

export interface EgressRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Headers
  /**
   * Headers for the origin of `url` and nobody else: a redirect to another one goes without them, and
   * does not get them back.
   */
  readonly credentials?: Headers
  /** Origins that may be asked, also by a redirect; absent: all that are public. */
  readonly origins?: readonly string[]
  readonly body?: string | Uint8Array
  readonly signal: AbortSignal
  /** Of the body, unpacked. */
  readonly maxBytes: number
  /** The first answer is the answer, also when it leads elsewhere, and its body is not read. */
  readonly statusOnly?: boolean
  /** For all of it: names, redirects, the last byte. */
  readonly timeoutMs: number
  /**
   * Called, at the latest before the promise settles, when the other side may have received the
   * request: then a failure does not mean that nothing has happened there.
   */
  readonly onSent?: () => void
}

export interface EgressResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Headers
  /** Unpacked. */
  readonly body: Buffer
  /** What answered, after redirects. */
  readonly url: string
}
