import { hash, randomBytes } from 'node:crypto'
import {
  type Caller,
  callerOf,
  type Identity,
  type RunEvent,
  type RunId,
  type Tenant,
  type TraceContext,
} from '@dure/contracts'
import {
  type Creation,
  type ForkPatch,
  forkHistory,
  type Orchestrator,
  payloadsIn,
  type RunIdentity,
  type RunRow,
  type RunStore,
  storedData,
} from '@dure/engine'
import { ConflictError, InvalidInputError } from '@dure/kernel'
import { currentTrace } from '@dure/platform'
import { inputProblems } from '../../runs/input.ts'
import type { RunReadStore } from '../../runs/read-store.ts'
import { sha256 } from '../../sha256.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import type { RunHistories } from '../run-histories.ts'

export interface ForkRun {
  readonly fromCheckpoint: number
  /** Values as they came, of any size. */
  readonly patch: ForkPatch
}

export interface ForkService {
  /**
   * A new run that takes over what had happened in another one up to a version of it. The same key with
   * the same request makes one.
   *
   * @throws NotFoundError `run.not-found`
   * @throws InvalidInputError `fork.no-such-checkpoint`, `fork.not-started`, `fork.node-not-completed`,
   *   `fork.vars-too-large`, `run.invalid-input`
   * @throws ConflictError `idempotency.key-reused`
   */
  fork(identity: Identity, runId: RunId, request: ForkRun, key: string | undefined): Promise<RunRow>
}

export interface ForkServiceDependencies {
  readonly orchestrator: Pick<Orchestrator, 'create'>
  readonly histories: RunHistories
  readonly reader: Pick<RunReadStore, 'findByKey'>
  readonly payloads: Pick<RunStore, 'readPayloads' | 'writePayloads'>
  readonly versions: Pick<VersionSource, 'byId'>
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: () => number
  readonly newRunId: () => RunId
}

const HASHES_AT_ONCE = 100
/** As large as all variables of a run may be. */
const MAX_VARS_CHARACTERS = 262_144

export function createForkService(dependencies: ForkServiceDependencies): ForkService {
  const { orchestrator, histories, reader, payloads, versions, now, newRunId } = dependencies

  async function forkedBefore(tenant: Tenant, key: string | undefined, requestHash: string) {
    if (key === undefined) return undefined
    const earlier = await reader.findByKey(tenant, key)
    if (earlier === undefined || earlier.requestHash === requestHash) return earlier
    throw new ConflictError(
      'idempotency.key-reused',
      'This Idempotency-Key belongs to another request: use a new one',
      { runId: earlier.id },
    )
  }

  /** Large data of the patch go beside the events, as those of nodes do. */
  async function stored(tenant: Tenant, { input, vars, nodes = {} }: ForkPatch) {
    const kept = (data: unknown) => storedData(data, sha256)
    const ofInput = kept(input)
    const ofNodes = Object.entries(nodes).map(([path, data]) => [path, kept(data)] as const)
    const large = [ofInput, ...ofNodes.map(([, one]) => one)].flatMap(
      ({ payload }) => payload ?? [],
    )
    if (large.length > 0) await payloads.writePayloads(tenant, large)
    return {
      ...(input !== undefined && { input: ofInput.data }),
      ...(vars && { vars }),
      nodes: Object.fromEntries(ofNodes.map(([path, { data }]) => [path, data])),
    }
  }

  /** Data are there for as long as the runs of the day on which they were written: for the fork, anew. */
  async function writeAgain(tenant: Tenant, history: readonly RunEvent[]): Promise<void> {
    const hashes = payloadsIn(history).map(({ $payload }) => $payload)
    for (let at = 0; at < hashes.length; at += HASHES_AT_ONCE) {
      const found = await payloads.readPayloads(tenant, hashes.slice(at, at + HASHES_AT_ONCE))
      const written = [...found].map(([hash, body]) => ({ hash, json: JSON.stringify(body) }))
      await payloads.writePayloads(tenant, written)
    }
  }

  async function create(run: RunIdentity, history: readonly RunEvent[], creation: Creation) {
    await writeAgain(run.tenant, history)
    const made = await orchestrator.create({ run, creation, begins: history, now: now() })
    return made ? histories.get(run.tenant, run.id) : undefined
  }

  return {
    async fork(identity, runId, request, key) {
      const { tenant, principalId: startedBy } = identity
      const { fromCheckpoint, patch } = request
      const original = await histories.get(tenant, runId)
      const requestHash = hashOf(runId, request)
      const earlier = await forkedBefore(tenant, key, requestHash)
      if (earlier) return earlier
      refuseCheckpoint(fromCheckpoint, original)
      refuseVars(patch)
      const { plan, graph } = await versions.byId(original.versionId)
      if (patch.input !== undefined) refuseInput(inputProblems(graph, patch.input))

      const starter = { startedBy, caller: callerOf(identity) }
      const run = identityOf({ original, id: newRunId(), ...starter, input: patch.input })
      const events = await histories.events(original, fromCheckpoint)
      const startedAt = now()
      const history = forkHistory({
        plan,
        events: events.map(({ event }) => event),
        from: { runId, version: fromCheckpoint },
        started: { startedBy, startedAt, deadlineAt: startedAt + original.timeoutMs },
        patch: await stored(tenant, patch),
      })
      const made = await create(run, history, creationOf(key, requestHash))
      const first = made ?? (await forkedBefore(tenant, key, requestHash))
      if (first) return first
      throw new TypeError('A fork was not created, and there is none with its key')
    },
  }
}

