import type { RunEvent, RunEventOf } from '@dure/contracts'
import type { InboxCommand, RunIdentity } from '@dure/engine'
import type { Asking } from './asking.ts'
import { EVENT_NAMES } from './generate/steps.ts'
import type { World } from './world.ts'

/** A node of a run, as an event names it. */
export interface OfNode {
  readonly nodeId: string
  readonly path?: string
}

/** What people do about one thing, each of it some time later. */
export interface Reactions {
  atRandom(run: RunIdentity): void
  resolve(run: RunIdentity, node: OfNode, delayMs: number): void
  decide(run: RunIdentity, node: OfNode, delayMs: number): void
  deliver(run: RunIdentity, event: RunEventOf<'node.scheduled'>): void
  resume(run: RunIdentity, delayMs: number): void
  retry(run: RunIdentity): void
  soon(): number
}

export function createReactions({ random, scheduler, database }: World, asking: Asking): Reactions {
  const by = () => `usr_${random.int(1, 3)}`
  const soon = () => random.pick([0, 50, 1000, 20_000, 90_000])
  const signal = (): InboxCommand => {
    const payload = { number: asking.asked }
    return { type: 'run.signal', name: random.pick(EVENT_NAMES), payload, by: by() }
  }

  /** The payload that they see when they decide, not the one of when they were asked. */
  function hashOf(run: RunIdentity, path: string): string {
    let hash = ''
    for (const json of database.runs.get(run.id)?.events ?? []) {
      if (!json.includes('"approval.')) continue
      const event = JSON.parse(json) as RunEvent
      const isOfIt = event.type === 'approval.requested' || event.type === 'approval.decided'
      if (isOfIt && (event.path ?? event.nodeId) === path) hash = event.hash ?? hash
    }
    return hash
  }

  function decision(run: RunIdentity, path: string): InboxCommand {
    const who = by()
    return {
      ...{ type: 'run.decide-approval', path, by: who, as: [`user:${who}`, 'role:managers'] },
      decision: random.chance(0.75) ? 'approve' : 'reject',
      hash: random.chance(0.05) ? 'something else' : hashOf(run, path),
      ...(random.chance(0.2) && { edit: { amount: 'less' } }),
    }
  }

  return {
    soon,
    atRandom(run) {
      const ask = asking.ask
      if (random.chance(0.08)) ask(run, { type: 'run.cancel', by: by() }, random.int(0, 120_000))
      if (random.chance(0.2)) ask(run, { type: 'run.pause', by: by() }, random.int(0, 60_000))
      if (random.chance(0.1)) ask(run, { type: 'run.resume', by: by() }, random.int(0, 90_000))
      if (random.chance(0.3)) ask(run, signal(), random.int(0, 60_000))
      if (random.chance(0.1)) ask(run, { type: 'run.retry', by: by() }, random.int(0, 60_000))
    },
    resolve(run, { nodeId, path = nodeId }, delayMs) {
      const resolution = random.pick(['succeeded', 'failed', 'retry'] as const)
      const output = { number: 1, body: { number: 1 } }
      asking.ask(run, { type: 'run.resolve-effect', path, resolution, output, by: by() }, delayMs)
    },
    decide(run, { nodeId, path = nodeId }, delayMs) {
      scheduler.in(delayMs, () => asking.ask(run, decision(run, path), 0))
    },
    deliver(run, { nodeId, path = nodeId }) {
      const deliver = {
        type: 'run.deliver-event',
        path,
        payload: { number: asking.asked },
      } as const
      asking.ask(run, random.chance(0.7) ? deliver : signal(), soon())
    },
    resume: (run, delayMs) => asking.ask(run, { type: 'run.resume', by: by() }, delayMs),
    retry: (run) => asking.ask(run, { type: 'run.retry', by: by() }, soon()),
  }
}
