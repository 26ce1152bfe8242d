import type { RunEvent, RunId } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { type ForkPatch, forkHistory } from './fork.ts'
import { branching, isOdd, items, joining, mapping, nesting } from './testing/graphs.ts'
import { fails, flaky, type PlayedOut, playOut, succeeds, type World } from './testing/play-out.ts'

const from = { runId: `run_${'1'.repeat(32)}` as RunId }
const started = { startedBy: 'key_fork', startedAt: 5_000_000, deadlineAt: 31_600_000_000 }

function forkOf({ plan, history }: PlayedOut, version: number, patch: ForkPatch = {}): RunEvent[] {
  const events = history.slice(0, version).map(({ event }) => event)
  return forkHistory({ plan, events, from: { ...from, version }, started, patch })
}

describe.each<[string, unknown, (path: string) => boolean]>([
  ['a run with branches', branching, () => false],
  ['a run whose last node fails', branching, (path) => path === 'b'],
  ['a map', mapping('fail'), () => false],
  ['a map that collects failures', mapping('collect'), isOdd],
  ['a map that fails', mapping('fail'), isOdd],
  ['a map whose failure is handled', mapping('fail', { onError: 'branch' }), isOdd],
  ['containers in containers', nesting, (path) => /again\[1\].*each\[1\]\/x/.test(path)],
  ['a join that counts failures', joining({ mode: 'settled' }), (path) => path === 'b'],
  ['a join that fails', joining({ mode: 'all' }), (path) => path === 'b'],
])('a fork of %s', (_, graph, broken) => {
  test('ends as the run did, whatever its checkpoint', () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const run = playOut(graph, flaky(seed, broken), { input: items })
      expect(['completed', 'failed']).toContain(run.state.phase)
      for (let version = 1; version <= run.history.length; version += 1) {
        const history = forkOf(run, version)
        const fork = playOut(graph, flaky(seed + version, broken), { history })
        expect([seed, version, fork.state.phase]).toEqual([seed, version, run.state.phase])
        expect([seed, version, fork.state.output]).toEqual([seed, version, run.state.output])
      }
    }
  })

  test('executes nothing again that had a result', () => {
    const run = playOut(graph, flaky(3, broken), { input: items })
    const version = Math.floor(run.history.length / 2)
    const inherited = forkOf(run, version)
    const fork = playOut(graph, flaky(4, broken), { history: inherited })
    const before = inherited.flatMap((event) =>
      event.type === 'node.completed' ? [event.path ?? event.nodeId] : [],
    )
    const executed = fork.history
      .map(({ event }) => event)
      .flatMap((event) => (event.type === 'node.scheduled' ? [event.path ?? event.nodeId] : []))
    expect(executed.filter((path) => before.includes(path as never))).toEqual([])
  })

  test('of a fork is one as well', () => {
    const run = playOut(graph, flaky(5, broken), { input: items })
    const fork = playOut(graph, flaky(6, broken), { history: forkOf(run, 4) })
    for (let version = 1; version <= fork.history.length; version += 1) {
      const again = playOut(graph, flaky(version, broken), { history: forkOf(fork, version) })
      expect(again.state.output).toEqual(run.state.output)
    }
  })
})

describe('a fork of a run that failed and was retried', () => {
  test.each(['fail', 'collect'])('ends as the run did: %s', (onItemError) => {
    const graph = mapping(onItemError)
    let broken = true
    const mended: World = {
      seed: 2,
      outcomeOf: (path) =>
        broken && (isOdd(path) || path === 'after')
          ? fails('x.broken', { class: 'rejected' })
          : succeeds(path),
      say(state) {
        if (state.phase !== 'failed' || !broken) return []
        broken = false
        return [{ type: 'run.retry', by: 'key_a' }]
      },
    }
    const run = playOut(graph, mended, { input: items })
    expect(run.history.map(({ event }) => event.type)).toContain('run.retried')
    expect(run.state.phase).toBe('completed')
    const retriedAt = run.history.findIndex(({ event }) => event.type === 'run.retried')
    for (let version = retriedAt + 1; version <= run.history.length; version += 1) {
      const fork = playOut(graph, { seed: version }, { history: forkOf(run, version) })
      expect([version, fork.state.output]).toEqual([version, run.state.output])
    }
  })
})

describe('a patch', () => {
  const run = playOut(branching, { seed: 1 })
  const versionOf = (path: string) =>
    run.history.find(({ event }) => event.type === 'node.completed' && event.nodeId === path)
      ?.version ?? 0

  test('of data is what the nodes after it see', () => {
    const history = forkOf(run, versionOf('a'), { nodes: { a: { n: 9 } } })
    const fork = playOut(branching, { seed: 1 }, { history })
    expect(fork.state.output).toMatchObject({ big: 'big 9', count: 9 })
    expect(run.state.output).not.toMatchObject({ count: 9 })
  })

  test('of the input is what everything after the checkpoint sees', () => {
    const history = forkOf(playOut(mapping('fail'), { seed: 1 }, { input: items }), 1, {
      input: { items: ['only'] },
    })
    const fork = playOut(mapping('fail'), { seed: 1 }, { history })
    expect(fork.state.output).toMatchObject({ each: { results: [expect.anything()] } })
  })

  test('of a variable wins over what nodes had set by then', () => {
    const history = forkOf(run, versionOf('count'), { vars: { count: 77 } })
    expect(playOut(branching, { seed: 1 }, { history }).state.output).toMatchObject({ count: 77 })
  })

  test('of a node that has not completed is refused, with its place', () => {
    expect(() => forkOf(run, 1, { nodes: { 'each[0]/a': 1 } })).toThrow(
      expect.objectContaining({
        code: 'fork.node-not-completed',
        fields: [expect.objectContaining({ pointer: '#/patch/nodes/each[0]~1a' })],
      }),
    )
  })
})

test('a fork says where it comes from, costs nothing again, and has no parent', () => {
  const run = playOut(branching, { seed: 1 })
  expect(run.state.costMicroUsd).toBeGreaterThan(0)
  const history = forkOf(run, run.history.length)
  expect(history[0]).toMatchObject({
    type: 'run.started',
    startedBy: 'key_fork',
    startedAt: 5_000_000,
    forkedFrom: { ...from, version: run.history.length },
  })
  const fork = playOut(branching, { seed: 1 }, { history })
  expect(fork.state).toMatchObject({ phase: 'completed', costMicroUsd: 0, parent: null })
})

test('a run that has not started cannot be forked', () => {
  expect(() =>
    forkHistory({
      plan: playOut(branching, { seed: 1 }).plan,
      events: [],
      from: { ...from, version: 1 },
      started,
      patch: {},
    }),
  ).toThrow(expect.objectContaining({ code: 'fork.not-started' }))
})
