import type { RunId } from '@dure/contracts'
import type { InboxCommand, RunIdentity } from '@dure/engine'
import type { Fleet } from './fleet.ts'
import type { World } from './world.ts'

/** Asks things of runs, again and again under the same id until somebody says that it is stored. */
export interface Asking {
  ask(run: RunIdentity, command: InboxCommand, delayMs: number): void
  /** What was said to be stored, and of which run. */
  readonly acknowledged: ReadonlyMap<string, RunId>
  readonly asked: number
}

/** After that, nobody waits for an answer any more. */
const ANSWER_MS = 20_000

export function createAsking(world: World, fleet: () => Fleet): Asking {
  const { random, scheduler } = world
  const acknowledged = new Map<string, RunId>()
  let asked = 0

  function attempt(id: string, run: RunIdentity, command: InboxCommand) {
    if (acknowledged.has(id)) return
    let settled = false
    const again = () => {
      if (settled || acknowledged.has(id)) return
      settled = true
      scheduler.in(random.int(50, 2000), () => attempt(id, run, command))
    }
    scheduler.in(ANSWER_MS, again)
    fleet().inSome(async ({ orchestrator }) => {
      await orchestrator.command(run.id, run.tenant, { id, command })
      acknowledged.set(id, run.id)
    }, again)
  }

  return {
    acknowledged,
    get asked() {
      return asked
    },
    ask(run, command, delayMs) {
      asked += 1
      const id = `ask-${asked}`
      const copies = random.chance(0.15) ? 2 : 1
      for (let copy = 0; copy < copies; copy++) {
        scheduler.in(delayMs + copy * random.int(0, 500), () => attempt(id, run, command))
      }
    },
  }
}
