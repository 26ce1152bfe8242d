import type { NodeId, RunEvent, TaskError } from '@dure/contracts'
import { expect, test } from 'vitest'
import { deadLettersOf } from './dead-letter.ts'

const errorOf = (more: Partial<TaskError>): TaskError => ({ code: 'a.b', message: 'No', ...more })

function failed(path: string, error: Partial<TaskError>, more: object = {}): RunEvent {
  const nodeId = path.slice(path.lastIndexOf('/') + 1) as NodeId
  const named = path === nodeId ? { nodeId } : { nodeId, path }
  return {
    type: 'node.failed',
    ...named,
    nodeType: 'llm',
    error: errorOf(error),
    attempt: 2,
    ...more,
  }
}

const pathsOf = (...events: RunEvent[]) => deadLettersOf(events).map(({ path }) => path)

test.each<[string, Partial<TaskError>]>([
  ['broke', { class: 'internal' }],
  ['was interrupted', { class: 'interrupted' }],
  ['failed before there were classes', {}],
  ['was given up', { code: 'task.gave-up', class: 'unavailable' }],
  ['met a bug', { code: 'task.bug', class: 'rejected' }],
])('a node that %s is a dead letter', (_what, error) => {
  expect(deadLettersOf([failed('each[3]/ask', error)])).toEqual([
    { path: 'each[3]/ask', attempt: 2, nodeType: 'llm', error: errorOf(error) },
  ])
})

test('what the data or the other side refuse is none', () => {
  for (const one of ['invalid', 'rejected', 'unavailable', 'timeout', 'rate-limited'] as const)
    expect(pathsOf(failed('ask', { class: one }))).toEqual([])
})

test('what the workflow deals with is none', () => {
  for (const handled of ['branch', 'default', 'join'])
    expect(pathsOf(failed('ask', { class: 'internal' }, { handled }))).toEqual([])
})

test('of what fails together, the innermost counts', () => {
  const error = { class: 'internal' } as const
  const join = failed('all', { class: 'internal', code: 'join.not-enough' })
  expect(
    pathsOf(failed('a[0]/b[1]/x', error), failed('a[0]/b', error), failed('a', error), join),
  ).toEqual(['a[0]/b[1]/x'])
  expect(pathsOf(failed('ab[0]/x', error), failed('a', error))).toEqual(['ab[0]/x', 'a'])
})

test('a run with too long a history is one', () => {
  const error = errorOf({ code: 'run.history-too-long', class: 'invalid' })
  expect(deadLettersOf([{ type: 'run.failed', error }])).toEqual([
    { path: null, attempt: 0, nodeType: null, error },
  ])
  expect(pathsOf({ type: 'run.failed', error: errorOf({ class: 'internal' }) })).toEqual([])
})
