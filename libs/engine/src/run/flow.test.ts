import { describe, expect, test } from 'vitest'
import { echo, edge, end, inARow, start, template } from '../testing/graphs.ts'
import { playGraph } from '../testing/play.ts'

describe('nodes in a row', () => {
  test('that are pure are all of one decision', () => {
    const run = playGraph(
      inARow([template('a', '{{ input.x }}!'), template('b', '{{ nodes.a.data.text }}?')], {
        y: '{{ nodes.b.data.text }}',
      }),
      { x: 1 },
    )
    expect(run.state.phase).toBe('completed')
    expect(run.state.output).toEqual({ y: '1!?' })
  })

  test('with an effect wait for their results', () => {
    const run = playGraph(inARow([echo('a'), echo('b')]))
    expect(run.tasks.map(({ path }) => path)).toEqual(['a'])
    expect(run.succeed('a').tasks.map(({ path }) => path)).toEqual(['b'])
    expect(run.succeed('b').state.phase).toBe('completed')
  })

  test('that are declared to have an effect are commit points of their own', () => {
    const run = playGraph(
      inARow([template('a', 'x', { effect: 'read' }), template('b', 'y', { effect: 'read' })]),
    )
    const [work] = run.inPlace
    expect(work?.path).toBe('a')
    if (!work || !('evaluation' in work.work)) throw new Error('not evaluated')
    run.send({
      type: 'run.finish-in-place',
      path: 'a',
      attempt: 1,
      evaluation: work.work.evaluation,
    })
    expect(run.inPlace.map(({ path }) => path)).toEqual(['b'])
    run.send({ type: 'run.interrupt' })
    expect(run.inPlace.map(({ path, attempt }) => [path, attempt])).toEqual([['b', 2]])
  })

  test('are not interrupted before they begin', () => {
    const retry = { maxAttempts: 3, backoff: 'fixed', baseMs: 0, jitter: false }
    const run = playGraph(inARow([template('a', 'x', { effect: 'read', retry })]))
    const error = { code: 'node.timeout', class: 'timeout', message: 'Late' } as const
    run.send(
      { type: 'run.finish-task', path: 'a', attempt: 1, outcome: { status: 'failed', error } },
      { type: 'run.interrupt' },
    )
    expect(run.inPlace.map(({ path, attempt }) => [path, attempt])).toEqual([['a', 2]])
  })

  test('that ask somebody else by what they are told to do go on by the way that they are answered', () => {
    const rules = [{ check: 'moderation' }]
    const guard = { id: 'guard', type: 'guardrail', config: { text: 'Hi', rules } }
    const blocked = template('blocked', 'no')
    const graph = {
      nodes: [start, guard, blocked, end({ said: '{{ nodes.guard.data.text }}' })],
      edges: [
        edge('start', 'guard'),
        { from: 'guard', port: 'block', to: 'blocked' },
        { from: 'guard', port: 'pass', to: 'end' },
        edge('blocked', 'end'),
      ],
    }
    const play = () => playGraph(graph)
    expect(play().tasks.map(({ path }) => path)).toEqual(['guard'])
    const after = (isBlocked: boolean) =>
      play()
        .succeed('guard', { text: 'Hi', findings: [], count: 0, blocked: isBlocked })
        .story()
        .some((line) => line.includes('completed') && line.includes('blocked'))
    expect([after(true), after(false)]).toEqual([true, false])
  })

  test('keep the first result, whatever comes later', () => {
    const run = playGraph(inARow([echo('a')], { a: '{{ nodes.a.data.n }}' }))
    run.succeed('a', { n: 1 }).succeed('a', { n: 2 })
    expect(run.state.output).toEqual({ a: 1 })
    expect(run.story().filter((line) => line === 'run.completed')).toHaveLength(1)
  })
})

