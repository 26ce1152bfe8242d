import { describe, expect, test } from 'vitest'
import { body, echo, edge, end, inARow, start, template } from '../testing/graphs.ts'
import { playGraph } from '../testing/play.ts'

describe('a map', () => {
  const graph = (config: object, ...nodes: { id: string }[]) =>
    inARow(
      [
        {
          id: 'm',
          type: 'map',
          config: { items: 'input.items', ...config },
          body: body(...nodes),
        } as never,
      ],
      {
        results: '{{ nodes.m.data.results }}',
        errors: '{{ nodes.m.data.errors }}',
      },
    )

  test('runs its body for each item, so many at a time', () => {
    const run = playGraph(graph({ concurrency: 2 }, echo('x')), { items: [1, 2, 3] })
    expect(run.tasks.map(({ path }) => path)).toEqual(['m[0]/x', 'm[1]/x'])
    expect(run.succeed('m[1]/x', 'b').tasks.map(({ path }) => path)).toEqual(['m[2]/x'])
    run.succeed('m[0]/x', 'a').succeed('m[2]/x', 'c')
    expect(run.state.output).toEqual({ results: ['a', 'b', 'c'], errors: [] })
  })

  test('shows its body the item and the index', () => {
    const run = playGraph(graph({}, template('x', '{{ loop.index }}:{{ loop.item }}')), {
      items: ['p', 'q'],
    })
    expect(run.state.output).toEqual({ results: [{ text: '0:p' }, { text: '1:q' }], errors: [] })
  })

  test('of nothing is nothing', () => {
    expect(playGraph(graph({}, echo('x')), { items: [] }).state.output).toEqual({
      results: [],
      errors: [],
    })
  })

  test.each([
    ['collect', { results: ['a'], errors: [{ index: 0 }] }],
    ['skip', { results: ['a'], errors: [] }],
  ])('with `%s` goes on after an item failed', (onItemError, output) => {
    const run = playGraph(graph({ onItemError }, echo('x')), { items: [1, 2] })
      .fail('m[0]/x')
      .succeed('m[1]/x', 'a')
    expect(run.state.output).toMatchObject(output)
  })

  test('fails with an item, cancels the others, and goes on from there when the run is retried', () => {
    const run = playGraph(graph({}, echo('x'), echo('y')), { items: [1, 2, 3] })
    run.succeed('m[0]/x', 'a').succeed('m[0]/y', 'A').fail('m[1]/x')
    expect(run.state.phase).toBe('failed')
    run.send({ type: 'run.retry', by: 'key_a' })
    expect(run.tasks.map(({ path, attempt }) => [path, attempt])).toEqual([
      ['m[1]/x', 2],
      ['m[2]/x', 2],
    ])
    run
      .succeed('m[1]/x', 'b', 2)
      .succeed('m[2]/x', 'c', 2)
      .succeed('m[1]/y', 'B')
      .succeed('m[2]/y', 'C')
    expect(run.state.output).toEqual({ results: ['A', 'B', 'C'], errors: [] })
  })

  test('of a thousand items ends', () => {
    const items = Array.from({ length: 1000 }, (_, index) => index)
    const run = playGraph(graph({ concurrency: 50 }, template('x', '{{ loop.item }}')), { items })
    expect((run.state.output as { results: unknown[] }).results).toHaveLength(1000)
  })
})

describe('a loop', () => {
  const graph = (config: object, ...nodes: { id: string }[]) =>
    inARow([{ id: 'l', type: 'loop', config, body: body(...nodes) } as never], {
      l: '{{ nodes.l.data }}',
    })

  test('ends after its iterations, and hands each the result of the one before', () => {
    const run = playGraph(
      graph(
        { maxIterations: 3 },
        template('x', '{{ loop.index }}{{ loop.last == null ? "" : loop.last.text }}'),
      ),
    )
    expect(run.state.output).toEqual({ l: { last: { text: '210' }, iterations: 3 } })
  })

  test('ends when its condition does not hold, or `breakOn` does', () => {
    const set = { id: 'n', type: 'set_variable', config: { name: 'n', op: 'inc', value: 1 } }
    const run = playGraph(
      graph({ while: '!has(vars.n) || vars.n < 4', maxIterations: 10 }, set as never),
    )
    expect(run.state.output).toMatchObject({ l: { iterations: 4 } })
    const broken = playGraph(graph({ breakOn: 'loop.index == 1', maxIterations: 10 }, echo('x')))
    broken.succeed('l[0]/x', 1).succeed('l[1]/x', 2)
    expect(broken.state.output).toEqual({ l: { last: 2, iterations: 2 } })
  })

  test('is left by `break`, also from inside of a `try`', () => {
    const attempt = {
      id: 't',
      type: 'try',
      config: {},
      body: body({ id: 'b', type: 'break', config: {} } as never),
    }
    const run = playGraph(graph({ maxIterations: 10 }, attempt as never))
    expect(run.state.output).toMatchObject({ l: { iterations: 1 } })
  })
})

describe('a try', () => {
  const graph = (rest: object) => ({
    nodes: [
      start,
      { id: 't', type: 'try', config: {}, body: body(echo('x')), ...rest },
      template('good', 'ok'),
      template('bad', '{{ nodes.t.data.error.code }}'),
      end({
        good: '{{ nodes.?good.?data.?text.orValue("") }}',
        bad: '{{ nodes.?bad.?data.?text.orValue("") }}',
      }),
    ],
    edges: [
      edge('start', 't'),
      edge('t', 'good', 'ok'),
      edge('t', 'bad', 'caught'),
      edge('good', 'end'),
      edge('bad', 'end'),
    ],
  })

  test('goes on by `ok` or by `caught`', () => {
    expect(playGraph(graph({})).succeed('t[0]/x').state.output).toEqual({ good: 'ok', bad: '' })
    expect(playGraph(graph({})).fail('t[0]/x', 'a.b').state.output).toEqual({
      good: '',
      bad: 'a.b',
    })
  })

  test('runs `finally` in both cases', () => {
    const run = playGraph(graph({ finally: body(echo('z')) })).fail('t[0]/x', 'a.b')
    expect(run.tasks.map(({ path }) => path)).toEqual(['t[1]/z'])
    expect(run.succeed('t[1]/z').state.output).toEqual({ good: '', bad: 'a.b' })
  })
})
