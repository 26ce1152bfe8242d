import { commitsOf } from '@dure/engine'
import type { RunEventView } from '../../runs/run-row.ts'

/** What happened in one commit, and the version at which a fork goes on from it. */
export interface Checkpoint {
  readonly version: number
  readonly at: Date
  readonly events: readonly { readonly type: string; readonly path: string | null }[]
  /** How many more there are that are not told. */
  readonly more: number
}

const MAX_EVENTS = 50

export function checkpointsOf(history: readonly RunEventView[]): Checkpoint[] {
  return commitsOf(history).flatMap((commit) => {
    const last = commit.at(-1)
    if (!last) return []
    const events = commit.slice(0, MAX_EVENTS).map(({ event }) => ({
      type: event.type,
      path: pathIn(event),
    }))
    return [
      { version: last.version, at: last.at, events, more: Math.max(0, commit.length - MAX_EVENTS) },
    ]
  })
}

function pathIn(event: RunEventView['event']): string | null {
  if ('path' in event && event.path !== undefined) return event.path
  return 'nodeId' in event ? (event.nodeId ?? null) : null
}