describe('a failure', () => {
  test('fails the run, and names the node', () => {
    const run = playGraph(inARow([echo('a')])).fail('a')
    expect(run.state.phase).toBe('failed')
    expect(run.events.at(-1)).toMatchObject({ type: 'run.failed', nodeId: 'a' })
  })

  test('is tried again as often as the policy says, after its backoff', () => {
    const retry = { maxAttempts: 3, backoff: 'fixed', baseMs: 100, jitter: false }
    const run = playGraph(inARow([echo('a', {}, { retry })])).fail('a')
    expect(run.tasks).toEqual([])
    expect(run.pass(99).tasks).toEqual([])
    expect(run.pass(1).tasks.map(({ attempt }) => attempt)).toEqual([2])
    run.fail('a', 'x.y', { attempt: 2 }).pass(100)
    expect(run.fail('a', 'x.y', { attempt: 3 }).state.phase).toBe('failed')
  })

  test('of a class that the policy does not name is final', () => {
    const retry = { maxAttempts: 3, baseMs: 0, on: ['timeout'] }
    const run = playGraph(inARow([echo('a', {}, { retry })]))
    expect(run.fail('a', 'x.y', { class: 'invalid' }).state.phase).toBe('failed')
  })

  test('goes on by the port `error`, or with the default', () => {
    const graph = inARow(
      [
        echo('a', {}, { onError: 'branch' }),
        echo('b', {}, { onError: 'default', default: { n: 7 } }),
      ],
      { n: '{{ nodes.b.data.n }}', why: '{{ nodes.a.data.error.code }}' },
    )
    const edges = graph.edges.map((one) => (one.from === 'a' ? { ...one, port: 'error' } : one))
    const run = playGraph({ ...graph, edges })
      .fail('a', 'a.gone')
      .fail('b')
    expect(run.state.output).toEqual({ n: 7, why: 'a.gone' })
  })

  test('of which nobody knows the outcome waits for a human', () => {
    const http = { id: 'a', type: 'http', config: { method: 'POST', url: 'https://x.example' } }
    const run = playGraph(inARow([http])).fail('a', 'effect.outcome-unknown', {
      class: 'unknown-outcome',
    })
    expect(run.story().at(-1)).toBe('node.needs-review a')
    run.send({ type: 'run.resolve-effect', path: 'a', resolution: 'retry', by: 'key_a' })
    expect(run.tasks.map(({ attempt }) => attempt)).toEqual([2])
    run.fail('a', 'effect.outcome-unknown', { attempt: 2, class: 'unknown-outcome' })
    run.send({
      type: 'run.resolve-effect',
      path: 'a',
      resolution: 'succeeded',
      output: { status: 200 },
      by: 'key_a',
    })
    expect(run.state.phase).toBe('completed')
  })

  test('of which nobody knows the outcome is looked into, when the policy says how', () => {
    const policy = {
      onUnknownOutcome: 'verify',
      verify: { url: 'https://x.example/a', when: 'response.status == 200' },
    }
    const http = {
      id: 'a',
      type: 'http',
      config: { method: 'POST', url: 'https://x.example' },
      policy,
    }
    const unknown = { class: 'unknown-outcome' }
    const run = playGraph(inARow([http])).fail('a', 'effect.outcome-unknown', unknown)
    expect(run.tasks[0]?.message?.payload).toMatchObject({
      input: { method: 'GET' },
      task: { attempt: 2 },
    })
    run.succeed('a', { status: 404 }, 2)
    expect(run.tasks[0]?.message?.payload).toMatchObject({
      input: { method: 'POST' },
      task: { attempt: 3 },
    })
    run.fail('a', 'effect.outcome-unknown', { attempt: 3, ...unknown })
    expect(run.succeed('a', { status: 200 }, 4).state.phase).toBe('completed')
  })

  test('is mended by a retry of the run: what has a result keeps it', () => {
    const run = playGraph(inARow([echo('a'), echo('b')]))
      .succeed('a')
      .fail('b')
    run.send({ type: 'run.retry', by: 'key_a' })
    expect(run.tasks.map(({ path, attempt }) => [path, attempt])).toEqual([['b', 2]])
    expect(run.succeed('b', {}, 2).state.phase).toBe('completed')
  })
})

describe('a join', () => {
  const fan = (config: object, policy: object = {}) => ({
    nodes: [
      start,
      { id: 'fork', type: 'parallel', config: {} },
      echo('a', {}, policy),
      echo('b', {}, policy),
      echo('c', {}, policy),
      { id: 'j', type: 'join', config },
      end({ results: '{{ nodes.j.data.results }}' }),
    ],
    edges: [
      edge('start', 'fork'),
      ...['a', 'b', 'c'].flatMap((id) => [edge('fork', id), edge(id, 'j')]),
      edge('j', 'end'),
    ],
  })

  test('`all` waits for all', () => {
    const run = playGraph(fan({ mode: 'all' }))
      .succeed('a', 1)
      .succeed('c', 3)
    expect(run.state.phase).toBe('running')
    expect(run.succeed('b', 2).state.output).toEqual({ results: { a: 1, b: 2, c: 3 } })
  })

  test('`any` goes on with the first success, and cancels the others', () => {
    const run = playGraph(fan({ mode: 'any' })).fail('a')
    expect(run.state.phase).toBe('running')
    run.succeed('b', 2)
    expect(run.story()).toContain('node.cancelled c')
    expect(run.cancelled).toContain('c')
    expect(run.state.output).toEqual({ results: { b: 2 } })
  })

  test('`n` fails when there cannot be enough any more', () => {
    const run = playGraph(fan({ mode: 'n', n: 2 }))
      .fail('a')
      .fail('b')
    expect(run.state.error?.code).toBe('join.not-enough')
  })

  test('`settled` goes on when all have ended, however', () => {
    const run = playGraph(fan({ mode: 'settled' }))
      .fail('a')
      .succeed('b', 2)
      .fail('c')
    expect(run.state.phase).toBe('completed')
  })

  test('`race` goes on with the first that ends', () => {
    expect(playGraph(fan({ mode: 'race' })).succeed('b', 2).state.phase).toBe('completed')
  })
})
