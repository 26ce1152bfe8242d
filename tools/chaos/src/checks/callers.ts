import type { Followed } from '../follower.ts'
import type { AckedRun } from '../workload.ts'
import { ENDS, type History, type Violation } from './history.ts'

/** What callers were promised: an acknowledged run exists, and ends. */
export function checkAcked(
  acked: readonly AckedRun[],
  runs: ReadonlyMap<string, History>,
): Violation[] {
  return acked.flatMap(({ runId, marker }): Violation[] => {
    const run = runs.get(runId)
    if (!run) return [{ kind: 'lost', runId, what: `${marker} was acknowledged, and is not there` }]
    if (run.marker !== marker) {
      return [{ kind: 'illegal', runId, what: `${marker} was answered with ${run.marker}` }]
    }
    return []
  })
}

/** Every run that is there has ended, and left nothing behind. */
export function checkEnded(runs: Iterable<History>): Violation[] {
  return [...runs].flatMap(({ runId, marker, status, openTasks, openCommands }): Violation[] => {
    if (!ENDS.has(status)) return [{ kind: 'lost', runId, what: `${marker} is still ${status}` }]
    const what = `${marker} has ended with ${openTasks} open tasks, ${openCommands} open commands`
    return openTasks + openCommands > 0 ? [{ kind: 'illegal', runId, what }] : []
  })
}

/** Whoever follows a run sees each event once, in order, over any number of connections. */
export function checkFollowed(
  followed: readonly Followed[],
  runs: ReadonlyMap<string, History>,
): Violation[] {
  return followed.flatMap(({ runId, ids, types, connections }): Violation[] => {
    const events = runs.get(runId)?.events ?? []
    const wrong = ids.findIndex((id, index) => id !== index + 1)
    const over = `over ${connections} connections`
    const illegal = (what: string): Violation[] => [{ kind: 'illegal', runId, what }]
    if (wrong !== -1) return illegal(`a reader saw ${ids[wrong]} as event ${wrong + 1} ${over}`)
    // Whoever saw it fail has gone, and does not see that it was retried.
    const last = events[ids.length - 1]
    const left = last?.type === 'run.failed' && events[ids.length]?.type === 'run.retried'
    if (ids.length !== events.length && !left) {
      return illegal(`a reader saw ${ids.length} of ${events.length} events ${over}`)
    }
    const other = types.findIndex((type, index) => type !== events[index]?.type)
    return other === -1 ? [] : illegal(`a reader saw ${types[other]} as event ${other + 1}`)
  })
}

/** Analytics, which learns of everything by messages, knows the same runs with the same ends. */
export function checkAnalytics(
  runs: ReadonlyMap<string, History>,
  facts: ReadonlyMap<string, string>,
): Violation[] {
  const wrong = [...runs.values()].flatMap(({ runId, status }): Violation[] => {
    const known = facts.get(runId)
    const what = `analytics says ${known ?? 'nothing'} of a run that is ${status}`
    return known === status ? [] : [{ kind: 'illegal', runId, what }]
  })
  const invented = [...facts.keys()].filter((runId) => !runs.has(runId))
  return [
    ...wrong,
    ...invented.map((runId): Violation => {
      return { kind: 'illegal', runId, what: 'analytics knows a run that is not there' }
    }),
  ]
}