function refuseCheckpoint(fromCheckpoint: number, { version }: RunRow): void {
  if (fromCheckpoint <= version) return
  throw new InvalidInputError(
    'fork.no-such-checkpoint',
    `The run has come to version ${version}: name a checkpoint of it`,
    [{ pointer: '#/fromCheckpoint', message: `is more than ${version}` }],
  )
}

function refuseVars({ vars = {} }: ForkPatch): void {
  if (JSON.stringify(vars).length <= MAX_VARS_CHARACTERS) return
  throw new InvalidInputError(
    'fork.vars-too-large',
    `Variables have at most ${MAX_VARS_CHARACTERS} characters of JSON together`,
    [{ pointer: '#/patch/vars', message: 'is too large' }],
  )
}

function refuseInput(problems: ReturnType<typeof inputProblems>): void {
  if (problems.length === 0) return
  const detail = 'The input is not what the start node of the workflow asks for'
  const fields = problems.map((one) => ({
    ...one,
    pointer: one.pointer.replace('#/input', '#/patch/input'),
  }))
  throw new InvalidInputError('run.invalid-input', detail, fields)
}

interface Forked {
  readonly original: RunRow
  readonly id: RunId
  readonly startedBy: string
  readonly caller: Caller
  readonly input: unknown
}

/** No child of anybody, and not counted for the alias that the original was started by. */
function identityOf({ original, id, startedBy, caller, input }: Forked): RunIdentity {
  const { tenant, workflowId, versionId, versionNumber, depth, priority, timeoutMs } = original
  return {
    ...{ id, tenant, workflowId, versionId, versionNumber, depth, priority, timeoutMs, startedBy },
    input: input === undefined ? original.input : input,
    caller,
    seed: randomBytes(16).toString('hex'),
    parent: null,
    trace: currentTrace() as TraceContext,
  }
}

function creationOf(key: string | undefined, requestHash: string): Creation {
  return {
    idempotencyKey: key ?? null,
    requestHash: key === undefined ? null : requestHash,
    concurrencyKey: null,
    debounceKey: null,
    ttlMs: null,
    startAfterMs: null,
    labels: {},
  }
}

function hashOf(runId: RunId, { fromCheckpoint, patch }: ForkRun): string {
  const text = JSON.stringify(['fork', runId, fromCheckpoint, patch])
  return hash('sha256', text, 'base64url')
}
