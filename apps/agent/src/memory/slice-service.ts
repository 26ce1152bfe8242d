import type { AgentId, Tenant } from '@dure/contracts'
import type { Logger, Service } from '@dure/platform'
import type pg from 'pg'
import { MAX_ENTRIES_OF_PROJECT } from './memory.ts'
import { createMemoryReader, createMemoryWriter } from './node-service.ts'
import { createMemoryOwners } from './owners-store.ts'
import { memoryRoutes } from './routes.ts'
import { createMemoryService } from './service.ts'
import { createMemoryStore, forgetOwner } from './store.ts'
import { createToolMemory } from './tool-service.ts'
import { createMemorySweep } from './worker.ts'

interface Parts {
  /** Of the tenant in whose name is asked. */
  readonly pool: pg.Pool
  readonly everyTenant: pg.Pool
  readonly log: Logger
}

/** Part of the composition root: what is remembered, for people, tools and nodes. */
export function createMemorySlice({ pool, everyTenant, log }: Parts) {
  const store = createMemoryStore(pool, { perProject: MAX_ENTRIES_OF_PROJECT })
  const memory = createMemoryService(store)
  return {
    memory,
    forTools: createToolMemory({ memory, owners: createMemoryOwners(pool) }),
    forNodes: { read: createMemoryReader(memory), write: createMemoryWriter(memory) },
    forgetAgent: (client: pg.PoolClient, tenant: Tenant, owner: AgentId) =>
      forgetOwner(client, tenant, { scope: 'agent', owner }),
    sweep: createMemorySweep({ pool: everyTenant, log }),
    register: async (service: Service) => {
      await service.register(memoryRoutes, { prefix: '/v2', memory })
    },
  }
}
