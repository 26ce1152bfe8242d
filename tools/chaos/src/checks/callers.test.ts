import { expect, test } from 'vitest'
import type { Followed } from '../follower.ts'
import { checkAcked, checkAnalytics, checkEnded, checkFollowed } from './callers.ts'
import type { History } from './history.ts'
import { history } from './testing/history.ts'

const acked = { runId: 'run_1', marker: 'sequence-1', shape: 'sequence', ackedAt: 0 }
const runsOf = (...runs: History[]) => new Map(runs.map((run) => [run.runId, run]))

test('a run that was acknowledged has to be there, and to be that of the caller', () => {
  expect(checkAcked([acked], runsOf(history()))).toEqual([])
  expect(checkAcked([acked], runsOf())).toMatchObject([{ kind: 'lost' }])
  expect(checkAcked([acked], runsOf(history({ marker: 'fan-2' })))).toMatchObject([
    { kind: 'illegal' },
  ])
})

test('a run has to end, and to leave nothing behind', () => {
  expect(checkEnded([history()])).toEqual([])
  expect(checkEnded([history({ status: 'running' })])).toMatchObject([{ kind: 'lost' }])
  expect(checkEnded([history({ openTasks: 1 })])).toMatchObject([{ kind: 'illegal' }])
  expect(checkEnded([history({ openCommands: 1 })])).toMatchObject([{ kind: 'illegal' }])
})

test.each<[string, Partial<Followed>, number]>([
  ['each event once', {}, 0],
  ['an event twice', { ids: [1, 1, 2] }, 1],
  ['not every event', { ids: [2] }, 1],
  ['no end', { ids: [1], types: ['run.started'] }, 1],
  ['another event', { types: ['run.started', 'run.failed'] }, 1],
])('a reader who saw %s', (_what, more, problems) => {
  const types = ['run.started', 'run.completed']
  const run = history({ events: types.map((type) => ({ type })) })
  const seen = { runId: 'run_1', ids: [1, 2], types, connections: 2, ...more }
  expect(checkFollowed([seen], runsOf(run))).toHaveLength(problems)
})

test('a reader who saw a run fail has seen all, though it is retried later', () => {
  const types = ['run.started', 'run.failed', 'run.retried', 'run.completed']
  const run = history({ events: types.map((type) => ({ type })) })
  const seen = { runId: 'run_1', ids: [1, 2], types: types.slice(0, 2), connections: 1 }
  expect(checkFollowed([seen], runsOf(run))).toEqual([])
  expect(checkFollowed([{ ...seen, ids: [1] }], runsOf(run))).toHaveLength(1)
})

test('analytics has to know the same runs with the same ends', () => {
  const runs = runsOf(history())
  expect(checkAnalytics(runs, new Map([['run_1', 'completed']]))).toEqual([])
  expect(checkAnalytics(runs, new Map([['run_1', 'running']]))).toHaveLength(1)
  expect(checkAnalytics(runs, new Map())).toHaveLength(1)
  expect(
    checkAnalytics(runs, new Map([...runs.keys(), 'run_2'].map((id) => [id, 'completed']))),
  ).toHaveLength(1)
})
