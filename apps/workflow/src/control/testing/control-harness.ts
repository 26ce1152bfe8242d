import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Identity, RunId, TaskOutcome, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import {
  createOrchestrator,
  type Graph,
  nodeTypes,
  type Orchestrator,
  type PublishedVersion,
  planOf,
  REDUCER,
} from '@dure/engine'
import { NotFoundError, prefixedId } from '@dure/kernel'
import { createIdentityVerifier, createPool, createService } from '@dure/platform'
import { silentLog, testDatabase, testIdentity } from '@dure/platform/testing'
import { createPayloadStore } from '../../runs/payload-store.ts'
import { createRunReadStore } from '../../runs/read-store.ts'
import { createRunStore } from '../../runs/store.ts'
import { createWaitingStore } from '../../runs/waiting-store.ts'
import { sha256 } from '../../sha256.ts'
import { controlRoutes } from '../routes.ts'
import { createControl } from '../service.ts'

const WORKFLOW = `wf_${'2'.repeat(32)}` as WorkflowId

interface Call {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** null: without an identity, as from outside. */
  readonly as?: Partial<Identity> | null
}

/** The fields that items of lists have; each has some of them. */
interface AnswerItem {
  readonly id: string
  readonly runId: RunId
  readonly path: string
  readonly status: string
  readonly hash: string
  readonly version: number
  readonly callbackPath?: string
  readonly votes: readonly object[]
  readonly events: readonly object[]
  readonly data: unknown
}

/** The fields that answers have; each has some of them. */
export interface AnswerBody {
  readonly id: string
  readonly code: string
  readonly status: string
  readonly details: { readonly status?: string; readonly hash?: string }
  readonly hash: string
  readonly identical: boolean
  readonly output: unknown
  readonly costMicroUsd: number
  readonly differences: readonly { readonly path: string; readonly field: string }[]
  readonly data: readonly AnswerItem[]
  readonly nextCursor: string | null
}

export type ControlHarness = Awaited<ReturnType<typeof startControl>>

/** The control API on a real database and a real orchestrator; the test executes the tasks. */
export async function startControl() {
  const database = await testDatabase('workflow')
  const caller = testIdentity()
  const { tenant } = caller.identity
  const log = silentLog()
  const tenantPool = createPool({ DATABASE_URL: database.databaseUrl }, { log })
  const pool = createPool({ DATABASE_URL: database.databaseUrl }, { log, rows: 'of every tenant' })
  const store = createRunStore({ pool, reducerHash: REDUCER })
  const versions = new Map<string, PublishedVersion>()

  const orchestrator: Orchestrator = createOrchestrator({
    store,
    versions: { byId: async (id) => versionBy((one) => one.id === id) },
    announce: async () => {},
    execute: async () => ({}),
    sha256,
    owner: 'test',
    log: silentLog(),
    clock: { monotonicMs: () => performance.now(), sleep: () => new Promise(() => {}) },
  })
  const newRunId = () => prefixedId('run', randomUUIDv7()) as RunId
  const reader = createRunReadStore(pool)
  const control = createControl({
    ...{ orchestrator, newRunId, ofNoTenant: reader },
    reader: createRunReadStore(tenantPool),
    waiting: createWaitingStore(tenantPool),
    payloads: createPayloadStore(tenantPool),
    versions: {
      byId: async (id) => versionBy((one) => one.id === id),
      resolve: async (_tenant, _workflowId, { version }) =>
        versionBy(({ number }) => number === version),
    },
    now: () => Date.now(),
  })
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'workflow' })
  const service = await createService({
    name: 'workflow',
    log,
    verifier,
    idempotencyPool: tenantPool,
  })
  await service.register(controlRoutes, { control })

  function versionBy(is: (version: PublishedVersion) => boolean): PublishedVersion {
    const found = [...versions.values()].find(is)
    if (found) return found
    throw new NotFoundError('workflow.version-not-found', 'There is no such version')
  }

  async function call({ method = 'GET', url, body, headers = {}, as = {} }: Call) {
    const response = await service.inject({
      ...{ method, url },
      headers: { ...(as && (await caller.headers('workflow', as))), ...headers },
      ...(body !== undefined && { payload: body as object }),
    })
    const text = response.body
    return { status: response.statusCode, body: (text ? JSON.parse(text) : {}) as AnswerBody }
  }

  return {
    ...{ pool, tenantPool, tenant, service, orchestrator, reader, call },
    get: async (url: string, as?: Partial<Identity>) => call({ url, ...(as && { as }) }),
    post: async (url: string, body?: unknown, as?: Partial<Identity>) =>
      call({ method: 'POST', url, body, ...(as && { as }) }),

    version(graph: unknown): PublishedVersion {
      const number = versions.size + 1
      const version = {
        id: prefixedId('wfv', randomUUIDv7()) as WorkflowVersionId,
        workflowId: WORKFLOW,
        number,
        graph: graph as Graph,
        plan: planOf(graph as Graph, nodeTypes),
      }
      versions.set(version.id, version)
      return version
    },

    async start(version: PublishedVersion, input: unknown = {}): Promise<RunId> {
      const id = newRunId()
      const now = Date.now()
      const of = {
        workflowId: WORKFLOW,
        versionId: version.id,
        versionNumber: version.number,
        ...{ input, startedBy: 'key_test' },
      }
      await orchestrator.create({
        run: {
          ...of,
          ...{ id, tenant, depth: 0, parent: null, priority: 5, trace: {}, timeoutMs: 600_000 },
          seed: randomBytes(16).toString('hex'),
        },
        creation: {
          ...{ idempotencyKey: null, requestHash: null, concurrencyKey: null, debounceKey: null },
          ...{ ttlMs: null, startAfterMs: null, labels: {} },
        },
        begins: { type: 'run.start', ...of, startedAt: now, deadlineAt: now + 600_000 },
        now,
      })
      await orchestrator.advance(id)
      return id
    },

    finish: (runId: RunId, path: string, outcome: TaskOutcome, attempt = 1) =>
      orchestrator.finishTask({ runId, tenant, path, attempt }, outcome),

    async close() {
      await orchestrator.close()
      await service.close()
      await Promise.all([pool.end(), tenantPool.end()])
      await database.drop()
    },
  }
}

export const succeeded = (output: unknown = {}): TaskOutcome => ({
  ...{ status: 'succeeded', output, durationMs: 3 },
  usage: { inputTokens: 1, outputTokens: 1, costMicroUsd: 10 },
})

export const failed = (code = 'x.broken', errorClass = 'rejected'): TaskOutcome => ({
  status: 'failed',
  error: { code, message: 'no', class: errorClass as 'rejected' },
})

export const idOf = sha256

/** @param at counted from the end when it is negative */
export function itemAt<Item>(items: readonly Item[], at: number): Item {
  const item = items.at(at)
  if (item === undefined) throw new RangeError(`There is no item at ${at}`)
  return item
}

const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
const start = { id: 'start', type: 'start', config: {} }

/** start, these one after the other, end. */
export function inARow(
  nodes: readonly { readonly id: string; readonly [field: string]: unknown }[],
  outputs: object = {},
) {
  const all = [start, ...nodes, { id: 'end', type: 'end', config: { outputs } }]
  const edges = all.slice(1).map((node, at) => edge(all[at]?.id ?? '', node.id))
  return { nodes: all, edges }
}

export const echo = (id: string, more: object = {}) => ({ id, type: 'echo', config: {}, ...more })
