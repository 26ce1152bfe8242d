import type { RunId } from '@dure/contracts'
import { createPoller, type Logger, type Poller, type Queues } from '@dure/platform'
import type { Orchestrator } from './orchestrator.ts'
import type { RecoveryStore } from './recovery-store.ts'

export interface ReconcilerOptions {
  readonly store: RecoveryStore
  readonly runs: Pick<Orchestrator, 'advance' | 'expire'>
  readonly queues: Pick<Queues, 'sendAll' | 'redis'>
  readonly prefix: string
  readonly log: Logger
  /** Milliseconds between two passes. */
  readonly pollMs: number
  /** A task without a result is sent again after this many milliseconds. */
  readonly resendAfterMs: number
}

/**
 * Finishes what a lost message or a killed process left undone, from PostgreSQL alone: tasks without
 * a result go out again (under the same key, so that one that still waits is not doubled), results
 * that nobody took in are taken in, runs past their deadline end. A canary key tells that Redis was
 * wiped; then everything goes out at once. Any number of processes may do this at the same time.
 */
export function createReconciler(options: ReconcilerOptions): Poller {
  const { store, runs, queues, prefix, log, pollMs, resendAfterMs } = options
  const canary = `${prefix}:canary:workflow`

  /** Whether Redis has forgotten everything since the last pass of anyone. */
  async function wiped(): Promise<boolean> {
    return (await queues.redis.set(canary, '1', 'NX')) === 'OK'
  }

  async function sendAgain(): Promise<boolean> {
    const left = await store.takeUnanswered(resendAfterMs)
    const byTrace = Map.groupBy(left, ({ trace }) => trace.traceparent)
    for (const tasks of byTrace.values()) {
      const messages = tasks.map(({ message }) => message)
      await queues.sendAll(messages, { context: tasks[0]?.trace ?? {} })
    }
    if (left.length > 0) log.info({ tasks: left.length }, 'tasks sent again')
    return left.length > 0
  }

  async function each(runIds: readonly RunId[], work: (runId: RunId) => Promise<void>) {
    for (const runId of runIds) {
      await work(runId).catch((error) => log.error({ err: error, runId }, 'run not reconciled'))
    }
  }

  async function pass(): Promise<boolean> {
    await each(await store.runsPastDeadline(), runs.expire)
    await each(await store.runsWithResults(resendAfterMs), runs.advance)
    if (await wiped()) {
      const tasks = await store.markUnsent()
      if (tasks > 0) log.warn({ tasks }, 'Redis has forgotten everything: sending tasks again')
    }
    return sendAgain()
  }

  return createPoller({ name: 'reconciler', pass, pollMs, log })
}
