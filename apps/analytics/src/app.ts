import { analyticsQueue } from '@dure/contracts'
import {
  createIdentityVerifier,
  createLogger,
  createPool,
  createService,
  requireRowSecurity,
  type Service,
} from '@dure/platform'
import { connectQueues } from '@dure/platform/queues'
import type { Config } from './config.ts'
import { createGapService } from './gaps/service.ts'
import { createGapStore } from './gaps/store.ts'
import { gapHandlers } from './gaps/worker.ts'
import { createIngestService } from './ingest/service.ts'
import { createIngestStore } from './ingest/store.ts'
import { ingestHandlers } from './ingest/worker.ts'
import { reportRoutes } from './reports/routes.ts'
import { createReportService } from './reports/service.ts'
import { createReportStore } from './reports/store.ts'

/** The composition root: the only place where the parts are joined. */
export async function createApp(config: Config): Promise<Service> {
  const log = createLogger('analytics', config)
  const pool = createPool(config, { log, max: 5 })
  // A batch of events is of as many tenants as happen to be in it.
  const everyTenant = createPool(config, { log, rows: 'of every tenant' })
  const queues = connectQueues({
    redisUrl: config.REDIS_URL,
    prefix: config.QUEUE_PREFIX,
    log,
  })
  const reports = createReportService({ store: createReportStore(pool), now: Date.now })
  const gaps = createGapService({
    store: createGapStore(everyTenant),
    queues,
    log,
    checkMs: config.GAP_CHECK_MS,
  })
  const ingest = createIngestService(createIngestStore(everyTenant), log)
  const works = config.ROLE !== 'api'
  const consumer = works
    ? queues.consume(
        analyticsQueue,
        { ...ingestHandlers(ingest), ...gapHandlers(gaps) },
        { concurrency: config.INGEST_CONCURRENCY },
      )
    : undefined

  const service = await createService({
    name: 'analytics',
    log,
    verifier: createIdentityVerifier({
      publicKey: config.IDENTITY_PUBLIC_KEY,
      audience: 'analytics',
    }),
    role: config.ROLE,
    checks: {
      postgres: async () => void (await pool.query('SELECT 1')),
    },
    work: {
      redis: queues.check,
      ...(consumer && { consumer: consumer.check, gaps: gaps.check }),
    },
  })
  if (config.ROLE !== 'worker') service.register(reportRoutes, { prefix: '/v1', reports })

  service.addHook('onReady', async () => {
    await requireRowSecurity(pool)
    if (!consumer) return
    consumer.start()
    gaps.start()
  })
  // `onClose` hooks run last in, first out: finish the work, then let go of what it needed.
  service.addHook('onClose', async () => {
    await Promise.all([pool.end(), everyTenant.end(), queues.close()])
  })
  service.addHook('onClose', async () => {
    await Promise.all([consumer?.close(), gaps.close()])
  })
  return service
}
