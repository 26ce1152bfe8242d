import type { RunEvent, RunId } from '@dure/contracts'
import type { RunChange, RunIdentity } from '@dure/engine'
import { createAsking } from './asking.ts'
import type { RunModel } from './check/model.ts'
import { ENDED } from './database.ts'
import type { Fleet } from './fleet.ts'
import { createReactions } from './reactions.ts'
import type { World } from './world.ts'

/** Those who ask something of runs from outside, at any time and sometimes twice. */
export interface People {
  /** Something was committed that they may react to. */
  saw(change: RunChange): void
  /** At the end: whatever still waits for somebody gets it. */
  settle(models: ReadonlyMap<RunId, RunModel>): void
  /** Commands of which they were told that they are stored. */
  readonly acknowledged: ReadonlyMap<string, RunId>
  isDone(): boolean
}

const MAX_RETRIES = 2

export function createPeople(world: World, fleet: () => Fleet): People {
  const { random, database } = world
  const asking = createAsking(world, fleet)
  const reactions = createReactions(world, asking)
  const retries = new Map<RunId, number>()

  function react(run: RunIdentity, event: RunEvent): void {
    if (event.type === 'run.started') reactions.atRandom(run)
    if (event.type === 'run.paused') reactions.resume(run, reactions.soon())
    if (event.type === 'run.failed') retrySometimes(run)
    if (event.type === 'node.scheduled' && event.kind === 'event' && random.chance(0.6)) {
      reactions.deliver(run, event)
    }
    if (event.type === 'approval.requested') {
      for (let times = random.int(0, 3); times > 0; times--) {
        reactions.decide(run, event, reactions.soon())
      }
    }
    if (event.type === 'node.needs-review' && random.chance(0.7)) {
      reactions.resolve(run, event, reactions.soon())
    }
  }

  function retrySometimes(run: RunIdentity): void {
    const before = retries.get(run.id) ?? 0
    if (before >= MAX_RETRIES || !random.chance(0.4)) return
    retries.set(run.id, before + 1)
    reactions.retry(run)
  }

  function settleOne(run: RunIdentity, { phase, outstanding }: RunModel): void {
    if (phase === 'paused') reactions.resume(run, 0)
    for (const [nodeId, { kind, status }] of outstanding) {
      if (status === 'review') reactions.resolve(run, { nodeId }, 0)
      else if (kind === 'approval') reactions.decide(run, { nodeId }, 0)
      else if (kind === 'event') {
        asking.ask(run, { type: 'run.deliver-event', path: nodeId, payload: { number: 0 } }, 0)
      }
    }
  }

  return {
    acknowledged: asking.acknowledged,
    isDone: () => asking.acknowledged.size === asking.asked,
    saw({ run, events }) {
      if (world.isHealed()) return
      for (const event of events) react(run, event)
    },
    settle(models) {
      for (const [runId, model] of models) {
        const record = database.runs.get(runId)
        if (record && !ENDED.has(record.status)) settleOne(record.run, model)
      }
    },
  }
}
