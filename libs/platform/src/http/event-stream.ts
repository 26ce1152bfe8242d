import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Service } from './service.ts'

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
}

/** Open streams would keep `close()` waiting: this ends them first, telling each client to resume. */
export function createEventStreams(service: Service): EventStreams {
  const open = new Set<AbortController>()
  service.addHook('preClose', async () => {
    for (const controller of open) controller.abort()
  })

  return {
    async stream(request, reply, source) {
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
      reply.raw.write('retry: 1000\n\n')
      const heartbeat = setInterval(() => reply.raw.write(': still here\n\n'), HEARTBEAT_MS)
      try {
        const signal = AbortSignal.any([left.signal, stopping.signal])
        for await (const event of source(signal)) {
          reply.raw.write(format(event))
          if (reply.raw.writableLength > MAX_BUFFERED_BYTES) break
          if (signal.aborted) break
        }
        if (stopping.signal.aborted) reply.raw.write(format({ event: 'reconnect', data: {} }))
      } catch (error) {
        // The status is long sent: ending the stream makes the client resume, or ask for the reason.
        if (!left.signal.aborted) request.log.error({ err: error }, 'event stream failed')
      } finally {
        clearInterval(heartbeat)
        open.delete(stopping)
        reply.raw.end()
      }
    },
  }
}

function format({ id, event, data }: StreamEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
