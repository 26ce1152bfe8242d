import type { RunEvent, RunId } from '@dure/contracts'
import { type Database, ENDED } from '../database.ts'
import type { Effects } from '../effects.ts'
import type { Outline } from './outline.ts'

type History = readonly RunEvent[]

/** What was done to the world outside, held against what the histories say. */
export function effectProblems(
  { runs }: Database,
  effects: Effects,
  outlineOf: (versionId: string) => Outline,
): string[] {
  return [...effects.all].flatMap(([key, done]) => {
    const slash = key.indexOf('/')
    const record = runs.get(key.slice(0, slash) as RunId)
    const path = key.slice(slash + 1)
    if (!record) return [`${key} has had an effect, and its run is not there`]
    const history = record.events.map((event) => JSON.parse(event) as RunEvent)
    const begun = attemptsOf(history, path)
    const unknown = done.filter(({ attempt }) => !begun.has(attempt))
    const problems = unknown.map(({ attempt }) => `${key}#${attempt} was never begun`)
    const node = outlineOf(record.run.versionId).get(path.slice(path.lastIndexOf('/') + 1))?.node
    const writes = done.filter(({ isWrite }) => isWrite).length
    // An event that is told twice under one id is one event.
    const isRepeatable = node?.config.idempotent === true || node?.type === 'emit_event'
    const policy = node?.policy?.onUnknownOutcome
    if (isRepeatable || policy === 'retry') return problems
    const allowed = 1 + saidToRepeat(history, path)
    if (writes > allowed) {
      problems.push(`${key} was written ${writes} times, and only ${allowed} were asked for`)
    }
    return problems
  })
}

function attemptsOf(history: History, path: string): ReadonlySet<number> {
  return new Set(
    history.flatMap((event) => {
      const begins = event.type === 'node.scheduled' || event.type === 'node.started'
      return begins && (event.path ?? event.nodeId) === path ? [event.attempt] : []
    }),
  )
}

/** How often somebody has said that it be done again, knowing that it may have been done. */
function saidToRepeat(history: History, path: string): number {
  return history.filter((event) => {
    if (event.type === 'run.retried') return true
    if (event.type !== 'node.reviewed') return false
    return (event.path ?? event.nodeId) === path && event.resolution === 'retry'
  }).length
}

/** Whatever a run began is over when the run is, and was told to whoever waited for it. */
export function endProblems({ runs }: Database): string[] {
  return [...runs.values()].flatMap((record) => {
    const { run, status, lease, tasks, inbox } = record
    const name = run.id.slice(-6)
    if (!ENDED.has(status)) {
      const waits = [...tasks].filter(([, { state }]) => state === 'open')
      const rows = waits.map(([path, { task }]) => `${path} (${task.kind})`).join(', ')
      return [`${name} has not ended: it is ${status}, with open tasks: ${rows || 'none'}`]
    }
    const problems = []
    if (lease) problems.push(`${name} has ended and is held by ${lease.owner}`)
    for (const [path, { state }] of tasks) {
      if (state === 'open' || state === 'answered') {
        problems.push(`${name} has ended, and its task ${path} is ${state}`)
      }
    }
    for (const { item, consumed } of inbox) {
      if (!consumed) problems.push(`${name}: the command ${item.id} was never taken in`)
    }
    return problems
  })
}

/** A parent has exactly what its child has come to. */
export function childProblems({ runs }: Database): string[] {
  return [...runs.values()].flatMap(({ run, status, output }) => {
    const parent = run.parent && runs.get(run.parent.runId)
    if (!run.parent || !parent || status !== 'completed') return []
    const { path, attempt } = run.parent
    const told = parent.events
      .map((event) => JSON.parse(event) as RunEvent)
      .find(
        (event) =>
          event.type === 'node.completed' &&
          (event.path ?? event.nodeId) === path &&
          (event.attempt === undefined || event.attempt === attempt),
      )
    if (told?.type !== 'node.completed') return []
    return JSON.stringify(told.data) === (output ?? 'null')
      ? []
      : [`${run.id.slice(-6)} came to ${output}, and its parent has ${JSON.stringify(told.data)}`]
  })
}
