import type { ServiceConfig } from './config.ts'
import { drain, type Service } from './http/service.ts'
import { shutdownTracing } from './otel-shutdown.ts'

/** Longer than any step in hand may take to be finished or handed back. */
const CLOSE_LIMIT_MS = 15_000

/**
 * Listens until the process is told to stop; then says that it is not ready, goes on serving for
 * DRAIN_MS, takes no more work, finishes what is in hand, closes what was opened (`onClose` hooks,
 * last in first out) and exits with 0, or with 1 when closing takes longer than 15 s.
 */
export async function serve(
  service: Service,
  { HOST, PORT, DRAIN_MS }: Pick<ServiceConfig, 'HOST' | 'PORT' | 'DRAIN_MS'>,
): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      service.log.info({ signal }, 'stopping')
      drain(service)
      setTimeout(() => void stop(service), DRAIN_MS)
    })
  }
  await service.listen({ host: HOST, port: PORT })
}

async function stop(service: Service): Promise<never> {
  const timer = setTimeout(() => {
    service.log.error(`not closed after ${CLOSE_LIMIT_MS} ms: leaving`)
    process.exit(1)
  }, CLOSE_LIMIT_MS)
  timer.unref()
  try {
    await service.close()
    await shutdownTracing()
    process.exit(0)
  } catch (error) {
    service.log.error({ err: error }, 'closing failed')
    process.exit(1)
  }
}
