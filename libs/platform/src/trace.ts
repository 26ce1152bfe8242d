import type { TraceContext } from '@dure/contracts'
import {
  type Context,
  context,
  propagation,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

export type TraceHeaders = TraceContext

/** The headers of the active span; empty when tracing is off. */
export function currentTrace(): TraceHeaders {
  const headers: Record<string, string> = {}
  propagation.inject(context.active(), headers)
  return headers
}

/**
 * As `currentTrace`; `undefined` when no span is active. What most requests have, a span and nothing
 * beside it, is written down at once, in the form of W3C Trace Context, 3.2.
 */
export function activeTrace(): Readonly<Record<string, string>> | undefined {
  const active = context.active()
  const span = trace.getSpan(active)
  return span && traceOf(span, active)
}

/** The headers of a span; `within`: what may have baggage for it. */
export function traceOf(span: Span, within: Context): Readonly<Record<string, string>> {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext()
  if (traceState || propagation.getBaggage(within)) {
    const headers: Record<string, string> = {}
    propagation.inject(trace.setSpan(within, span), headers)
    return headers
  }
  return { traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` }
}

/** Runs `work` as a continuation of a trace that was stored or sent. */
export function runInTrace<Result>(headers: TraceHeaders, work: () => Result): Result {
  return context.with(propagation.extract(context.active(), headers), work)
}

/** A span around `work`: ended when it settles, marked as failed when it rejects. */
export async function withSpan<Result>(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean>>,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  return trace.getTracer('dure').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.message : String(error),
      })
      throw error
    } finally {
      span.end()
    }
  })
}
