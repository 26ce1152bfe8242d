import { backoffMs, DureError } from '@dure/kernel'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import type { PromptOptimization } from './optimization.ts'
import { spentIn } from './propose-service.ts'
import { type DueOptimization, type OptimizationWorkStore, STEP_LEASE_MS } from './work-store.ts'

export interface OptimizationDriver {
  readonly check: Poller['check']
  start(): void
  kick(): void
  close(): Promise<void>
}

interface Parts {
  readonly store: OptimizationWorkStore
  readonly advance: (optimization: PromptOptimization, signal: AbortSignal) => Promise<boolean>
  readonly log: Logger
}

const POLL_MS = 1000
const AT_ONCE = 4
const MAX_TRIES = 5
const BACKOFF = { baseMs: 1000, maxMs: 30_000 }
/** Somewhat less than the lease: nobody else takes the step meanwhile. */
const STEP_TIMEOUT_MS = STEP_LEASE_MS - 30_000

/** Takes optimizations on, step by step. Each step is found in rows, and is taken again by another process when this one dies. */
export function createOptimizationDriver(parts: Parts): OptimizationDriver {
  const { store, log } = parts
  const closing = new AbortController()

  const poller = createPoller({
    ...{ name: 'prompt-optimizations', pollMs: POLL_MS, log },
    async pass() {
      if (closing.signal.aborted || !(await store.hasWork())) return false
      const due = await store.take(AT_ONCE)
      const more = await Promise.all(due.map((one) => takeOn(parts, one, closing.signal)))
      return more.includes(true)
    },
  })

  return {
    check: poller.check,
    start: poller.start,
    kick: poller.kick,
    async close() {
      closing.abort(new Error('The service is stopping'))
      await poller.close()
    },
  }
}

async function takeOn(
  { store, advance, log }: Parts,
  { optimization, tries }: DueOptimization,
  closing: AbortSignal,
): Promise<boolean> {
  const { id, tenant } = optimization
  const signal = AbortSignal.any([closing, AbortSignal.timeout(STEP_TIMEOUT_MS)])
  try {
    const isMore = await asTenant(tenant, () => advance(optimization, signal))
    await store.release(id, 0)
    return isMore
  } catch (error) {
    const spent = spentIn(error)
    if (spent) await store.book(id, spent)
    if (closing.aborted) {
      await store.release(id, 0)
      return false
    }
    const isFinal = error instanceof DureError && !error.transient
    if (!isFinal && tries < MAX_TRIES) {
      log.warn({ err: error, optimizationId: id }, 'a step of an optimization was not taken')
      await store.release(id, backoffMs(BACKOFF, tries, Math.random()))
      return false
    }
    if (!isFinal) log.error({ err: error, optimizationId: id }, 'an optimization is given up')
    await store.finish(optimization, { status: 'failed', error: errorOf(error) })
    return false
  }
}

function errorOf(error: unknown): { code: string; message: string } {
  return error instanceof DureError
    ? { code: error.code, message: error.message }
    : {
        code: 'prompt-optimization.given-up',
        message: 'A step failed: see the logs of the service',
      }
}
