import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { FastifyRequest } from 'fastify'
import { withoutSecrets } from '../redact.ts'
import { handedOver, type PlainRequest } from './direct.ts'
import { routeOf } from './route-of.ts'
import type { Service } from './service.ts'

/** Nobody follows a probe. */
const WITHOUT = new Set(['/livez', '/readyz', '/startupz', '/metrics', '/openapi.json', '/health'])

/** On the request itself: a WeakMap with a key per request is what the garbage collector likes least. */
const ACTIVE = Symbol('active trace')
type Traced = FastifyRequest & { [ACTIVE]?: Context | undefined }

/** Most clients bring none: there is nothing to read then. */
export function bringsTrace({ headers }: PlainRequest): boolean {
  return headers.traceparent !== undefined || headers.baggage !== undefined
}

export function parentOf(request: PlainRequest): Context {
  return bringsTrace(request)
    ? propagation.extract(context.active(), request.headers)
    : context.active()
}

/**
 * One span per request, child of the caller's, and active while the request is handled. By hand: what
 * instruments every hook costs more than a request through the gateway does.
 */
export function traceRequests(service: Service): void {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return
  const tracer = trace.getTracer('dure')
  service.decorateRequest(ACTIVE, undefined)

  service.addHook('onRequest', (request, _reply, done) => {
    if (WITHOUT.has(request.url)) return done()
    const parent = parentOf(request)
    const { method } = request
    const route = routeOf(request).url ?? 'unknown route'
    const span =
      handedOver(request.raw)?.span ??
      tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER }, parent)
    // Most are not kept, and need no words.
    if (span.isRecording()) {
      span.setAttributes({
        'http.request.method': method,
        'http.route': route,
        'url.path': withoutSecrets(request.url.split('?', 1)[0] ?? request.url),
        'url.scheme': request.protocol,
      })
    }
    const active = trace.setSpan(parent, span)
    ;(request as Traced)[ACTIVE] = active
    context.with(active, done)
  })
  // Where a body was read in between, nothing is active.
  service.addHook('preValidation', (request, _reply, done) => {
    const active = (request as Traced)[ACTIVE]
    if (active && context.active() !== active) context.with(active, done)
    else done()
  })
  service.addHook('onError', async (request, _reply, error) =>
    spanOf(request)?.recordException(tellable(error)),
  )
  service.addHook('onResponse', (request, reply, done) => {
    const span = spanOf(request)
    if (span?.isRecording()) {
      span.setAttribute('http.response.status_code', reply.statusCode)
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    }
    done()
  })

  function spanOf(request: FastifyRequest): Span | undefined {
    const active = (request as Traced)[ACTIVE]
    return active && trace.getSpan(active)
  }
}

/** What was asked for may stand in the message. */
function tellable({ name, code, message, stack }: Error & { readonly code?: string }) {
  return {
    ...{ name, message: withoutSecrets(message) },
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack: withoutSecrets(stack) }),
  }
}
