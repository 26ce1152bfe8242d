import { createHash, randomUUIDv7 } from 'node:crypto'
import type { Identity, RunEvent, RunId, Tenant, WorkflowId } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import { currentTrace, type EventStore } from '@dure/platform'
import type { PublishedVersion, VersionSource } from '../workflows/version-source.ts'
import { decideChange, messagesOf } from './decision.ts'
import { inputProblems } from './input.ts'
import type { OrchestratorPorts } from './orchestrator.ts'
import type { PageRequest, RunReadStore } from './read-store.ts'
import type { RunEventView, RunRow } from './run-row.ts'
import type { RunStore } from './store.ts'
import type { RunWatcher } from './watcher.ts'

export interface StartRun {
  readonly workflowId: WorkflowId
  /** Absent: the published one. */
  readonly version: number | undefined
  readonly input: unknown
  readonly idempotencyKey: string | undefined
}

/** What the API does with runs. */
export interface RunService {
  /**
   * Commits the start of a run, everything that can be computed at once included, and sends its
   * first tasks. The same key with the same request is answered with the run that it started.
   *
   * @throws NotFoundError `workflow.not-found`, `workflow.version-not-found`
   * @throws ConflictError `workflow.not-published`, `idempotency.key-reused`
   * @throws InvalidInputError `run.invalid-input`
   */
  start(identity: Identity, request: StartRun): Promise<RunRow>
  /** @throws NotFoundError `run.not-found` */
  get(tenant: Tenant, runId: RunId): Promise<RunRow>
  page(tenant: Tenant, page: PageRequest): Promise<RunRow[]>
  /** The run when it has ended, or as it is when the signal aborts. */
  waitForEnd(tenant: Tenant, runId: RunId, signal: AbortSignal): Promise<RunRow>
  /** What happened after a version, then what happens, until the run ends or the signal aborts. */
  follow(runId: RunId, afterVersion: number, signal: AbortSignal): AsyncIterable<RunEventView>
  events(runId: RunId): Promise<RunEventView[]>
}

export interface RunServiceDependencies {
  readonly store: Pick<RunStore, 'create'>
  readonly reader: RunReadStore
  readonly events: EventStore
  readonly versions: Pick<VersionSource, 'resolve'>
  readonly watcher: Pick<RunWatcher, 'watch'>
  readonly announce: OrchestratorPorts['announce']
  readonly runTimeoutMs: number
}

export function createRunService(dependencies: RunServiceDependencies): RunService {
  const { store, reader, events, versions, watcher, announce, runTimeoutMs } = dependencies

  async function startedBefore(tenant: Tenant, request: StartRun): Promise<RunRow | undefined> {
    if (request.idempotencyKey === undefined) return undefined
    const earlier = await reader.findByKey(tenant, request.idempotencyKey)
    if (earlier === undefined || earlier.requestHash === hashOf(request)) return earlier
    throw new ConflictError(
      'idempotency.key-reused',
      'This Idempotency-Key belongs to another request: use a new one',
      { runId: earlier.id },
    )
  }

  async function get(tenant: Tenant, runId: RunId): Promise<RunRow> {
    const row = await reader.find(tenant, runId)
    if (!row) throw new NotFoundError('run.not-found', 'There is no such run')
    return row
  }

  async function readEvents(runId: RunId, afterVersion: number): Promise<RunEventView[]> {
    const stored = await events.read(runId, { afterVersion })
    return stored.map(({ version, at, type, data }) => ({
      version,
      at,
      event: { ...data, type } as RunEvent,
    }))
  }

  return {
    get,
    page: (tenant, page) => reader.page(tenant, page),
    events: (runId) => readEvents(runId, 0),

    async start(identity, request) {
      const { tenant, principalId: startedBy } = identity
      const { workflowId, input, idempotencyKey } = request
      const earlier = await startedBefore(tenant, request)
      if (earlier) return earlier

      const version = await versions.resolve(tenant, workflowId, request.version)
      refuseInput(version, input)
      const row = newRow(identity, version, request)
      const { id: versionId, number: versionNumber } = version
      const started = { workflowId, versionId, versionNumber, input, startedBy }
      const change = decideChange(version, row, [], [{ type: 'run.start', ...started }])

      const newRun = { row, idempotencyKey, timeoutMs: runTimeoutMs }
      if (await store.create(newRun, change)) {
        await announce(row.id, messagesOf(change), row.trace)
        return get(tenant, row.id)
      }
      // The same key arrived twice at the same moment, and the other one was first.
      const first = await startedBefore(tenant, request)
      if (first) return first
      throw new TypeError('A run was not created, and there is none with its key')
    },

    async waitForEnd(tenant, runId, signal) {
      const watch = watcher.watch(runId)
      try {
        for (;;) {
          const row = await get(tenant, runId)
          if (row.status !== 'running' || signal.aborted) return row
          await watch.next(signal)
        }
      } finally {
        watch.close()
      }
    },

    async *follow(runId, afterVersion, signal) {
      const watch = watcher.watch(runId)
      try {
        for (let seen = afterVersion; !signal.aborted; ) {
          // Asked first: what is read afterwards is then all that there will ever be.
          const ended = await reader.hasEnded(runId)
          const news = await readEvents(runId, seen)
          yield* news
          seen = news.at(-1)?.version ?? seen
          if (ended) return
          await watch.next(signal)
        }
      } finally {
        watch.close()
      }
    },
  }
}

function refuseInput({ graph }: PublishedVersion, input: unknown): void {
  const problems = inputProblems(graph, input)
  if (problems.length === 0) return
  const detail = 'The input is not what the start node of the workflow asks for'
  throw new InvalidInputError('run.invalid-input', detail, problems)
}

function newRow({ tenant, principalId }: Identity, version: PublishedVersion, request: StartRun) {
  return {
    id: prefixedId('run', randomUUIDv7()) as RunId,
    tenant,
    workflowId: version.workflowId,
    versionId: version.id,
    versionNumber: version.number,
    input: request.input,
    startedBy: principalId,
    requestHash: request.idempotencyKey === undefined ? null : hashOf(request),
    trace: currentTrace(),
  }
}

function hashOf({ workflowId, version, input }: StartRun): string {
  const text = JSON.stringify([workflowId, version ?? null, input ?? null])
  return createHash('sha256').update(text).digest('base64url')
}
