// Preloaded (`node --import`), before anything that it instruments: it must not import our own code.
import {
  type Context,
  context,
  createContextKey,
  propagation,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { register, supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs'

/** In the context of a root of which `http/request-tracer.ts` has decided already that it is kept. */
const KEPT = createContextKey('dure.kept')

/** A trace begins with a request or a message. What begins inside is housekeeping of the queues. */
class RootSampler implements Sampler {
  readonly #ratio = new TraceIdRatioBasedSampler(Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? '1'))

  shouldSample(parent: Context, traceId: string, _name: string, kind: SpanKind): SamplingResult {
    if (parent.getValue(KEPT) === true) return { decision: SamplingDecision.RECORD_AND_SAMPLED }
    return kind === SpanKind.INTERNAL
      ? { decision: SamplingDecision.NOT_RECORD }
      : this.#ratio.shouldSample(parent, traceId)
  }
}

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT && process.env.OTEL_SDK_DISABLED !== 'true') {
  // Only what is patched goes through the hook; everything else loads at its own speed.
  if (supportsSyncHooks()) {
    register({ include: [/\/node_modules\/(pg|pg-pool)\//, 'pg', 'pg-pool'] })
  }
  // Else a stop waits 8 s for a collector that is not there.
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT ??= '2000'

  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.env.OTEL_SERVICE_NAME ?? 'dure',
      'service.namespace': 'dure',
    }),
    sampler: new ParentBasedSampler({ root: new RootSampler() }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: 500 }),
    ],
  })
  const contextManager = new AsyncLocalStorageContextManager()
  contextManager.enable()
  context.setGlobalContextManager(contextManager)
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
  )
  trace.setGlobalTracerProvider(provider)
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new UndiciInstrumentation({
        requireParentforSpans: true,
        // What the gateway passes on carries the trace already, and is part of its span.
        ignoreRequestHook: ({ headers }) => headers.includes('x-dure-deadline-ms'),
      }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  })
}
