import { DureError } from '@dure/kernel'
import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { HistoryEntry } from '../history.ts'
import { type StartRuns, startFor } from '../trigger.ts'
import { cronTimes } from './cron.ts'
import { planFiring } from './firing.ts'
import type { DueSchedule } from './schedule.ts'
import { MISSED, type ScheduleStore } from './store.ts'

export interface SchedulerOptions {
  readonly store: Pick<ScheduleStore, 'claimDue' | 'begin' | 'settle'>
  readonly starts: StartRuns
  readonly log: Logger
  /** Milliseconds between two looks. */
  readonly pollMs: number
}

const BATCH = 10
/** A start that fails for reasons of ours is tried again until the time is so long ago. */
const GIVE_UP_MS = 600_000

/**
 * Starts the runs of schedules, from rows alone: any number of processes may do this at the same time.
 * A time is decided on, written down, and started under a key of its own; whoever dies in between
 * leaves it to the next, who neither decides anew nor starts a second run.
 */
export function createScheduler({ store, starts, log, pollMs }: SchedulerOptions): Poller {
  /** The time to start a run for now, after it was written down; undefined: none. */
  async function decide(due: DueSchedule): Promise<Date | undefined> {
    const { id, tenant, dueAt, overlap } = due
    if (due.begun) return dueAt
    const { fireAt, nextAt } = planFiring(cronTimes(due), due)
    if (fireAt === null) {
      await store.settle(id, { dueAt, at: dueAt, entry: MISSED, nextAt })
      return undefined
    }
    if (overlap === 'skip' && (await starts.hasActive(tenant, { triggerId: id }))) {
      const entry: HistoryEntry = { outcome: 'skipped', reason: 'overlap' }
      await store.settle(id, { dueAt, at: fireAt, entry, nextAt })
      return undefined
    }
    // Before it is written down: whoever finds it written down may find the new run active, too.
    if (overlap === 'cancel-previous') await starts.cancelActive(tenant, id)
    return (await store.begin(due, fireAt)) ? fireAt : undefined
  }

  async function start(due: DueSchedule, at: Date): Promise<HistoryEntry> {
    const idempotencyKey = `schedule:${due.id}:${at.toISOString()}`
    try {
      const runId = await startFor(starts, due, { input: due.input, idempotencyKey })
      return { outcome: 'fired', runId }
    } catch (error) {
      if (error instanceof DureError && !error.transient) {
        return { outcome: 'failed', reason: error.code }
      }
      // Whoever claims it next tries again.
      if (due.now.getTime() - at.getTime() < GIVE_UP_MS) throw error
      log.error({ err: error, scheduleId: due.id }, 'start of a scheduled run given up')
      const code = 'trigger.start-failed'
      return { outcome: 'failed', reason: code }
    }
  }

  async function fire(due: DueSchedule): Promise<void> {
    const at = await decide(due)
    if (at === undefined) return
    const entry = await start(due, at)
    await store.settle(due.id, { dueAt: at, at, entry, nextAt: cronTimes(due).after(at) })
  }

  async function pass(): Promise<boolean> {
    const claimed = await store.claimDue(BATCH)
    const fired = claimed.map((due) =>
      fire(due).catch((error) =>
        log.warn({ err: error, scheduleId: due.id }, 'schedule not fired: will be tried again'),
      ),
    )
    await Promise.all(fired)
    return claimed.length > 0
  }

  return createPoller({ name: 'scheduler', pass, pollMs, log })
}
