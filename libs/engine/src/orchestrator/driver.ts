import type { RunEvent, RunId, Tenant } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import type { RunCommand } from '../run/command.ts'
import { decide, resume } from '../run/decide.ts'
import type { Decision } from '../run/decision.ts'
import { toSnapshot } from '../run/snapshot.ts'
import { hasEnded } from '../run/state.ts'
import { createBell } from './bell.ts'
import { changeOf } from './change.ts'
import { createInPlaceSession, type InPlaceSession } from './in-place.ts'
import { LEASE_MS, type Leases } from './leases.ts'
import type { RunMemory } from './memory.ts'
import { createOffers } from './offers.ts'
import type { CommitResult, Creation, OrchestratorPorts, RunIdentity, StoredRun } from './ports.ts'
import { type Created, isAwaited, nowOf, type Session } from './session.ts'

/** How often a decision is made again because another process committed first. */
const COMMIT_ATTEMPTS = 20
const SNAPSHOT_EVERY = 256

interface Proposal {
  readonly decide: () => Decision
  readonly consumed: readonly string[]
  readonly creation: Creation | null
}

export interface DriverOptions {
  readonly ports: OrchestratorPorts
  readonly memory: RunMemory
  readonly leases: Leases
  /** What to decide on first, besides what is stored. */
  readonly first?: RunCommand
}

/** Carries one run on in this process until there is nothing more to do for it here. */
export class RunDriver {
  readonly bell = createBell()
  readonly offers = createOffers()
  readonly #runId: RunId
  readonly #options: DriverOptions
  readonly #work: InPlaceSession
  #session: Session | undefined
  #lost = false

  /** @param session the run as this process remembers it; absent: it is read */
  constructor(runId: RunId, options: DriverOptions, session?: Session) {
    this.#session = session
    this.#runId = runId
    this.#options = options
    this.#work = createInPlaceSession(options.ports)
  }

  /** The first decision of a new run. @returns undefined when its id or key is taken */
  async create(
    session: Session,
    decideNow: () => Decision,
    creation: Creation,
  ): Promise<Created | undefined> {
    this.#session = session
    let events: readonly RunEvent[] = []
    const remembered = () => {
      const decision = decideNow()
      events = decision.events
      return decision
    }
    const proposal = { decide: remembered, consumed: [], creation }
    const result = await this.#guarded(() => this.#propose(session, proposal))
    if (result === 'conflict') return undefined
    // A copy: the run goes on, and its state with it.
    const { phase, version, output, error, costMicroUsd } = session.state
    return { state: { phase, version, output, error, costMicroUsd }, events, at: session.now }
  }

  /** Whether it is known to be a run of this tenant. */
  isOf({ organizationId, projectId }: Tenant): boolean {
    const tenant = this.#session?.run.tenant
    return tenant?.organizationId === organizationId && tenant.projectId === projectId
  }

  async drive(): Promise<void> {
    return this.#guarded(() => this.#drive())
  }

