import { expect, test } from 'vitest'
import { nodesOf } from './nodes.ts'
import { branching, isOdd, items, mapping } from './testing/graphs.ts'
import { fails, flaky, playOut, succeeds } from './testing/play-out.ts'

test('the nodes of a run are told in the order in which they were reached', () => {
  const run = playOut(branching, flaky(1))
  const nodes = nodesOf(run.history)
  expect(nodes.map(({ path }) => path).slice(0, 3)).toEqual(['start', 'a', 'is_big'])
  const skipped = nodes.find(({ status }) => status === 'skipped')
  expect(skipped?.path).toMatch(/^(big|small)$/)
  expect(nodes.find(({ path }) => path === 'a')).toMatchObject({
    ...{ type: 'echo', status: 'completed', port: 'out', durationMs: 5, costMicroUsd: 3 },
    data: { path: 'a' },
  })
  expect(nodes.find(({ path }) => path === 'rest')).toMatchObject({
    kind: 'timer',
    dueAt: undefined,
  })
})

test('an execution that failed counts, and its error is gone with a success', () => {
  const run = playOut(branching, {
    seed: 1,
    outcomeOf: (path, attempt) => (attempt < 3 && path === 'a' ? fails() : succeeds(path)),
  })
  const at = run.history.findIndex(({ event }) => event.type === 'node.retrying') + 1
  expect(nodesOf(run.history.slice(0, at)).at(-1)).toMatchObject({
    ...{ path: 'a', status: 'retrying', attempts: 1, error: { code: 'model.unavailable' } },
    dueAt: expect.any(Number),
  })
  expect(nodesOf(run.history).find(({ path }) => path === 'a')).toMatchObject({
    ...{ status: 'completed', attempts: 3, error: undefined },
  })
})

test('what was under way when its run failed is given up, until the run is retried', () => {
  const run = playOut(mapping('fail'), flaky(1, isOdd), { input: items })
  const nodes = nodesOf(run.history)
  expect(nodes.filter(({ endedAt }) => endedAt === null)).toEqual([])
  expect(nodes.find(({ path }) => path === 'each')).toMatchObject({
    status: 'failed',
    kind: 'body',
  })
  const retried = {
    version: run.history.length + 1,
    at: new Date(0),
    event: { type: 'run.retried', by: 'key_a', paths: ['each', 'each[1]/x'] },
  } as const
  const again = nodesOf([
    ...run.history,
    { ...retried, event: { ...retried.event, paths: [...retried.event.paths] } },
  ])
  expect(again.find(({ path }) => path === 'each')).toMatchObject({
    status: 'started',
    endedAt: null,
  })
})
