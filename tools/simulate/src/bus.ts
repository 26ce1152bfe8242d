import type { OutgoingMessage, RunId, TaskOutcome, Tenant } from '@dure/contracts'
import type { NewTask, RunIdentity } from '@dure/engine'
import type { World } from './world.ts'

/** What travels through Redis: never the only copy of anything. */
export type Message =
  | { readonly to: 'agent'; readonly message: OutgoingMessage }
  | {
      readonly to: 'workflow'
      readonly kind: 'result'
      readonly task: {
        readonly runId: RunId
        readonly tenant: Tenant
        readonly path: string
        readonly attempt: number
      }
      readonly outcome: TaskOutcome
    }
  | { readonly to: 'workflow'; readonly kind: 'advance' | 'start'; readonly runId: RunId }
  | {
      readonly to: 'workflow'
      readonly kind: 'start-child'
      readonly parent: RunIdentity
      readonly task: NewTask
    }
  | { readonly to: 'workflow'; readonly kind: 'child-ended'; readonly runId: RunId }
  | { readonly to: 'workflow'; readonly kind: 'cancel-child'; readonly runId: RunId }

export interface Bus {
  send(message: Message): void
}

/** Loses, doubles, delays and reorders; and forgets everything when it is wiped. */
export function createBus(world: World, deliver: (message: Message) => void): Bus {
  const { random, scheduler } = world
  const waiting = new Map<number, () => void>()
  let count = 0

  function enqueue(message: Message, delayMs: number) {
    count += 1
    const ticket = count
    const takeBack = scheduler.in(delayMs, () => {
      waiting.delete(ticket)
      deliver(message)
    })
    waiting.set(ticket, takeBack)
  }

  function wipe() {
    if (world.isHealed()) return
    if (world.strikes('wipe')) {
      world.trace(`Redis is wiped: ${waiting.size} messages gone`)
      for (const takeBack of waiting.values()) takeBack()
      waiting.clear()
    }
    scheduler.in(60_000, wipe)
  }

  if (world.faults().wipe > 0) scheduler.in(random.int(0, 60_000), wipe)
  return {
    send(message) {
      if (world.strikes('lostMessage')) return
      for (let copies = world.strikes('twice') ? random.int(2, 3) : 1; copies > 0; copies--) {
        const delayMs = world.strikes('delayed') ? random.int(100, 90_000) : random.int(0, 20)
        enqueue(message, delayMs)
      }
    },
  }
}
