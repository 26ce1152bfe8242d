import { trace } from '@opentelemetry/api'

/** Sends the spans that are still buffered. Does nothing when tracing is off. */
export async function shutdownTracing(): Promise<void> {
  const proxy = trace.getTracerProvider()
  const provider = 'getDelegate' in proxy ? (proxy.getDelegate as () => unknown)() : proxy
  if (hasShutdown(provider)) await provider.shutdown()
}

function hasShutdown(value: unknown): value is { shutdown(): Promise<void> } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shutdown' in value &&
    typeof value.shutdown === 'function'
  )
}
