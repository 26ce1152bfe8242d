/** What a model is made to answer, including all the ways in which real ones fail. */
export type Reply =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly finishReason: 'stop' | 'length'
      readonly reasoning?: string
    }
  | {
      readonly kind: 'tool-calls'
      readonly calls: readonly ToolCall[]
      /** What it says before it calls them. */
      readonly text?: string
      /** What it thinks before all of it, as chat completions of others than OpenAI have it. */
      readonly reasoning?: string
      /** What a provider wants to have back with the next call; of Anthropic on a thought, of Google on the calls. */
      readonly signature?: string
      /** The same on what it says before. */
      readonly textSignature?: string
    }
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly retryAfterS?: number
    }
  | ({ readonly kind: 'truncated'; readonly text: string } & Truncation)
  | HaltingReply
  | { readonly kind: 'stalled'; readonly text: string }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'invalid-json' }
  | HeldReply

export type ToolCall = { readonly name: string } & (
  | { readonly arguments: unknown }
  /** As the model writes them, whether it is JSON or not. */
  | { readonly raw: string }
)

/** A reply that waits for its test. */
export interface HeldReply {
  readonly kind: 'held'
  readonly reply: Reply
  readonly released: Promise<void>
  release(): void
}

/** A streamed answer that stops half-way until its test lets it go on. */
export interface HaltingReply {
  readonly kind: 'halting'
  readonly text: string
  readonly afterWords: number
  readonly released: Promise<void>
  release(): void
}

export interface Truncation extends RetryHint {
  /**
   * How a stream breaks off: the connection is lost, as it always is without streaming; it ends as if
   * all were well, as behind some proxies; or an event says that something is wrong.
   */
  readonly by?: 'loss' | 'end' | 'error-event'
  /** Each chunk of the stream says what was used so far, as some providers do. */
  readonly reportsUsage?: boolean
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

/** As models that think do, where the form on the wire has it. */
export function signedCalls(signature: string, ...calls: readonly ToolCall[]): Reply {
  return { kind: 'tool-calls', calls, signature }
}

/** As Google's models do that say something before they call: what they say is signed. */
export function signedWords(signature: string, said: string, ...calls: readonly ToolCall[]): Reply {
  return { kind: 'tool-calls', calls, text: said, textSignature: signature }
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
export function truncated(how: Truncation = {}): Reply {
  return { kind: 'truncated', text: BEGINNING, ...how }
}

/** Streams its first words, half of them unless it is said, and the rest after `release()`. */
export function halting(
  content: string,
  afterWords = Math.ceil(content.split(' ').length / 2),
): HaltingReply {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { kind: 'halting', text: content, afterWords, released: promise, release: resolve }
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
