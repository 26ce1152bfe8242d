import type { RunEvent } from '@dure/contracts'
import type { InboxCommand, NewTask, RunChange } from '@dure/engine'
import { ENDED, type RunRecord } from '../database.ts'
import { isOver, type RunModel } from './model.ts'

/** What is wrong with a change as a whole, after its events were added to the model. */
export function changeProblems(
  model: RunModel,
  change: RunChange,
  record: RunRecord | undefined,
): string[] {
  if (!record) return ['a change of a run that is not there']
  return [
    ...statusProblems(model, change, record),
    ...taskProblems(model, change),
    ...timerProblems(model, change),
    ...commandProblems(change, record),
  ]
}

function statusProblems(model: RunModel, change: RunChange, record: RunRecord): string[] {
  const problems = []
  if (change.status !== model.phase) problems.push(`row ${change.status}, events ${model.phase}`)
  if (record.events.length !== model.version) {
    problems.push(`${record.events.length} events stored, ${model.version} seen`)
  }
  if (ENDED.has(change.status)) {
    for (const [path, { state }] of record.tasks) {
      if (state === 'open') problems.push(`${path} is left open by the end of its run`)
    }
    if (change.lease) problems.push('a run that has ended is held')
  }
  const inPlace = [...model.outstanding].find(
    ([, { kind, status }]) => kind === 'in-place' && status === 'started',
  )
  if (inPlace && !change.lease)
    problems.push(`${inPlace[0]} executes in place, and nobody holds it`)
  return problems
}

/** Each node that waits for somebody has its row, and each row its node. */
function taskProblems(model: RunModel, { events, tasks, status }: RunChange): string[] {
  const name = ({ path, attempt }: Pick<NewTask, 'path' | 'attempt'>) => `${path}#${attempt}`
  const asked = new Set(
    events.flatMap((event) => {
      if (event.type !== 'node.scheduled' || event.kind === 'timer') return []
      const path = event.path ?? event.nodeId
      const still = model.outstanding.get(path)
      const open = still?.status === 'scheduled' && still.attempt === event.attempt
      return open ? [name({ path, attempt: event.attempt })] : []
    }),
  )
  const stored = new Set(tasks.map(name))
  const problems = []
  if (status !== 'running' && tasks.length > 0) problems.push(`tasks of a run that is ${status}`)
  for (const task of stored) if (!asked.has(task)) problems.push(`${task} has a row and no event`)
  for (const task of asked) if (!stored.has(task)) problems.push(`${task} has an event and no row`)
  return problems
}

/** Whatever goes on by itself must be looked at in time. */
function timerProblems(model: RunModel, { wakeAt, status }: RunChange): string[] {
  if (isOver(model) || status === 'paused' || status === 'queued') return []
  const due = [...model.outstanding].flatMap(([path, { dueAt }]) =>
    dueAt === undefined ? [] : [{ path, dueAt }],
  )
  if (model.deadlineAt !== undefined) due.push({ path: 'the run', dueAt: model.deadlineAt })
  return due
    .filter(({ dueAt }) => wakeAt === null || wakeAt > dueAt)
    .map(({ path, dueAt }) => `${path} is due at ${dueAt}, and the run is woken at ${wakeAt}`)
}

/** What a command leads to, when it is taken in by a run that is in the right state for it. */
const FACTS: Partial<Record<InboxCommand['type'], RunEvent['type']>> = {
  'run.signal': 'run.signalled',
  'run.cancel': 'run.cancelled',
}

function commandProblems({ consumed, events, status }: RunChange, { inbox }: RunRecord): string[] {
  const types = consumed.map((id) => inbox.find(({ item }) => item.id === id)?.item.command.type)
  const isRetried = events.some(({ type }) => type === 'run.retried')
  const isCancelled = events.some(({ type }) => type === 'run.cancelled')
  if (isCancelled && !types.includes('run.cancel'))
    return ['run.cancelled, and nobody has asked for it']
  return consumed.flatMap((id) => {
    const command = inbox.find(({ item }) => item.id === id)?.item.command
    if (!command) return [`${id} is taken in, and was not there`]
    const fact = FACTS[command.type]
    // Before a retry, the run had ended: what came then says nothing to it.
    const expected = fact !== undefined && !ENDED.has(status) && !isRetried
    return !expected || events.some(({ type }) => type === fact)
      ? []
      : [`${id} is taken in, and ${fact} is not among the events`]
  })
}
