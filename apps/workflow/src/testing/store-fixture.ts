import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type {
  NodeId,
  RunEvent,
  RunId,
  TaskOutcome,
  WorkflowId,
  WorkflowVersionId,
} from '@dure/contracts'
import type { Creation, NewTask, RunChange, RunIdentity } from '@dure/engine'
import { prefixedId } from '@dure/kernel'
import { createPool } from '@dure/platform'
import { eventually, testDatabase, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import { createRunStore } from '../runs/store.ts'

export type StoreFixture = Awaited<ReturnType<typeof storeFixture>>

const NEW: Creation = {
  idempotencyKey: null,
  requestHash: null,
  concurrencyKey: null,
  debounceKey: null,
  ttlMs: null,
  startAfterMs: null,
  labels: {},
}

/** The run store on a real database, and the parts that its tests put changes together from. */
export async function storeFixture() {
  const database = await testDatabase('workflow')
  const pool = createPool({ DATABASE_URL: database.databaseUrl }, { rows: 'of every tenant' })
  const store = createRunStore({ pool, reducerHash: 'one' })
  const pools = [pool]
  const tenant = testTenant()

  const newRun = (part: Partial<RunIdentity> = {}): RunIdentity => ({
    id: prefixedId('run', randomUUIDv7()) as RunId,
    tenant,
    workflowId: `wf_${'1'.repeat(32)}` as WorkflowId,
    versionId: `wfv_${'1'.repeat(32)}` as WorkflowVersionId,
    versionNumber: 1,
    input: { question: 'Why?' },
    startedBy: 'key_test',
    seed: randomBytes(16).toString('hex'),
    depth: 0,
    parent: null,
    priority: 5,
    trace: {},
    timeoutMs: 60_000,
    ...part,
  })

  const change = (
    run: RunIdentity,
    expectedVersion: number,
    part: Partial<RunChange> = {},
  ): RunChange => ({
    run,
    expectedVersion,
    creation: null,
    events: [],
    status: 'running',
    output: undefined,
    error: null,
    costMicroUsd: 0,
    wakeAt: null,
    lease: null,
    tasks: [],
    folded: [],
    cancelled: [],
    consumed: [],
    ...part,
  })

  const creation = (part: Partial<RunChange> = {}, creation: Partial<Creation> = {}): RunChange => {
    const run = part.run ?? newRun()
    const events = [startedEvent(run)]
    return change(run, 0, { creation: { ...NEW, ...creation }, events, ...part })
  }

  return {
    databaseUrl: database.databaseUrl,
    pool,
    store,
    tenant,
    /** The store of another process. */
    another(databaseUrl = database.databaseUrl, reducerHash = 'one') {
      const own = createPool({ DATABASE_URL: databaseUrl }, { rows: 'of every tenant' })
      pools.push(own)
      return createRunStore({ pool: own, reducerHash })
    },
    ref: (run: RunIdentity, path: string, attempt = 1) => ({
      runId: run.id,
      tenant: run.tenant,
      path,
      attempt,
    }),
    /** Ends every connection that waits for a lock. */
    terminateBlocked: () =>
      eventually(async () => {
        const { rows } = await pool.query(`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`)
        if (rows.length === 0) throw new Error('Nothing waits for a lock')
      }),
    newRun,
    change,
    creation,
    scheduled,
    completed,
    succeeded,
    task,
    /** A run with one event. */
    async started(part: Partial<RunChange> = {}) {
      const first = creation(part)
      await store.commit(first)
      return first
    },
    tasks: (runId: RunId) => tasksOf(pool, runId),
    async row(runId: RunId) {
      const { rows } = await pool.query('SELECT * FROM run WHERE id = $1', [runId])
      return rows[0]
    },
    async close() {
      await Promise.all(pools.map((one) => one.end()))
      await database.drop()
    },
  }
}

function startedEvent({ workflowId, versionId, input, startedBy }: RunIdentity): RunEvent {
  return { type: 'run.started', workflowId, versionId, versionNumber: 1, input, startedBy }
}

function scheduled(nodeId: string, attempt = 1): RunEvent {
  return { type: 'node.scheduled', nodeId: nodeId as NodeId, nodeType: 'llm', attempt }
}

function completed(nodeId: string, data: unknown = {}): RunEvent {
  return {
    type: 'node.completed',
    nodeId: nodeId as NodeId,
    nodeType: 'template',
    port: 'out',
    data,
  }
}

const succeeded = (output: unknown): TaskOutcome => ({
  status: 'succeeded',
  output,
  durationMs: 1,
})

function task({ id }: RunIdentity, path: string, part: Partial<NewTask> = {}): NewTask {
  return {
    path,
    attempt: 1,
    kind: 'task',
    message: { queue: 'agent', name: 'task.go', key: `${id}-${path}`, payload: { path } },
    request: null,
    childRunId: null,
    cache: null,
    ...part,
  }
}

async function tasksOf(pool: pg.Pool, runId: RunId) {
  const { rows } = await pool.query(
    'SELECT path, attempt, kind, status, outcome FROM node_task WHERE run_id = $1 ORDER BY path',
    [runId],
  )
  return rows
}
