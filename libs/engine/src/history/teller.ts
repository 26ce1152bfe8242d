import type { RunEvent } from '@dure/contracts'
import type { RunCommand } from '../run/command.ts'
import { begin, decide } from '../run/decide.ts'
import type { Decision, DecisionContext } from '../run/decision.ts'
import { pathOf } from '../run/evolve.ts'
import { absentRun } from '../run/state.ts'
import type { Feed, Replaying } from './feed.ts'
import { postpone } from './timeless.ts'

export interface Teller extends Replaying {
  readonly events: readonly RunEvent[]
  /** Decides on all of them at once. @returns the nodes that have begun something with it */
  tell(feeds: readonly Feed[]): string[]
}

/** Makes the decisions of a replay, and keeps what they came to. */
export function createTeller(context: DecisionContext): Teller {
  const state = absentRun()
  const events: RunEvent[] = []
  const evaluations: Teller['evaluations'] = new Map()

  function follow(decision: Decision): string[] {
    const touched: string[] = []
    for (let made = decision; ; made = decide(context, state, [], { cold: true })) {
      events.push(...made.events)
      for (const { path, work } of made.inPlace) {
        if ('evaluation' in work) evaluations.set(path, work.evaluation)
      }
      for (const event of made.events) if (isBegun(event)) touched.push(pathOf(event))
      if (!made.isRunning || made.dirty.size === 0 || made.missing.size > 0) break
    }
    postpone(state)
    return touched
  }

  function decideOn(feeds: readonly Feed[]): string[] {
    const commands = feeds.flatMap(({ command }) => command ?? [])
    const timers = feeds.flatMap(({ timer }) => timer ?? [])
    for (const { path, dueAt } of timers) state.timers.set(path, dueAt)
    const wake: RunCommand[] = timers.length > 0 ? [{ type: 'run.wake' }] : []
    if (commands.length + wake.length === 0) return []
    const now = Math.max(0, ...timers.map(({ dueAt }) => dueAt))
    return follow(decide({ ...context, now }, state, [...commands, ...wake]))
  }

  return {
    ...{ state, context, events, evaluations },
    tell(feeds) {
      const touched = decideOn(feeds)
      const given = feeds.flatMap((feed) => feed.given ?? [])
      return given.length > 0 ? [...touched, ...follow(begin(context, state, given))] : touched
    },
  }
}

function isBegun(event: RunEvent): event is Extract<RunEvent, { type: 'node.scheduled' }> {
  return ['node.scheduled', 'node.started', 'node.retrying'].includes(event.type)
}
