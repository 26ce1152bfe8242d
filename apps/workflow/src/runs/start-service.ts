import { hash, randomBytes, randomUUIDv7 } from 'node:crypto'
import {
  type Caller,
  callerOf,
  type Identity,
  type RunEvent,
  type RunId,
  type Tenant,
  type WorkflowId,
} from '@dure/contracts'
import type { Orchestrator, PublishedVersion, RunRow } from '@dure/engine'
import {
  ConflictError,
  DureError,
  InvalidInputError,
  LimitExceededError,
  prefixedId,
} from '@dure/kernel'
import { currentTrace } from '@dure/platform'
import type { VariablePinning } from '../variables/pinning-service.ts'
import type { VersionSource } from '../workflows/version-source.ts'
import type { AdmissionService } from './admission-service.ts'
import { inputProblems } from './input.ts'
import type { KeyLocks } from './key-lock-store.ts'
import { asStarted, creationOf, newRun, queueCommand, rowOf, startCommand } from './new-run.ts'
import type { RunReadStore } from './read-store.ts'

export interface StartRun {
  readonly tenant: Tenant
  readonly startedBy: string
  /** For whom it reads; absent: for nobody who is known. */
  readonly caller?: Caller | undefined
  readonly workflowId: WorkflowId
  /** Absent, as `alias`: the published one. */
  readonly version?: number | undefined
  readonly alias?: string | undefined
  /** A version of no workflow that people have made. */
  readonly builtIn?: PublishedVersion | undefined
  /** How many runs are around it. Absent: none. */
  readonly depth?: number | undefined
  readonly input: unknown
  readonly idempotencyKey?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** 0 lowest, 9 highest. */
  readonly priority?: number | undefined
  /** Milliseconds that it may take from its start. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds after which it is given up when it was not started by then. */
  readonly ttlMs?: number | undefined
  readonly concurrency?:
    | { readonly key: string; readonly onConflict: 'reject' | 'enqueue' | 'interrupt' | 'replace' }
    | undefined
  readonly debounce?: { readonly key: string; readonly ms: number } | undefined
}

/** A run right after it was started: its row, and what has happened by then. */
export interface StartedRun {
  readonly run: RunRow
  readonly events: readonly RunEvent[]
  /** It had been started before. */
  readonly isRepeated: boolean
  /** Where this key has started it before: as it was right after that. */
  readonly firstAnswer?: RunRow
}

/** What a run has of who starts it. */
export function starterOf(identity: Identity) {
  const { tenant, principalId: startedBy } = identity
  return { tenant, startedBy, caller: callerOf(identity) }
}

export interface StartService {
  /**
   * Commits the start of a run, everything that can be computed at once included. The same key with the
   * same request is answered with the run that it started.
   *
   * @throws NotFoundError `workflow.not-found`, `workflow.version-not-found`, `alias.not-found`
   * @throws ConflictError `workflow.not-published`, `idempotency.key-reused`, `run.concurrency-conflict`
   * @throws InvalidInputError `run.invalid-input`
   * @throws LimitExceededError `run.backlog-full`
   */
  start(request: StartRun): Promise<StartedRun>
}

export interface StartServiceOptions {
  readonly orchestrator: Pick<Orchestrator, 'create'>
  readonly reader: Pick<RunReadStore, 'findByKey' | 'find' | 'firstEvents'>
  readonly versions: Pick<VersionSource, 'resolve'>
  readonly variables: VariablePinning
  readonly admission: AdmissionService
  readonly locks: KeyLocks
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: () => number
  readonly runTimeoutMs: number
}

/** When a new run has to wait: why, and how long at least. */
interface Queued {
  readonly reason: string
  readonly afterMs: number | null
}

