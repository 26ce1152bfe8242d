import type { Service } from '@dure/platform'
import type pg from 'pg'
import { forgetOwner } from '../memory/store.ts'
import { threadRoutes } from './routes.ts'
import { createThreadService } from './service.ts'
import { createThreadStore } from './store.ts'

export { threadLog } from './log-store.ts'

/** Part of the composition root: the API of threads. */
export async function registerThreads(service: Service, pool: pg.Pool): Promise<void> {
  const threads = createThreadService({
    ...{ pool, store: createThreadStore(pool) },
    forget: (client, { tenant, threadId: owner }) =>
      forgetOwner(client, tenant, { scope: 'thread', owner }),
  })
  await service.register(threadRoutes, { prefix: '/v2', threads })
}
