import type { RunEvent, RunId } from '@dure/contracts'
import { absentRun, evolve, fromSnapshot, toSnapshot } from '@dure/engine'
import type { Database, RunRecord } from '../database.ts'

/** Snapshots may be deleted at any time: from the events alone comes the same state. */
export function snapshotProblems({ runs }: Database): string[] {
  return [...runs].flatMap(([runId, record]) => {
    const { snapshot, events } = record
    if (!snapshot) return []
    const folded = canonical(stateAfter(events.slice(0, snapshot.version)))
    const cached = canonical(toSnapshot(fromSnapshot(JSON.parse(snapshot.state))))
    return folded === cached ? [] : [difference(runId, snapshot.version, { folded, cached })]
  })
}

/** Any moment is a good one to go on from: a snapshot, and the events that follow it. */
export function foldProblems({ runs }: Database, at: (events: number) => number): string[] {
  return [...runs].flatMap(([runId, record]) => {
    const version = at(record.events.length)
    const whole = canonical(stateAfter(record.events))
    const halves = canonical(stateAfter(record.events, version))
    return whole === halves ? [] : [difference(runId, version, { folded: whole, cached: halves })]
  })
}

/** A state as it is stored; on the way, it may have been stored once before. */
export function stateAfter(events: RunRecord['events'], snapshotAt = 0): unknown {
  let state = absentRun()
  for (const [index, event] of events.entries()) {
    if (index === snapshotAt && index > 0) {
      state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state))))
    }
    evolve(state, JSON.parse(event) as RunEvent)
  }
  return toSnapshot(state)
}

/** The order in which a state came by its fields says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function difference(
  runId: RunId,
  version: number,
  { folded, cached }: { readonly folded: string; readonly cached: string },
): string {
  let at = 0
  while (at < folded.length && folded[at] === cached[at]) at += 1
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `${runId.slice(-6)} at ${version}: events give …${around(folded)}…, not …${around(cached)}…`
}
