import { type OutgoingMessage, type RunId, type TraceContext, workflowQueue } from '@dure/contracts'
import {
  connectQueues,
  createEventStore,
  createEventStreams,
  createIdentityVerifier,
  createLogger,
  createPool,
  createRelay,
  createService,
  currentTrace,
  runInTrace,
  type Service,
} from '@dure/platform'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Config } from './config.ts'
import { PrismaClient } from './generated/prisma/client.ts'
import { nodeTypes } from './nodes/index.ts'
import { nodeTypeRoutes } from './nodes/routes.ts'
import { createOrchestrator } from './runs/orchestrator.ts'
import { createRunReadStore } from './runs/read-store.ts'
import { createReconciler } from './runs/reconciler.ts'
import { createRecoveryStore } from './runs/recovery-store.ts'
import { runRoutes } from './runs/routes.ts'
import { createRunService } from './runs/service.ts'
import { createRunStore } from './runs/store.ts'
import { createRunWatcher } from './runs/watcher.ts'
import { workflowHandlers } from './runs/worker.ts'
import { workflowRoutes } from './workflows/routes.ts'
import { createWorkflowService } from './workflows/service.ts'
import { createWorkflowStore } from './workflows/store.ts'
import { workflowVersionRoutes } from './workflows/version-routes.ts'
import { createVersionSource } from './workflows/version-source.ts'

/** The composition root: the only file that knows every part, and the only place they are joined. */
export async function createApp(config: Config): Promise<Service> {
  const prefix = config.QUEUE_PREFIX
  const log = createLogger('workflow', config)
  const pool = createPool(config, { log, max: 20 })
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  const queues = connectQueues({ redisUrl: config.REDIS_URL, prefix, log })
  const events = createEventStore({ pool, source: 'workflow' })
  const relay = createRelay({ pool, source: 'workflow', queues, log })
  const watcher = createRunWatcher({ queues, prefix, log })
  const workflowStore = createWorkflowStore(db)

  const store = createRunStore({ pool, events })
  const versions = createVersionSource(workflowStore, nodeTypes)

  const announce = async (
    runId: RunId,
    messages: readonly OutgoingMessage[],
    trace: TraceContext,
  ) => {
    relay.kick()
    watcher.changed(runId)
    if (messages.length === 0) return
    // A message continues what caused it; only without a cause does it continue the run's own trace.
    const send = () => queues.sendAll(messages)
    const sent = currentTrace().traceparent === undefined ? runInTrace(trace, send) : send()
    await sent.catch((error) => log.warn({ err: error, runId }, 'tasks not sent: will be again'))
  }

  const orchestrator = createOrchestrator({ store, versions, announce })
  const runs = createRunService({
    store,
    reader: createRunReadStore(pool),
    events,
    versions,
    watcher,
    announce,
    runTimeoutMs: config.RUN_TIMEOUT_MS,
  })
  const reconciler = createReconciler({
    store: createRecoveryStore(pool),
    runs: orchestrator,
    queues,
    prefix,
    log,
    pollMs: config.RECONCILE_MS,
    resendAfterMs: config.RESEND_AFTER_MS,
  })
  const consumer = queues.consume(workflowQueue, workflowHandlers(orchestrator, relay), {
    concurrency: config.RESULT_CONCURRENCY,
  })

  const serves = config.ROLE !== 'worker'
  const works = config.ROLE !== 'api'
  const service = await createService({
    name: 'workflow',
    log,
    verifier: createIdentityVerifier({
      publicKey: config.IDENTITY_PUBLIC_KEY,
      audience: 'workflow',
    }),
    role: config.ROLE,
    checks: { postgres: async () => void (await pool.query('SELECT 1')) },
    work: {
      redis: queues.check,
      relay: relay.check,
      ...(works && { results: consumer.check, reconciler: reconciler.check }),
    },
  })
  if (serves) {
    const streams = createEventStreams(service)
    const workflows = createWorkflowService(workflowStore, nodeTypes)
    await service.register(nodeTypeRoutes, { prefix: '/v1', nodeTypes })
    await service.register(workflowRoutes, { prefix: '/v1', workflows })
    await service.register(workflowVersionRoutes, { prefix: '/v1', workflows })
    await service.register(runRoutes, { prefix: '/v1', runs, streams })
  }

  service.addHook('onReady', async () => {
    relay.start()
    if (!works) return
    consumer.start()
    reconciler.start()
  })
  service.addHook('onClose', async () => {
    await Promise.all([consumer.close(), reconciler.close()])
    await relay.close()
    await watcher.close()
    await queues.close()
    await db.$disconnect()
    await pool.end()
  })
  return service
}
