import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant } from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { createIdentityVerifier, createPool, createService, type Service } from '@dure/platform'
import { silentLog, testDatabase, testIdentity, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import type { EmittedEvent } from '../events/event.ts'
import { triggerRoutes } from '../routes.ts'
import { createTriggers, type Triggers } from '../service.ts'
import { type RecordedRuns, recordRuns } from './recorded-runs.ts'

export interface Delivered {
  readonly tenant: Tenant
  readonly event: EmittedEvent
}

export interface TriggerHarness {
  readonly pool: pg.Pool
  readonly service: Service
  readonly triggers: Triggers
  readonly runs: RecordedRuns
  /** Events that runs were told. */
  readonly delivered: Delivered[]
  /** What telling them throws, as long as it is set. */
  deliveryFailure: Error | undefined
  readonly tenant: Tenant
  /** Triggers on the same database, as another process has them. */
  replica(): Triggers
  /** A workflow to start; of the tenant of the seed. */
  workflow(seed?: string): Promise<string>
  call(request: Call): Promise<Answered>
  /** As a sender on the Internet does: without an identity. */
  deliver(url: string, init?: RequestInit): Promise<Response>
  /** The same, of JSON unless the headers say otherwise; gives what tells the answer. */
  send(url: string, body: string, headers?: Record<string, string>): Promise<Sent>
  /** Newest first. */
  history(path: string): Promise<readonly HistoryView[]>
  close(): Promise<void>
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly as?: Partial<Identity>
}

interface Sent {
  readonly status: number
  readonly runId?: string
  readonly code?: string
}

export interface HistoryView {
  readonly outcome: string
  readonly reason: string | null
  readonly runId: string | null
  readonly occasion: string | null
}

/** The fields that answers have; each has some of them. */
interface AnswerBody {
  readonly id: string
  readonly code: string
  readonly url: string
  readonly secret: string
  readonly runId: string
  readonly runIds: readonly string[]
  readonly nextAt: string | null
  readonly enabled: boolean
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  readonly data: readonly { readonly id: string }[]
  readonly nextCursor: string | null
}

interface Answered extends Response {
  json(): Promise<AnswerBody>
}

/** The triggers of the workflow service on a real database; runs are recorded, not run. */
export async function startTriggerService(): Promise<TriggerHarness> {
  const database = await testDatabase('workflow')
  const caller = testIdentity()
  const { tenant } = caller.identity
  const log = silentLog()
  const tenantPool = createPool({ DATABASE_URL: database.databaseUrl }, { log })
  const pool = createPool({ DATABASE_URL: database.databaseUrl }, { log, rows: 'of every tenant' })
  const runs = recordRuns()
  const delivered: Delivered[] = []
  const replica = () =>
    createTriggers({
      pool: tenantPool,
      everyTenant: pool,
      starts: runs,
      async deliver(to, event) {
        if (harness.deliveryFailure) throw harness.deliveryFailure
        delivered.push({ tenant: to, event })
      },
      log,
      pollMs: 20,
    })
  const triggers = replica()
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'workflow' })
  const service = await createService({
    name: 'workflow',
    log,
    verifier,
    idempotencyPool: tenantPool,
  })
  await service.register(triggerRoutes, { triggers })
  const base = await service.listen({ host: '127.0.0.1', port: 0 })

  const harness: TriggerHarness = {
    ...{ pool, service, triggers, runs, delivered, tenant, replica },
    deliveryFailure: undefined,

    async workflow(seed = '1') {
      const { organizationId, projectId } = testTenant(seed)
      const id = prefixedId('wf', randomUUIDv7())
      await pool.query(
        `INSERT INTO workflow (id, organization_id, project_id, name, draft)
         VALUES ($1, $2, $3, 'Example', '{}')`,
        [id, organizationId, projectId],
      )
      return id
    },

    async call({ method = 'GET', url, body, headers = {}, as }) {
      return (await fetch(base + url, {
        method,
        headers: {
          ...(await caller.headers('workflow', as)),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })) as Answered
    },

    deliver: (url, init) => fetch(base + url, { method: 'POST', ...init }),

    async send(url, body, headers = {}) {
      const response = await harness.deliver(url, {
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
      return { status: response.status, ...((await response.json()) as object) }
    },

    async history(path) {
      const response = await harness.call({ url: `${path}/history?limit=100` })
      return ((await response.json()) as unknown as { data: HistoryView[] }).data
    },

    async close() {
      await service.close()
      await Promise.all([pool.end(), tenantPool.end()])
      await database.drop()
    },
  }
  return harness
}
