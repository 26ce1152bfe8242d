import { describe, expect, test } from 'vitest'
import {
  chain,
  edge,
  end,
  type Found,
  inLoop,
  kb,
  pairs,
  say,
  start,
  text,
  validate,
} from './testing/check.ts'

describe('a graph', () => {
  test('that can run has no problems', () => {
    const found = chain(say)
    expect(found).toEqual({ problems: [], warnings: [], costUpperBoundMicroUsd: 0 })
  })

  test('of every kind of container has no problems, whatever its bodies leave to the defaults', () => {
    const body = { nodes: [{ id: 'one', type: 'template', config: { text: '{{ loop.index }}' } }] }
    const found = validate(
      [
        start,
        { id: 'each', type: 'map', config: { items: 'input.list' }, body: { ...body, edges: [] } },
        {
          id: 'attempt',
          type: 'try',
          config: {},
          body: {
            nodes: [text('a', '{{ nodes.each.data }}'), { id: 'b', type: 'echo' }],
            edges: [{ from: 'a', to: 'b' }],
          },
          finally: { nodes: [{ id: 'c', type: 'echo' }], edges: [] },
        },
        inLoop(
          [text('two', '{{ loop.last }}'), { id: 'stop', type: 'break' }],
          [{ from: 'two', to: 'stop' }],
        ),
        { id: 'remark', type: 'note', config: { text: 'Here it ends' } },
        end,
      ],
      [
        edge('start', 'each'),
        edge('each', 'attempt'),
        edge('attempt', 'again', 'ok'),
        edge('again', 'end'),
      ],
    )
    expect(pairs([...found.problems, ...found.warnings])).toEqual([])
  })

  test.each<[string, Found, [string, string]]>([
    ['an unknown node type', chain({ ...say, type: 'magic' }), ['1/type', 'node.unknown-type']],
    ['two nodes of one id', chain(say, say), ['2/id', 'node.duplicate-id']],
    [
      'one id inside and outside of a body',
      chain(inLoop([say]), say),
      ['1/body/nodes/0/id', 'node.duplicate-id'],
    ],
    [
      'a configuration that lacks a field',
      chain({ ...say, config: {} }),
      ['1/config/text', 'node.invalid-config'],
    ],
    [
      'a field that does not exist',
      chain(text('say', '', { config: { text: '', colour: 1 } })),
      ['1/config/colour', 'node.invalid-config'],
    ],
    [
      'an expression that cannot be searched in linear time',
      chain({
        id: 'guard',
        type: 'guardrail',
        config: { text: '', rules: [{ check: 'regex', config: { pattern: '(a)\\1' } }] },
      }),
      ['1/config/rules/0', 'node.invalid-config'],
    ],
    [
      'a body of the wrong shape',
      chain(inLoop([{ id: 'Bad Id', type: 'echo' }])),
      ['1/body/nodes/0/id', 'node.invalid-body'],
    ],
    [
      'a body with a node without a type',
      chain(inLoop([{ id: 'x' }])),
      ['1/body/nodes/0/type', 'node.invalid-body'],
    ],
    ['a body with nothing in it', chain(inLoop([])), ['1/body/nodes', 'node.invalid-body']],
    [
      'a body with nothing but a note',
      chain(inLoop([{ id: 'remark', type: 'note' }])),
      ['1/body/nodes', 'node.invalid-body'],
    ],
    [
      'an unknown type in a body',
      chain(inLoop([{ id: 'x', type: 'magic' }])),
      ['1/body/nodes/0/type', 'node.unknown-type'],
    ],
    [
      'a container without a body',
      chain({ id: 'again', type: 'loop', config: {} }),
      ['1/body', 'node.body-missing'],
    ],
    [
      'a body in no container',
      chain(text('say', '', { body: { nodes: [{ id: 'x', type: 'echo' }], edges: [] } })),
      ['1/body', 'node.body-not-allowed'],
    ],
    [
      'a `finally` in a loop',
      chain({
        ...inLoop([say]),
        finally: { nodes: [{ id: 'x', type: 'echo' }], edges: [] },
      }),
      ['1/finally', 'node.body-not-allowed'],
    ],
    [
      'a start in a body',
      chain(inLoop([{ id: 'begin', type: 'start' }])),
      ['1/body/nodes/0/type', 'workflow.start-in-body'],
    ],
    [
      'a break outside of a loop',
      chain({ id: 'stop', type: 'break', config: {} }),
      ['1/type', 'node.outside-of-loop'],
    ],
    [
      'a continue in a map',
      chain({
        id: 'each',
        type: 'map',
        config: { items: '[1]' },
        body: { nodes: [{ id: 'stop', type: 'continue' }], edges: [] },
      }),
      ['1/body/nodes/0/type', 'node.outside-of-loop'],
    ],
  ])('with %s is refused where the mistake is', (_what, { problems }, [pointer, code]) => {
    expect(pairs(problems)).toContainEqual([`#/graph/nodes/${pointer}`, code])
  })

  test('with several mistakes is told all of them at once', () => {
    const retrieve = { id: 'find', type: 'retrieve', config: { knowledgeBaseIds: [kb], topK: 99 } }
    const found = validate([start, retrieve], [edge('start', 'find'), edge('find', 'x')])
    expect(pairs(found.problems)).toEqual([
      ['#/graph/nodes/1/config/query', 'node.invalid-config'],
      ['#/graph/nodes/1/config/topK', 'node.invalid-config'],
      ['#/graph/nodes', 'workflow.no-end'],
      ['#/graph/edges/1/to', 'edge.dangling'],
    ])
  })
})
