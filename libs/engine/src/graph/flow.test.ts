import { describe, expect, test } from 'vitest'
import { nodeTypes } from '../nodes/index.ts'
import type { Graph } from './graph.ts'
import { validateGraph } from './validate.ts'

const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
const text = (id: string, source = '', more: object = {}) => ({
  ...{ id, type: 'template', config: { text: source } },
  ...more,
})
const condition = (id = 'choice') => ({ id, type: 'condition', config: { when: 'true' } })
const join = (mode: string, more: object = {}) => ({
  id: 'join',
  type: 'join',
  config: { mode, ...more },
})
const start = { id: 'start', type: 'start', config: {} }
const end = { id: 'end', type: 'end', config: { outputs: {} } }

/** The codes of what is told of a graph: `maybe-absent` is what these tests are about. */
function told(nodes: readonly unknown[], edges: readonly unknown[]) {
  const graph = { nodes: [start, ...nodes, end], edges } as unknown as Graph
  const { problems, warnings } = validateGraph(graph, nodeTypes, '#')
  return [...problems, ...warnings]
    .map(({ code }) => code)
    .filter((code) => code !== 'node.dead-end')
}

const exclusive = (source: string) =>
  told(
    [condition(), text('yes'), text('no'), text('after', source)],
    [
      edge('start', 'choice'),
      edge('choice', 'yes', 'true'),
      edge('choice', 'no', 'false'),
      edge('yes', 'after'),
      edge('no', 'after'),
      edge('after', 'end'),
    ],
  )
const forked = (joining: object, source: string, more: object = {}) =>
  told(
    [
      { id: 'fork', type: 'parallel', config: {} },
      text('a', '', more),
      text('b'),
      joining,
      text('after', source),
    ],
    [
      edge('start', 'fork'),
      edge('fork', 'a'),
      edge('fork', 'b'),
      edge('a', 'join'),
      edge('b', 'join'),
      edge('join', 'after'),
      edge('after', 'end'),
    ],
  )

describe('a reference', () => {
  test('to a node of one of two branches may find nothing', () => {
    expect(exclusive('{{ nodes.yes.data.text }}')).toEqual(['expression.maybe-absent'])
  })

  test.each([
    ['that says what to take instead', '{{ nodes.?yes.data.text.orValue("") }}'],
    ['that asks first', '{{ has(nodes.yes) ? nodes.yes.data.text : "" }}'],
    ['to what comes before both branches', '{{ nodes.choice.data.result }}'],
  ])('%s is fine', (_what, source) => {
    expect(exclusive(source)).toEqual([])
  })

  test('to a node of the branch that it stands in is fine', () => {
    const found = told(
      [condition(), text('yes'), text('after', '{{ nodes.yes.data.text }}')],
      [
        edge('start', 'choice'),
        edge('choice', 'yes', 'true'),
        edge('yes', 'after'),
        edge('after', 'end'),
      ],
    )
    expect(found).toEqual([])
  })

  test.each([
    ['a join of all', join('all')],
    ['a node that is no join', text('join')],
    ['a merge', { id: 'merge', type: 'merge', config: {} }],
  ])('to branches that run side by side is fine behind %s', (_what, joining) => {
    const id = { ...joining, id: 'join' }
    expect(forked(id, '{{ nodes.a.data.text }}{{ nodes.b.data.text }}')).toEqual([])
  })

  test.each([['any'], ['race'], ['settled']])(
    'to a branch may find nothing behind a join in the mode %s',
    (mode) => {
      expect(forked(join(mode), '{{ nodes.a.data.text }}{{ nodes.fork.data }}')).toEqual([
        'expression.maybe-absent',
      ])
    },
  )

  test('to a branch may find nothing behind a join of one of two', () => {
    expect(forked(join('n', { n: 1 }), '{{ nodes.a.data.text }}')).toEqual([
      'expression.maybe-absent',
    ])
  })

  test('to the longer of two branches is fine: who joins them waits for both', () => {
    const found = told(
      [text('a1'), text('a2'), text('b'), text('after', '{{ nodes.a1.data.text }}')],
      [
        edge('start', 'a1'),
        edge('a1', 'a2'),
        edge('start', 'b'),
        edge('a2', 'after'),
        edge('b', 'after'),
        edge('after', 'end'),
      ],
    )
    expect(found).toEqual([])
  })

  test('behind a choice inside of one branch may find nothing', () => {
    const found = told(
      [condition(), text('a'), text('b'), text('after', '{{ nodes.a.data.text }}')],
      [
        edge('start', 'choice'),
        edge('choice', 'a', 'true'),
        edge('start', 'b'),
        edge('a', 'after'),
        edge('b', 'after'),
        edge('after', 'end'),
      ],
    )
    expect(found).toEqual(['expression.maybe-absent'])
  })

  test('to all that a port leads to is fine, whichever of it one comes by', () => {
    const found = told(
      [condition(), text('a'), text('b'), text('after', '{{ nodes.b.data.text }}')],
      [
        edge('start', 'choice'),
        edge('choice', 'a', 'true'),
        edge('choice', 'b', 'true'),
        edge('a', 'after'),
        edge('b', 'after'),
        edge('after', 'end'),
      ],
    )
    expect(found).toEqual([])
  })

  test('to a node behind one that may fail with a branch may find nothing', () => {
    const found = told(
      [
        {
          id: 'call',
          type: 'http',
          config: { method: 'GET', url: 'https://a.example' },
          policy: { onError: 'branch' },
        },
        text('good'),
        text('bad'),
        text('after', '{{ nodes.good.data.text }}'),
      ],
      [
        edge('start', 'call'),
        edge('call', 'good'),
        edge('call', 'bad', 'error'),
        edge('good', 'after'),
        edge('bad', 'after'),
        edge('after', 'end'),
      ],
    )
    expect(found).toEqual(['expression.maybe-absent'])
  })

  test('from a body is seen as from its container, and side by side inside of it', () => {
    const body = {
      nodes: [text('x'), text('y'), text('z', '{{ nodes.x.data.text }}{{ nodes.yes.data.text }}')],
      edges: [edge('x', 'z'), edge('y', 'z')],
    }
    const found = told(
      [
        condition(),
        text('yes'),
        text('no'),
        { id: 'each', type: 'map', config: { items: '[1]' }, body },
      ],
      [
        edge('start', 'choice'),
        edge('choice', 'yes', 'true'),
        edge('choice', 'no', 'false'),
        edge('yes', 'each'),
        edge('no', 'each'),
        edge('each', 'end'),
      ],
    )
    expect(found).toEqual(['expression.maybe-absent'])
  })
})