  /** Whatever goes wrong, a state that may be ahead of what is stored is not left behind. */
  async #guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      this.#options.memory.forget(this.#runId)
      this.#options.leases.release(this.#runId)
      this.#work.abort(error)
      throw error
    }
  }

  async #drive(): Promise<void> {
    const { leases } = this.#options
    for (let conflicts = 0; conflicts < COMMIT_ATTEMPTS; ) {
      const next = await this.#step()
      if (next === 'conflict') conflicts += 1
      else if (next === 'rest') {
        leases.release(this.#runId)
        return
      }
    }
    throw new UnavailableError('run.contended', 'Too many changes of one run at the same time')
  }

  async #step(): Promise<'more' | 'rest' | 'conflict'> {
    const session = this.#session
    if (this.#lost) return 'rest'
    if (!session || this.bell.rung) return this.#read()
    const finished = this.#work.take()
    if (this.offers.waiting > 0) return this.#takeOffers(session, finished)
    if (finished.length > 0 || session.cold) return this.#decideOn(session, finished, finished)
    if (this.#work.pending === 0) return 'rest'
    await Promise.race([this.#work.next(), this.bell.next(), this.offers.next()])
    return 'more'
  }

  /** Results that have just arrived are part of the next commit, and need not be stored before. */
  async #takeOffers(session: Session, finished: readonly RunCommand[]) {
    // Those that come together are taken in together.
    await Promise.resolve()
    const offers = this.offers.take()
    const awaited = offers.filter(({ result }) => isAwaited(session, result))
    for (const offer of offers) if (!awaited.includes(offer)) offer.settle(false)
    const commands = awaited.map(
      ({ result }): RunCommand => ({ type: 'run.finish-task', ...result }),
    )
    let taken = false
    try {
      const all: RunCommand[] = [...finished, ...commands, { type: 'run.wake' }]
      const next = await this.#decideOn(session, all, finished)
      taken = next !== 'conflict'
      return next
    } finally {
      for (const offer of awaited) offer.settle(taken)
    }
  }

  /** What was executed here, or came here, is decided on without reading anything. */
  async #decideOn(
    session: Session,
    commands: readonly RunCommand[],
    finished: readonly RunCommand[],
  ) {
    const { context, state, cold } = session
    const now = nowOf(session, this.#options.ports.clock.monotonicMs())
    const decideNow = () => decide({ ...context, now }, state, commands, { cold })
    return this.#proposeWith(session, finished, { decide: decideNow, consumed: [], creation: null })
  }

  async #proposeWith(session: Session, finished: readonly RunCommand[], proposal: Proposal) {
    const result = await this.#propose(session, proposal)
    if (result === 'conflict') this.#work.putBack(finished)
    return result
  }

  async #read(): Promise<'more' | 'rest' | 'conflict'> {
    const { memory, ports } = this.#options
    this.bell.answer()
    this.#session = undefined
    const known = memory.take(this.#runId)
    // Whatever waits to be taken in is stored, and read with the rest.
    for (const offer of this.offers.take()) offer.settle(false)
    const stored = await ports.store.load(this.#runId, known?.state.version)
    if (!stored) return 'rest'
    const { lease, row, now } = stored
    if (lease && !lease.expired && lease.owner !== ports.owner) {
      return (await ports.store.markDirty(this.#runId)) ? 'rest' : 'conflict'
    }
    const session: Session = {
      run: row,
      state: memory.fold(stored, known?.state),
      context: await memory.contextOf(row),
      now,
      seenMs: ports.clock.monotonicMs(),
      cold: known === undefined || known.cold || known.state.version !== row.version,
    }
    this.#session = session
    const finished = this.#work.take()
    const { first } = this.#options
    const { context, state, cold } = session
    const commands = [
      ...(first && state.phase === 'queued' ? [first] : []),
      ...commandsOf(stored, finished, this.#isOrphaned(stored, finished)),
    ]
    const decideNow = () => decide({ ...context, now }, state, commands, { cold })
    const consumed = stored.inbox.map(({ id }) => id)
    return this.#proposeWith(session, finished, { decide: decideNow, consumed, creation: null })
  }

  /** Whoever executed nodes in place does not any more. */
  #isOrphaned({ lease }: StoredRun, finished: readonly RunCommand[]): boolean {
    if (lease === null) return false
    return lease.expired || (this.#work.pending === 0 && finished.length === 0)
  }

  async #propose(session: Session, proposal: Proposal): Promise<'more' | 'conflict'> {
    const { state, run } = session
    const basis = {
      run,
      version: state.version,
      costMicroUsd: state.costMicroUsd,
      creation: proposal.creation,
    }
    const decision = await this.#complete(proposal.decide(), run.tenant)
    session.cold = decision.isRunning && decision.dirty.size > 0
    const news = decision.events.length + decision.folded.length + proposal.consumed.length
    if (news === 0) {
      this.#options.memory.keep(session)
      return 'more'
    }
    const holds = decision.inPlace.length > 0 || this.#work.pending > 0
    const lease = holds ? { owner: this.#options.ports.owner, forMs: LEASE_MS } : null
    const change = changeOf(decision, basis, { consumed: proposal.consumed, lease })
    const beganMs = this.#options.ports.clock.monotonicMs()
    const result = await this.#commit(run, decision, change)
    if (result.state === 'conflict') {
      // The state is ahead of what is stored.
      this.#options.memory.forget(run.id)
      this.#session = undefined
      return 'conflict'
    }
    session.now = result.now
    session.seenMs = this.#options.ports.clock.monotonicMs()
    if (result.dirty) this.bell.ring()
    if (lease) this.#options.leases.hold(run.id, beganMs, () => this.#lose())
    this.#follow(session, decision, change)
    return 'more'
  }

  /** Reads large data that a decision waits for, until it waits for none. */
  async #complete(decision: Decision, tenant: Tenant): Promise<Decision> {
    while (decision.missing.size > 0) {
      await this.#options.memory.readPayloads(tenant, [...decision.missing])
      resume(decision)
    }
    return decision
  }

  async #commit(
    run: RunIdentity,
    decision: Decision,
    change: ReturnType<typeof changeOf>,
  ): Promise<CommitResult> {
    const { store } = this.#options.ports
    if (decision.payloads.length > 0) await store.writePayloads(run.tenant, decision.payloads)
    return store.commit(change)
  }

  /** After a commit: everything here may be lost, and is done again from what was committed. */
  #follow(session: Session, decision: Decision, change: ReturnType<typeof changeOf>): void {
    const { memory, ports } = this.#options
    const { run, state } = session
    if (hasEnded(state)) memory.forget(run.id)
    else memory.keep(session)
    const since = state.version - decision.events.length
    const every = ports.snapshotEvery ?? SNAPSHOT_EVERY
    if (Math.floor(state.version / every) > Math.floor(since / every)) {
      // A copy: the run goes on while it is written.
      ports.store
        .saveSnapshot(run.id, state.version, structuredClone(toSnapshot(state)))
        .catch((error) => ports.log.warn({ err: error, runId: run.id }, 'snapshot not saved'))
    }
    ports
      .announce(run, change)
      .catch((error) => ports.log.warn({ err: error, runId: run.id }, 'not announced yet'))
    if (!this.#lost) this.#work.start(run, decision.inPlace)
  }

  /** The run belongs to another process by now: what is executed here counts for nothing. */
  #lose(): void {
    this.#lost = true
    this.#options.memory.forget(this.#runId)
    this.#work.abort(new Error('The lease of the run was lost'))
    this.bell.ring()
  }
}

function commandsOf(
  { inbox, results }: StoredRun,
  finished: readonly RunCommand[],
  isOrphaned: boolean,
): readonly RunCommand[] {
  return [
    // First what is over: it is not interrupted any more.
    ...finished,
    ...(isOrphaned ? [{ type: 'run.interrupt' } as const] : []),
    ...inbox.map(({ command }) => command),
    ...results.map((result): RunCommand => ({ type: 'run.finish-task', ...result })),
    { type: 'run.wake' },
  ]
}
