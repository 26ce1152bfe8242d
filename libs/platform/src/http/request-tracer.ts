import {
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { randomHex } from '../random-hex.ts'
import { traceOf } from '../trace.ts'
import type { PlainRequest } from './direct.ts'
import { bringsTrace, parentOf } from './server-span.ts'

/** Begins spans of requests; none of them is active. */
export interface RequestTracer {
  begin(request: PlainRequest, route: string): BegunSpan
}

export interface BegunSpan {
  readonly span: Span
  /** Of the span, for whoever is asked next. */
  readonly headers: Readonly<Record<string, string>>
}

/** What the sampler of `otel.ts` finds in the context of a root that is to be kept. */
const KEPT = createContextKey('dure.kept')
const TRACE_ID_BYTES = 16
const SPAN_ID_BYTES = 8

/**
 * Whether a trace that begins here is kept is decided here, and by the same share as anywhere else: of most, then, nothing
 * but their names is made.
 *
 * @returns undefined where there is no tracing
 */
export function createRequestTracer(): RequestTracer | undefined {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined
  const tracer = trace.getTracer('dure')
  const share = Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? '1')
  return {
    begin(request, route) {
      const brought = bringsTrace(request)
      const isKept = brought || Math.random() < share
      if (!isKept) return unkept()
      const parent = brought ? parentOf(request) : ROOT_CONTEXT.setValue(KEPT, true)
      const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER }, parent)
      return { span, headers: traceOf(span, parent) }
    },
  }
}

function unkept(): BegunSpan {
  const ids = randomHex(TRACE_ID_BYTES + SPAN_ID_BYTES)
  const traceId = ids.slice(0, 2 * TRACE_ID_BYTES)
  const spanId = ids.slice(2 * TRACE_ID_BYTES)
  return {
    span: trace.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.NONE }),
    headers: { traceparent: `00-${traceId}-${spanId}-00` },
  }
}
