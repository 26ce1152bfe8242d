import type { RunEvent, RunId, TaskOutcome, Tenant } from '@dure/contracts'
import type { RunCommand } from '../run/command.ts'
import { begin, decide } from '../run/decide.ts'
import { absentRun, hasEnded } from '../run/state.ts'
import { type Created, RunDriver, type Session } from './driver.ts'
import { createLeases } from './leases.ts'
import { createRunMemory } from './memory.ts'
import type { Creation, InboxItem, OrchestratorPorts, RunIdentity, TaskResult } from './ports.ts'

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
  /** Resolves when no run is in hand any more. */
  close(): Promise<void>
}

export type LeaveQueue = Extract<RunCommand, { type: 'run.start' | 'run.expire-queued' }>

interface InHand {
  readonly driver: RunDriver
  readonly done: Promise<void>
}

export function createOrchestrator(ports: OrchestratorPorts): Orchestrator {
  const { store, log } = ports
  const leases = createLeases(ports)
  const memory = createRunMemory(ports)
  /** One driver per run: in this process, the changes of a run come one after the other. */
  const inHand = new Map<RunId, InHand>()

  function keepInHand(runId: RunId, driver: RunDriver, work: Promise<void>): Promise<void> {
    const done = work.finally(() => {
      if (inHand.get(runId)?.driver === driver) inHand.delete(runId)
    })
    inHand.set(runId, { driver, done })
    return done
  }

  function take(runId: RunId, driver: RunDriver): Promise<void> {
    return keepInHand(runId, driver, driver.drive())
  }

  async function advance(runId: RunId): Promise<void> {
    const current = inHand.get(runId)
    if (!current) return take(runId, new RunDriver(runId, { ports, memory, leases }))
    current.driver.bell.ring()
    await current.done
    // It may have looked for the last time just before the bell.
    if (current.driver.bell.rung) await advance(runId)
  }

  return {
    advance,

    async create({ run, creation, begins, now }) {
      const session: Session = {
        run,
        state: absentRun(),
        context: await memory.contextOf(run),
        now,
        cold: false,
      }
      const { context, state } = session
      const decideNow = () =>
        'type' in begins
          ? decide({ ...context, now }, state, [begins])
          : begin({ ...context, now }, state, begins)
      // Somebody in this process has made it already.
      if (inHand.has(run.id)) return undefined
      const driver = new RunDriver(run.id, { ports, memory, leases })
      const creating = driver.create(session, decideNow, creation)
      // In hand before it is committed: whoever hears of it early waits, and takes it for nobody's.
      const carriedOn = creating.then((created) => {
        if (created && !hasEnded(created.state)) return driver.drive()
        return undefined
      })
      keepInHand(run.id, driver, carriedOn).catch((error) =>
        log.error({ err: error, runId: run.id }, 'run not carried on: it will be'),
      )
      return creating
    },

    async finishTask(task, outcome) {
      await store.recordResult(task, outcome)
      await advance(task.runId)
    },

    async command(runId, tenant, item) {
      const isNew = await store.post(runId, tenant, item)
      await advance(runId)
      return isNew
    },

    async leaveQueue(runId, command) {
      // Until nobody else in this process has it: of two, each would take the other for dead.
      for (let other = inHand.get(runId); other; other = inHand.get(runId)) {
        await other.done.catch(() => undefined)
      }
      await take(runId, new RunDriver(runId, { ports, memory, leases, first: command }))
    },

    async close() {
      await Promise.allSettled([...inHand.values()].map(({ done }) => done))
      leases.close()
    },
  }
}