export function createStartService(options: StartServiceOptions): StartService {
  const { admission, locks } = options
  const startedBefore = (request: StartRun) => findEarlier(options.reader, request)
  const create = (request: StartRun, version: PublishedVersion, queued?: Queued) =>
    createRun(options, request, { version, queued })

  async function startExclusively(request: StartRun, version: PublishedVersion) {
    const { tenant, concurrency, debounce } = request
    const key = debounce ? `debounce ${debounce.key}` : `concurrency ${concurrency?.key}`
    return locks.exclusively(tenant, key, async () => {
      const earlier = await startedBefore(request)
      if (earlier) return earlier
      if (debounce) return startDebounced(request, version, debounce)
      const reason = await admission.admitWithKey(request)
      return create(request, version, reason === undefined ? undefined : { reason, afterMs: null })
    })
  }

  async function startDebounced(
    request: StartRun,
    version: PublishedVersion,
    debounce: { readonly key: string; readonly ms: number },
  ): Promise<StartedRun> {
    const waiting = await admission.debounce(request.tenant, debounce, request.input)
    const run = waiting && (await options.reader.find(request.tenant, waiting))
    if (run) return { run, events: [], isRepeated: true }
    return create(request, version, { reason: 'debounce', afterMs: debounce.ms })
  }

  async function startNew(request: StartRun): Promise<StartedRun> {
    const { tenant, workflowId, alias, input } = request
    const wanted = { version: request.version, alias }
    const version =
      request.builtIn ?? (await options.versions.resolve(tenant, workflowId, wanted, Math.random()))
    refuseInput(version, input)
    if (request.concurrency || request.debounce) return startExclusively(request, version)
    const place = await admission.admit(tenant)
    if (place === 'refuse') throw backlogFull()
    return create(request, version, place === 'queue' ? BACKLOG : undefined)
  }

  return {
    async start(request) {
      try {
        return await startNew(request)
      } catch (error) {
        // What was started with this key stays started, whatever has changed since.
        const earlier = error instanceof DureError && (await startedBefore(request))
        if (earlier) return earlier
        throw error
      }
    },
  }
}

const BACKLOG: Queued = { reason: 'backlog', afterMs: null }

function backlogFull(): LimitExceededError {
  return new LimitExceededError(
    'run.backlog-full',
    'Too many runs of this project wait already: try again later',
    {},
    { retryAfterS: 5 },
  )
}

async function createRun(
  { orchestrator, reader, variables, now, runTimeoutMs }: StartServiceOptions,
  request: StartRun,
  { version, queued }: { readonly version: PublishedVersion; readonly queued: Queued | undefined },
): Promise<StartedRun> {
  const run = newRun(request, version, { ...freshParts(), maxTimeoutMs: runTimeoutMs })
  const requestHash = request.idempotencyKey === undefined ? null : hashOf(request)
  const creation = creationOf(request, { requestHash, startAfterMs: queued?.afterMs ?? null })
  const vars = queued ? undefined : await variables.forRun(request.tenant, version)
  const at = now()
  const begins = queued ? queueCommand(run, queued.reason) : startCommand(run, at, vars)
  const created = await orchestrator.create({ run, creation, begins, now: at })
  if (created) {
    return { run: rowOf(run, created, requestHash), events: created.events, isRepeated: false }
  }
  // The same key arrived twice, and the other one was first.
  const first = await findEarlier(reader, request)
  if (first) return first
  throw new TypeError('A run was not created, and there is none with its key')
}

async function findEarlier(
  reader: Pick<RunReadStore, 'findByKey' | 'firstEvents'>,
  request: StartRun,
): Promise<StartedRun | undefined> {
  if (request.idempotencyKey === undefined) return undefined
  const run = await reader.findByKey(request.tenant, request.idempotencyKey)
  if (run === undefined) return undefined
  if (run.requestHash === hashOf(request)) {
    const firstAnswer = asStarted(run, await reader.firstEvents(run.id))
    return { run, events: [], isRepeated: true, firstAnswer }
  }
  throw new ConflictError(
    'idempotency.key-reused',
    'This Idempotency-Key belongs to another request: use a new one',
    { runId: run.id },
  )
}

/** @throws InvalidInputError `run.invalid-input` */
export function refuseInput({ graph }: PublishedVersion, input: unknown): void {
  const problems = inputProblems(graph, input)
  if (problems.length === 0) return
  const detail = 'The input is not what the start node of the workflow asks for'
  throw new InvalidInputError('run.invalid-input', detail, problems)
}

export function newRunId(): RunId {
  return prefixedId('run', randomUUIDv7()) as RunId
}

/** What is different for each new run. */
export function freshParts() {
  return { id: newRunId(), seed: randomBytes(16).toString('hex'), trace: currentTrace() }
}

/** Of what is asked for, not of how it is to be answered. */
function hashOf(request: StartRun): string {
  const { workflowId, version, alias, input, priority, timeoutMs, ttlMs } = request
  const parts: unknown[] = [workflowId, version ?? null, input ?? null]
  if (alias !== undefined) parts.push(alias)
  const { concurrency, debounce } = request
  const order = JSON.stringify({ priority, timeoutMs, ttlMs, concurrency, debounce })
  if (order !== '{}') parts.push(order)
  return hash('sha256', JSON.stringify(parts), 'base64url')
}
