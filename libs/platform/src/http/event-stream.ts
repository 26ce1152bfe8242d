import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Service } from './service.ts'

/** The answer of a route that streams: described as `text/event-stream`. */
export const EventStream = Type.Unsafe<unknown>(
  Type.String({
    $id: 'EventStream',
    description: 'Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id`',
    examples: ['id: 1\nevent: run.started\ndata: {"type":"run.started"}\n\n'],
  }),
)

export interface StreamEvent {
  /** What the client sends back as `Last-Event-ID`. */
  readonly id?: string
  readonly event: string
  readonly data: unknown
}

const HEARTBEAT_MS = 15_000
const MAX_BUFFERED_BYTES = 1_048_576

export interface EventStreams {
  /**
   * Answers with server-sent events until the source ends, the client leaves, or the service stops;
   * a client that was cut off resumes with `Last-Event-ID`. A reader that is more than 1 MiB behind
   * is cut off too.
   */
  stream(
    request: FastifyRequest,
    reply: FastifyReply,
    source: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
  ): Promise<void>
  /**
   * The same for a protocol with a form of its own, in which nothing is resumed: the source gives whole
   * blocks of text. When its signal aborts, it has one more block to say why.
   */
  streamText(
    request: FastifyRequest,
    reply: FastifyReply,
    source: (signal: AbortSignal) => AsyncIterable<string>,
  ): Promise<void>
}

/** Open streams would keep `close()` waiting: this ends them first, telling each client to resume. */
export function createEventStreams(service: Service): EventStreams {
  const open = new Set<AbortController>()
  service.addHook('preClose', async () => {
    for (const controller of open) controller.abort()
  })

  const streamText: EventStreams['streamText'] = async (request, reply, source) => {
    const stopping = new AbortController()
    open.add(stopping)
    const left = new AbortController()
    reply.raw.once('close', () => left.abort())
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    })
    // The reader waits for the head, however long the first event takes.
    reply.raw.flushHeaders()
    const heartbeat = setInterval(() => reply.raw.write(': still here\n\n'), HEARTBEAT_MS)
    try {
      let isLast = false
      for await (const block of source(AbortSignal.any([left.signal, stopping.signal]))) {
        reply.raw.write(block)
        if (isLast || left.signal.aborted) break
        if (reply.raw.writableLength > MAX_BUFFERED_BYTES) break
        isLast = stopping.signal.aborted
      }
    } catch (error) {
      // The status is long sent: ending the stream makes the client resume, or ask for the reason.
      if (!left.signal.aborted) request.log.error({ err: error }, 'event stream failed')
    } finally {
      clearInterval(heartbeat)
      open.delete(stopping)
      reply.raw.end()
    }
  }

  return {
    streamText,
    stream: (request, reply, source) =>
      streamText(request, reply, (signal) => resumable(source(signal), signal)),
  }
}

async function* resumable(
  events: AsyncIterable<StreamEvent>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield 'retry: 1000\n\n'
  for await (const event of events) {
    if (signal.aborted) break
    yield format(event)
  }
  // Whoever has left does not hear it.
  if (signal.aborted) yield format({ event: 'reconnect', data: {} })
}

function format({ id, event, data }: StreamEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
