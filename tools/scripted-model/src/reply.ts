/** What a model is made to answer, including all the ways in which real ones fail. */
export type Reply =
  | { readonly kind: 'text'; readonly text: string; readonly finishReason: 'stop' | 'length' }
  | { readonly kind: 'tool-calls'; readonly calls: readonly ToolCall[] }
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly retryAfterS?: number
    }
  | { readonly kind: 'truncated'; readonly text: string; readonly retryAfterS?: number }
  | { readonly kind: 'stalled'; readonly text: string }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'invalid-json' }
  | HeldReply

export interface ToolCall {
  readonly name: string
  readonly arguments: unknown
}

/** A reply that waits for its test. */
export interface HeldReply {
  readonly kind: 'held'
  readonly reply: Reply
  readonly released: Promise<void>
  release(): void
}

interface RetryHint {
  /** Sent as `Retry-After`. */
  readonly retryAfterS?: number
}

const BEGINNING = 'The answer is'

export function text(content: string, finishReason: 'stop' | 'length' = 'stop'): Reply {
  return { kind: 'text', text: content, finishReason }
}

export function toolCalls(...calls: readonly ToolCall[]): Reply {
  return { kind: 'tool-calls', calls }
}

/** 429, with the seconds to wait in `Retry-After`. */
export function rateLimited(retryAfterS: number): Reply {
  return { kind: 'error', status: 429, message: 'Rate limit reached', retryAfterS }
}

/** With `retryAfterS: 0`, a client that tries again does so at once, and a test need not wait. */
export function failing(
  status = 500,
  { message = 'The server had an error', ...again }: RetryHint & { message?: string } = {},
): Reply {
  return { kind: 'error', status, message, ...again }
}

/** Begins to answer, then drops the connection in the middle. */
export function truncated(again: RetryHint = {}): Reply {
  return { kind: 'truncated', text: BEGINNING, ...again }
}

/** Begins to answer, then says nothing more and keeps the connection open. */
export function stalled(content = BEGINNING): Reply {
  return { kind: 'stalled', text: content }
}

/** 200 with bytes that are no text at all. */
export function garbage(): Reply {
  return { kind: 'garbage' }
}

/** 200 with something that starts like JSON and is none. */
export function invalidJson(): Reply {
  return { kind: 'invalid-json' }
}

/** Answers with `reply`, but only after `release()`. */
export function held(reply: Reply): HeldReply {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { kind: 'held', reply, released: promise, release: resolve }
}
