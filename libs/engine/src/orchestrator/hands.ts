import type { RunId, Tenant } from '@dure/contracts'
import { type DriverOptions, RunDriver } from './driver.ts'
import type { TaskResult } from './ports.ts'
import { isHeld } from './session.ts'

/** The runs that this process has in hand: one driver each, so that changes come one after the other. */
export interface Hands {
  has(runId: RunId): boolean
  keep(runId: RunId, driver: RunDriver, work: Promise<void>): Promise<void>
  /** Takes in what is stored; by whoever has the run in hand, if anybody here has. */
  advance(runId: RunId): Promise<void>
  /** As soon as nobody else here has it: of two, each would take the other for dead. */
  takeWhenFree(runId: RunId, more: Pick<DriverOptions, 'first'>): Promise<void>
  /** Gives a result to a run that is in memory here: then it costs no more than the commit. */
  offer(runId: RunId, tenant: Tenant, result: TaskResult): Promise<boolean>
  /** Nobody waits for it: a failure is logged, and the run is looked at again. */
  inBackground(runId: RunId, work: Promise<void>): void
  /** Resolves when no run is in hand any more; what failed is left to others from now on. */
  close(): Promise<void>
}

interface InHand {
  readonly driver: RunDriver
  readonly done: Promise<void>
}

/** After a store that did not answer, before it is asked again. */
const RETRY_MS = 1000

export function createHands(options: DriverOptions): Hands {
  const { memory, ports } = options
  const inHand = new Map<RunId, InHand>()
  const closing = new AbortController()

  function keep(runId: RunId, driver: RunDriver, work: Promise<void>): Promise<void> {
    const done = work.finally(() => {
      driver.offers.close()
      if (inHand.get(runId)?.driver === driver) inHand.delete(runId)
    })
    inHand.set(runId, { driver, done })
    return done
  }

  const take = (runId: RunId, driver: RunDriver) => keep(runId, driver, driver.drive())

  async function advance(runId: RunId): Promise<void> {
    const current = inHand.get(runId)
    if (!current) return take(runId, new RunDriver(runId, options))
    current.driver.bell.ring()
    await current.done
    // It may have looked for the last time just before the bell.
    if (current.driver.bell.rung) await advance(runId)
  }

  /** When it fails, the run is looked at again soon, and not only when its lease is over. */
  function inBackground(runId: RunId, work: Promise<void>): void {
    const told = (error: unknown) =>
      ports.log.warn({ err: error, runId }, 'run not carried on: it will be')
    const again = async () => {
      await ports.clock.sleep(RETRY_MS, closing.signal)
      await advance(runId)
    }
    work.catch((error) => {
      told(error)
      again().catch((cause) => closing.signal.aborted || told(cause))
    })
  }

  return {
    inBackground,
    has: (runId) => inHand.has(runId),
    keep,
    advance,

    async takeWhenFree(runId, more) {
      for (let other = inHand.get(runId); other; other = inHand.get(runId)) {
        await other.done.catch(() => undefined)
      }
      await take(runId, new RunDriver(runId, { ...options, ...more }))
    },

    async offer(runId, tenant, result) {
      const current = inHand.get(runId)
      if (current) return current.driver.isOf(tenant) && current.driver.offers.add(result)
      const session = memory.take(runId)
      if (!session || isHeld(session)) return false
      const driver = new RunDriver(runId, options, session)
      const taken = driver.isOf(tenant) && driver.offers.add(result)
      inBackground(runId, take(runId, driver))
      return taken
    },

    async close() {
      closing.abort()
      await Promise.allSettled([...inHand.values()].map(({ done }) => done))
    },
  }
}
