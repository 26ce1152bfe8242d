import type { RunId } from '@dure/contracts'
import type { LeaveQueue, Orchestrator } from '@dure/engine'
import { NewerEventError } from '@dure/kernel'
import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { AdmissionService } from './admission-service.ts'
import type { AnnounceService } from './announce-service.ts'
import type { ChildService } from './child-service.ts'
import type { DatabaseClock } from './database-clock.ts'
import type { DueRun, RecoveryStore } from './recovery-store.ts'

export interface SweeperOptions {
  readonly store: RecoveryStore
  readonly orchestrator: Pick<Orchestrator, 'advance' | 'leaveQueue'>
  readonly announcer: Pick<AnnounceService, 'repeat'>
  readonly children: Pick<ChildService, 'finish'>
  readonly admission: Pick<AdmissionService, 'startQueued'>
  /** What lets a queued run begin; undefined when there is none of this id. */
  readonly startCommand: (runId: RunId) => Promise<LeaveQueue | undefined>
  readonly clock: Pick<DatabaseClock, 'sync'>
  readonly queues: Pick<Queues, 'redis'>
  readonly prefix: string
  readonly log: Logger
  /** Milliseconds between two passes. */
  readonly pollMs: number
  /** What has no answer after this many milliseconds is asked for again. */
  readonly resendAfterMs: number
}

const BATCH = 200
const AT_ONCE = 16

/**
 * Finishes what a lost message or a killed process left undone, from PostgreSQL alone: runs whose time
 * has come go on, results that nobody took in are taken in, tasks without a result go out again (under
 * the same key, so that one that still waits is not doubled), children tell their parents, and queued
 * runs start where there is room. A canary key tells that Redis was wiped; then everything goes out at
 * once. Any number of processes may do this at the same time.
 */
export function createSweeper(options: SweeperOptions): Poller {
  const { store, orchestrator, announcer, children, admission, clock, queues, prefix, log } =
    options
  const { pollMs, resendAfterMs } = options
  const canary = `${prefix}:canary:workflow`

  /** Whether Redis has forgotten everything since the last pass of anyone. */
  async function wiped(): Promise<boolean> {
    return (await queues.redis.set(canary, '1', 'NX')) === 'OK'
  }

  /** Some at a time; one that fails is tried again by a later pass, and does not stop the others. */
  async function each<Item>(
    items: readonly Item[],
    runIdOf: (item: Item) => RunId,
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    const left = [...items]
    const worker = async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        await work(item).catch((error) =>
          log.warn({ err: error, runId: runIdOf(item) }, 'run not swept: it will be'),
        )
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, worker))
  }

  async function wake({ runId, status, lease, givenUp }: DueRun): Promise<void> {
    if (lease === 'held') return
    if (status !== 'queued') return advance(runId)
    const command = givenUp
      ? ({ type: 'run.expire-queued' } as const)
      : await options.startCommand(runId)
    if (command) await orchestrator.leaveQueue(runId, command)
  }

  async function advance(runId: RunId): Promise<void> {
    try {
      await orchestrator.advance(runId)
    } catch (error) {
      // A newer build has been at it: the next one to look may be one that knows what it did.
      if (error instanceof NewerEventError) await store.handBack(runId)
      throw error
    }
  }

  async function sendAgain(): Promise<boolean> {
    if (await wiped()) {
      const tasks = await store.markUnsent()
      if (tasks > 0) log.warn({ tasks }, 'Redis has forgotten everything: sending tasks again')
    }
    const left = await store.takeUnanswered(resendAfterMs)
    await announcer.repeat(left)
    return left.length === BATCH
  }

  async function pass(): Promise<boolean> {
    await clock.sync()
    const due = await store.dueRuns(BATCH)
    await each(due, ({ runId }) => runId, wake)
    const withResults = await store.runsWithResults(resendAfterMs)
    await each(withResults, (runId) => runId, orchestrator.advance)
    const ended = await store.endedChildren(BATCH)
    await each(ended, ({ runId }) => runId, finishChild)
    const started = await admission.startQueued()
    const more = await sendAgain()
    return more || started || due.length === BATCH || ended.length === BATCH
  }

  type Child = Awaited<ReturnType<RecoveryStore['endedChildren']>>[number]
  async function finishChild({ runId, path, attempt, ...child }: Child): Promise<void> {
    await children.finish({ ...child, parent: { runId, path, attempt } })
  }

  return createPoller({ name: 'sweeper', pass, pollMs, log })
}
