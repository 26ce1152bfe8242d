import type { Identity, WorkflowId } from '@dure/contracts'
import { nodeTypes } from '@dure/engine'
import { afterCommit, createIdentityVerifier, createPool, createService } from '@dure/platform'
import { silentLog, testDatabase, testIdentity } from '@dure/platform/testing'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { aliasRoutes } from '../aliases/routes.ts'
import { createAliasService } from '../aliases/service.ts'
import { createAliasStore } from '../aliases/store.ts'
import { workflowExchangeRoutes } from '../exchange-routes.ts'
import { createLookupStore } from '../lookup-store.ts'
import { createPublicationStore } from '../publication-store.ts'
import { workflowRoutes } from '../routes.ts'
import { createWorkflowService } from '../service.ts'
import { createWorkflowStore } from '../store.ts'
import { workflowVersionRoutes } from '../version-routes.ts'
import { createVersionSource } from '../version-source.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface Call {
  readonly body?: object
  readonly as?: Partial<Identity>
  readonly headers?: Readonly<Record<string, string>>
}

/** What this folder is made of, on a database of its own: no runs, no queues. */
export async function startWorkflows() {
  const database = await testDatabase('workflow')
  const pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 10 })
  const everyTenant = createPool(
    { DATABASE_URL: database.databaseUrl },
    { max: 5, rows: 'of every tenant' },
  )
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  const caller = testIdentity('1')
  const { publicKey } = caller
  const verifier = createIdentityVerifier({ publicKey, audience: 'workflow' })
  const service = await createService({
    name: 'workflow',
    log: silentLog(),
    verifier,
    idempotencyPool: pool,
  })

  const clock = { nowMs: 0 }
  const lookups = countingStore(createLookupStore(pool, everyTenant))
  const versions = createVersionSource({
    store: lookups.store,
    nodeTypes,
    nowMs: () => clock.nowMs,
  })
  const changed = (id: WorkflowId) => afterCommit(() => versions.forget(id))
  const aliases = createAliasService({ store: createAliasStore(pool), changed })
  const workflows = createWorkflowService({
    store: createWorkflowStore(db),
    publications: createPublicationStore(db),
    nodeTypes,
    changed,
  })
  await service.register(workflowRoutes, { prefix: '/v1', workflows })
  await service.register(workflowExchangeRoutes, { prefix: '/v1', workflows })
  await service.register(workflowVersionRoutes, { prefix: '/v1', workflows })
  await service.register(aliasRoutes, { prefix: '/v2', aliases })

  async function call(method: Method, url: string, { body, as, headers = {} }: Call = {}) {
    const signed = await caller.headers('workflow', as)
    return service.inject({
      method,
      url,
      headers: { ...signed, ...headers },
      ...(body && { payload: body }),
    })
  }

  return {
    pool: everyTenant,
    service,
    versions,
    aliases,
    workflows,
    clock,
    call,
    tenant: caller.identity.tenant,
    /** How many queries the version source has made. */
    queries: () => lookups.count(),
    /** Keeps answers of the database from arriving, until what it gives back is called. */
    holdAnswers: () => lookups.hold(),
    /** What another process makes its own answers of. */
    otherVersions: () =>
      createVersionSource({
        store: createLookupStore(pool, everyTenant),
        nodeTypes,
        nowMs: () => clock.nowMs,
      }),

    /** A workflow with as many versions, the last of them published; gives its id. */
    async published(count: number) {
      const { id } = (await call('POST', '/v1/workflows', { body: saved('v1') })).json()
      for (let number = 1; number <= count; number++) {
        await call('PUT', `/v1/workflows/${id}`, { body: saved(`v${number}`) })
        await call('POST', `/v1/workflows/${id}/versions`)
      }
      if (count > 0) await call('POST', `/v1/workflows/${id}/versions/${count}/publish`)
      return id
    },

    async close() {
      await service.close()
      await db.$disconnect()
      await Promise.all([pool.end(), everyTenant.end()])
      await database.drop()
    },
  }
}

export type Workflows = Awaited<ReturnType<typeof startWorkflows>>

function countingStore(store: ReturnType<typeof createLookupStore>) {
  let count = 0
  let held: Promise<void> | undefined
  const counted = {
    async find(lookup: Parameters<typeof store.find>[0]) {
      const found = await store.find(lookup)
      count++
      await held
      return found
    },
    async byId(id: Parameters<typeof store.byId>[0]) {
      const found = await store.byId(id)
      count++
      return found
    },
  }
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    held = promise
    return resolve
  }
  return { store: counted, count: () => count, hold }
}

/** start → say → end, told apart by its text. */
export function graphSaying(text: string) {
  return {
    nodes: [
      { id: 'start', type: 'start' },
      { id: 'say', type: 'template', config: { text } },
      { id: 'end', type: 'end', config: { outputs: { text: '{{ nodes.say.data.text }}' } } },
    ],
    edges: [
      { from: 'start', to: 'say' },
      { from: 'say', to: 'end' },
    ],
  }
}

export function saved(text: string) {
  return { name: 'Example', graph: graphSaying(text) }
}
