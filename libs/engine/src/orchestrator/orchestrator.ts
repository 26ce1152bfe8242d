import type { RunEvent, RunId, TaskOutcome, Tenant } from '@dure/contracts'
import type { RunCommand } from '../run/command.ts'
import { begin, decide } from '../run/decide.ts'
import { absentRun, hasEnded } from '../run/state.ts'
import { RunDriver } from './driver.ts'
import { createHands } from './hands.ts'
import { createLeases } from './leases.ts'
import { createRunMemory } from './memory.ts'
import type { Creation, InboxItem, OrchestratorPorts, RunIdentity, TaskResult } from './ports.ts'
import type { Created, Session } from './session.ts'

export interface CreateRun {
  readonly run: RunIdentity
  readonly creation: Creation
  /** What it begins with: `run.start` or `run.queue`; of a fork, what had happened so far. */
  readonly begins: RunCommand | readonly RunEvent[]
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: number
}

/** Brings runs on: whatever arrives is stored first, then decided on, then acted on. */
export interface Orchestrator {
  /**
   * Commits the first decision of a new run, and goes on with it in the background.
   *
   * @returns what has happened by then; undefined when its id or key is taken
   */
  create(request: CreateRun): Promise<Created | undefined>
  /** Takes in whatever is stored and not yet part of the events; fires what is due. */
  advance(runId: RunId): Promise<void>
  /** Takes in a result. Any number of times the same is once. */
  finishTask(
    task: { readonly runId: RunId; readonly tenant: Tenant } & Omit<TaskResult, 'outcome'>,
    outcome: TaskOutcome,
  ): Promise<void>
  /** Stores a command and takes it in. @returns false when it was there already */
  command(runId: RunId, tenant: Tenant, item: InboxItem): Promise<boolean>
  /** Starts a run that is queued, or gives it up; when it is not queued any more, nothing. */
  leaveQueue(runId: RunId, command: LeaveQueue): Promise<void>
  /** Resolves when no run is in hand any more; none that failed is tried again here. */
  close(): Promise<void>
}

export type LeaveQueue = Extract<RunCommand, { type: 'run.start' | 'run.expire-queued' }>

export function createOrchestrator(ports: OrchestratorPorts): Orchestrator {
  const { store } = ports
  const leases = createLeases(ports)
  const memory = createRunMemory(ports)
  const hands = createHands({ ports, memory, leases })

  return {
    advance: hands.advance,

    async create({ run, creation, begins, now }) {
      const session: Session = {
        run,
        state: absentRun(),
        context: await memory.contextOf(run),
        now,
        seenMs: ports.clock.monotonicMs(),
        cold: false,
      }
      const { context, state } = session
      const decideNow = () =>
        'type' in begins
          ? decide({ ...context, now }, state, [begins])
          : begin({ ...context, now }, state, begins)
      // Somebody in this process has made it already.
      if (hands.has(run.id)) return undefined
      const driver = new RunDriver(run.id, { ports, memory, leases })
      const creating = driver.create(session, decideNow, creation)
      // In hand before it is committed: whoever hears of it early waits, and takes it for nobody's.
      const carriedOn = creating.then((created) => {
        if (created && !hasEnded(created.state)) return driver.drive()
        return undefined
      })
      hands.inBackground(run.id, hands.keep(run.id, driver, carriedOn))
      return creating
    },

    async finishTask({ runId, tenant, path, attempt }, outcome) {
      if (await hands.offer(runId, tenant, { path, attempt, outcome })) return
      await store.recordResult({ runId, tenant, path, attempt }, outcome)
      await hands.advance(runId)
    },

    async command(runId, tenant, item) {
      const isNew = await store.post(runId, tenant, item)
      await hands.advance(runId)
      return isNew
    },

    async leaveQueue(runId, command) {
      await hands.takeWhenFree(runId, { first: command })
    },

    async close() {
      await hands.close()
      leases.close()
    },
  }
}
