import type { ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import type { PlainReply } from '@dure/platform'
import { type Headers, isForClients, namedInConnection } from '../headers.ts'
import { createEncoder, type Encoding, encodingFor, isCompressible } from './compression.ts'

const SHOWN = /^(?:application\/(?:[\w.-]+\+)?json|text\/(?:plain|event-stream))\b/
const BOTH_MAY_SAY = new Set(['link', 'vary'])
const LINE_FEED = 0x0a
const ONE_PIECE_BYTES = 16_384

/** Tells a reader of events to come back, with `Last-Event-ID`, to an instance that stays. */
const RECONNECT = 'event: reconnect\ndata: {}\n\n'

/** Writes to the client what comes back from a service, under the headers that the gateway answers for. */
export class Answer {
  readonly #reply: PlainReply
  readonly #raw: ServerResponse
  #encoder: Transform | undefined
  #wholeBytes = -1
  #isStream = false
  /** Whether what was written of a stream ends where an event does. */
  #betweenEvents = true

  constructor(reply: PlainReply) {
    this.#reply = reply
    this.#raw = reply.raw
  }

  begin(status: number, received: Headers): void {
    const raw = this.#raw
    const { method, headers } = this.#reply.request
    const type = String(received['content-type'] ?? '')
    this.#isStream = type.startsWith('text/event-stream')
    const compressible = isCompressible({ method, status, headers: received })
    const encoding = compressible ? encodingFor(headers['accept-encoding']) : undefined
    const head = this.#headOf(received, encoding)
    if (compressible) head.push('vary', 'accept-encoding')
    if (!isShown(type) && received['content-disposition'] === undefined) {
      head.push('content-disposition', 'attachment')
    }
    this.#reply.hijack()
    raw.writeHead(status, head)
    // The reader waits for the head, however long the first event takes.
    if (this.#isStream) raw.flushHeaders()
    if (encoding) {
      this.#encoder = createEncoder(encoding)
      this.#encoder.pipe(raw)
    } else this.#wholeBytes = Number(received['content-length'] ?? -1)
  }

  /** @returns whether more may be written now; else after `onceDrained` */
  write(chunk: Buffer): boolean {
    if (this.#encoder) return this.#encoder.write(chunk)
    if (chunk.length === this.#wholeBytes) {
      this.#endWith(chunk)
      return true
    }
    if (this.#isStream) this.#betweenEvents = endsAnEvent(chunk, this.#betweenEvents)
    return this.#raw.write(chunk)
  }

  onceDrained(listener: () => void): void {
    const target = this.#encoder ?? this.#raw
    target.once('drain', listener)
  }

  /**
   * All there is, together with the head in one piece. As text of the same bytes: Node sends a head and a
   * buffer as a vector of two, which costs about as much as two writes.
   */
  #endWith(chunk: Buffer): void {
    if (chunk.length > ONE_PIECE_BYTES) this.#raw.end(chunk)
    else this.#raw.end(chunk.toString('latin1'), 'latin1')
  }

  end(): void {
    if (this.#encoder) this.#encoder.end()
    else if (!this.#raw.writableEnded) this.#raw.end()
  }

  /**
   * Ends a stream of events so that its reader resumes it. Half an event is not made whole by that:
   * readers discard what no empty line ends (HTML, 9.2.6).
   */
  endStream(): void {
    if (this.#betweenEvents) this.#raw.write(RECONNECT)
    this.#raw.end()
  }

  /** The only way to say that an answer that has begun is not whole. */
  cut(): void {
    this.#encoder?.destroy()
    this.#raw.destroy()
  }

  /** Names and values in turn; ours win. Both may have links. */
  #headOf(received: Headers, encoding: Encoding | undefined): (string | string[])[] {
    const own = this.#reply.getHeaders()
    const head: (string | string[])[] = []
    for (const name in own) {
      const value = own[name]
      if (value !== undefined) head.push(name, Array.isArray(value) ? value : String(value))
    }
    const named = namedInConnection(received.connection)
    for (const name in received) {
      const value = received[name]
      if (value === undefined || !isForClients(name, named)) continue
      if (own[name] !== undefined && !BOTH_MAY_SAY.has(name)) continue
      if (encoding && name === 'content-length') continue
      head.push(name, value as string | string[])
    }
    if (encoding) head.push('content-encoding', encoding)
    return head
  }
}

/**
 * Whether a browser may show it: data, not documents. What users put in is never a page of this
 * origin.
 */
function isShown(type: string): boolean {
  return type === '' || SHOWN.test(type)
}

function endsAnEvent(chunk: Buffer, before: boolean): boolean {
  const { length } = chunk
  if (length === 0) return before
  if (chunk[length - 1] !== LINE_FEED) return false
  return length === 1 ? false : chunk[length - 2] === LINE_FEED
}
