// Started with `otel.ts` before it: begins many spans, and prints what became of them.
import { createRequestTracer } from '../request-tracer.ts'

const [count = '', traceparent] = process.argv.slice(2)
const tracer = createRequestTracer()
const headers = traceparent === undefined ? {} : { traceparent }
const request = { method: 'GET', headers } as Parameters<NonNullable<typeof tracer>['begin']>[0]

const begun = Array.from({ length: Number(count) }, () => tracer?.begin(request, '/route'))
const spans = begun.map((one) => ({
  isRecorded: one?.span.isRecording(),
  traceId: one?.span.spanContext().traceId,
  traceparent: one?.headers.traceparent,
}))
process.stdout.write(JSON.stringify(spans))
