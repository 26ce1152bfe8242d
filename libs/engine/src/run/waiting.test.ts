import { describe, expect, test } from 'vitest'
import { echo, edge, end, inARow, start } from '../testing/graphs.ts'
import { playGraph } from '../testing/play.ts'

describe('waiting', () => {
  test('for a moment', () => {
    const run = playGraph(inARow([{ id: 'd', type: 'delay', config: { ms: 500 } } as never]))
    expect(run.pass(499).state.phase).toBe('running')
    expect(run.pass(1).state.phase).toBe('completed')
  })

  test('for a signal, which may come early', () => {
    const wait = { id: 'w', type: 'wait_event', config: { name: 'paid', timeoutMs: 1000 } }
    const graph = inARow([echo('a'), wait as never], { w: '{{ nodes.w.data }}' })
    const early = playGraph(graph).send({
      type: 'run.signal',
      name: 'paid',
      payload: { n: 1 },
      by: 'k',
    })
    expect(early.succeed('a').state.output).toEqual({ w: { n: 1 } })
    const late = playGraph(graph).succeed('a')
    expect(late.tasks.map(({ kind }) => kind)).toEqual(['event'])
    expect(
      late.send({ type: 'run.signal', name: 'paid', payload: 2, by: 'k' }).state.output,
    ).toEqual({ w: 2 })
  })

  test('ends with the deadline of the run', () => {
    const run = playGraph(inARow([echo('a')])).pass(3_600_000)
    expect([run.state.phase, run.cancelled]).toEqual(['timed_out', ['a']])
  })
})

describe('an approval', () => {
  const config = {
    title: 'Refund',
    payload: { amount: '{{ input.amount }}' },
    assignees: [{ role: 'finance' }],
    quorum: 2,
    allowEdit: true,
    deadlineMs: 1000,
    escalate: [{ afterMs: 500, to: [{ role: 'boss' }] }],
  }
  const graph = {
    nodes: [
      start,
      { id: 'p', type: 'approval', config },
      end({ p: '{{ nodes.p.data.payload }}', d: '{{ nodes.p.data.decision }}' }),
    ],
    edges: [
      edge('start', 'p'),
      ...['approved', 'rejected', 'expired'].map((port) => edge('p', 'end', port)),
    ],
  }
  const hashOf = (run: ReturnType<typeof playGraph>) =>
    run.events.findLast(
      (event) => event.type === 'approval.requested' || event.type === 'approval.decided',
    ) as { hash: string }
  const vote = (run: ReturnType<typeof playGraph>, by: string, more: object = {}) =>
    run.send({
      type: 'run.decide-approval',
      path: 'p',
      decision: 'approve',
      by,
      as: ['role:finance'],
      hash: hashOf(run).hash,
      ...more,
    })

  test('needs its quorum, and counts nobody twice', () => {
    const run = playGraph(graph, { amount: 5 })
    vote(vote(run, 'ann'), 'ann')
    expect(run.state.phase).toBe('running')
    expect(vote(run, 'bob').state.output).toEqual({ p: { amount: 5 }, d: 'approved' })
  })

  test('is of what was seen: an edit makes earlier votes void', () => {
    const run = vote(playGraph(graph, { amount: 5 }), 'ann')
    const before = hashOf(run).hash
    vote(run, 'bob', { edit: { amount: 4 } })
    expect(run.state.phase).toBe('running')
    vote(run, 'cem', { hash: before })
    expect(run.state.phase).toBe('running')
    expect(vote(run, 'ann').state.output).toEqual({ p: { amount: 4 }, d: 'approved' })
  })

  test('is not for everybody, until it is escalated', () => {
    const run = playGraph(graph, { amount: 5 })
    vote(run, 'eve', { as: ['role:boss'], decision: 'reject' })
    expect(run.state.phase).toBe('running')
    run.pass(500)
    expect(run.story()).toContain('approval.escalated p')
    expect(vote(run, 'eve', { as: ['role:boss'], decision: 'reject' }).state.output).toMatchObject({
      d: 'rejected',
    })
  })

  test('expires', () => {
    expect(playGraph(graph, { amount: 5 }).pass(1000).pass(0).state.output).toMatchObject({
      d: 'expired',
    })
  })
})

describe('control', () => {
  test('pause starts nothing new, resume goes on', () => {
    const run = playGraph(inARow([echo('a'), echo('b')])).send({ type: 'run.pause', by: 'k' })
    expect(run.succeed('a').tasks).toEqual([])
    expect(run.send({ type: 'run.resume', by: 'k' }).tasks.map(({ path }) => path)).toEqual(['b'])
  })

  test('pause that arrives with a decision to retry starts nothing either', () => {
    const http = { id: 'a', type: 'http', config: { method: 'POST', url: 'https://x.example' } }
    const run = playGraph(inARow([http]))
    run.fail('a', 'effect.outcome-unknown', { class: 'unknown-outcome' })
    const again = { path: 'a', resolution: 'retry', by: 'k' } as const
    run.send({ type: 'run.resolve-effect', ...again }, { type: 'run.pause', by: 'k' })
    expect(run.tasks).toEqual([])
    run.send({ type: 'run.resume', by: 'k' }, { type: 'run.pause', by: 'k' })
    expect(run.tasks).toEqual([])
    expect(run.send({ type: 'run.resume', by: 'k' }).tasks).toMatchObject([{ attempt: 2 }])
  })

  test('cancel ends the run and reaches what is under way', () => {
    const run = playGraph(inARow([echo('a')])).send({ type: 'run.cancel', by: 'k' })
    expect([run.state.phase, run.cancelled]).toEqual(['cancelled', ['a']])
  })
})
