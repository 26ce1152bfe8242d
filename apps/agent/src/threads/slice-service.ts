import type { Logger, Service } from '@dure/platform'
import type pg from 'pg'
import { createAgentLookup } from '../agents/lookup-store.ts'
import { forgetOwner } from '../memory/store.ts'
import type { ModelCaller } from '../models/model-call.ts'
import { threadRoutes } from './routes.ts'
import { createThreadService } from './service.ts'
import { createThreadStore } from './store.ts'
import { createThreadSummaries, type ThreadSummaries } from './summary-service.ts'
import { createSummaryStore } from './summary-store.ts'

export { threadLog } from './log-store.ts'

interface Parts {
  readonly pool: pg.Pool
  readonly models: ModelCaller
  readonly log: Logger
}

export interface ThreadSlice extends ThreadSummaries {
  /** The API of threads. */
  register(service: Service): Promise<void>
}

/** Part of the composition root. */
export function createThreadSlice({ pool, models, log }: Parts): ThreadSlice {
  const summaries = createSummaryStore(pool)
  const agents = createAgentLookup(pool)
  const threads = createThreadService({
    ...{ pool, summaries, store: createThreadStore(pool) },
    forget: (client, { tenant, threadId: owner }) =>
      forgetOwner(client, tenant, { scope: 'thread', owner }),
  })
  return {
    ...createThreadSummaries({ store: summaries, agents, models, log }),
    async register(service) {
      await service.register(threadRoutes, { prefix: '/v2', threads })
    },
  }
}
