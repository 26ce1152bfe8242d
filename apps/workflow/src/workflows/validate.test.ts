import { describe, expect, test } from 'vitest'
import { nodeTypes } from '../nodes/index.ts'
import type { Graph } from './graph.ts'
import { validateGraph } from './validate.ts'

const kb = `kb_${'0'.repeat(32)}`
const start = { id: 'start', type: 'start', config: {} }
const end = { id: 'end', type: 'end', config: { outputs: { text: '{{ nodes.say.data.text }}' } } }
const say = { id: 'say', type: 'template', config: { text: 'Hello {{ input.name }}' } }
const edge = (from: string, to: string, port = 'out') => ({ from, port, to })

function problems(nodes: unknown[], edges: unknown[]) {
  return validateGraph({ nodes, edges } as Graph, nodeTypes, '#/graph').map(({ pointer, code }) => [
    pointer,
    code,
  ])
}

describe('a graph', () => {
  test('that can run has no problems', () => {
    expect(problems([start, say, end], [edge('start', 'say'), edge('say', 'end')])).toEqual([])
  })

  test.each([
    [
      'with an unknown node type',
      [start, { ...say, type: 'magic' }, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/type', 'node.unknown-type'],
    ],
    [
      'with a cycle',
      [start, say, { ...say, id: 'again' }, end],
      [edge('start', 'say'), edge('say', 'again'), edge('again', 'say'), edge('say', 'end')],
      ['#/graph/edges/1', 'workflow.cycle'],
    ],
    [
      'with an edge to nowhere',
      [start, say, end],
      [edge('start', 'say'), edge('say', 'end'), edge('say', 'gone')],
      ['#/graph/edges/2/to', 'edge.dangling'],
    ],
    [
      'with an edge by a port that is not there',
      [start, say, end],
      [edge('start', 'say'), edge('say', 'end', 'true')],
      ['#/graph/edges/1/port', 'edge.unknown-port'],
    ],
    [
      'with two nodes of one id',
      [start, say, say, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/2/id', 'node.duplicate-id'],
    ],
    [
      'without a start',
      [say, end],
      [edge('say', 'end')],
      ['#/graph/nodes', 'workflow.not-one-start'],
    ],
    ['without an end', [start, say], [edge('start', 'say')], ['#/graph/nodes', 'workflow.no-end']],
    [
      'with a node that nothing leads to',
      [start, say, end, { ...say, id: 'island' }],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/3', 'node.unreachable'],
    ],
    [
      'with a configuration that lacks a field',
      [start, { ...say, config: {} }, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/config/text', 'node.invalid-config'],
    ],
    [
      'with a field that does not exist',
      [start, { ...say, config: { text: '', colour: 'red' } }, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/config/colour', 'node.invalid-config'],
    ],
    [
      'with an expression that does not parse',
      [start, { ...say, config: { text: '{{ 1 + }}' } }, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/config/text', 'expression.invalid'],
    ],
    [
      'with a hole that is not closed',
      [start, { ...say, config: { text: '{{ input.name' } }, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/config/text', 'template.unclosed-hole'],
    ],
    [
      'with a reference to a node that comes later',
      [start, { ...say, config: { text: '{{ nodes.end.data }}' } }, end],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/config/text', 'expression.unresolved-reference'],
    ],
    [
      'with a reference deep inside a body',
      [
        start,
        {
          id: 'say',
          type: 'http',
          config: {
            method: 'POST',
            url: 'https://a.example',
            body: { a: [{ b: '{{ nodes.x }}' }] },
          },
        },
        end,
      ],
      [edge('start', 'say'), edge('say', 'end')],
      ['#/graph/nodes/1/config/body/a/0/b', 'expression.unresolved-reference'],
    ],
  ])('%s is refused where the mistake is', (_name, nodes, edges, expected) => {
    expect(problems(nodes, edges)).toContainEqual(expected)
  })

  test('with several mistakes is told all of them at once', () => {
    const retrieve = { id: 'find', type: 'retrieve', config: { knowledgeBaseIds: [kb], topK: 99 } }
    expect(problems([start, retrieve], [edge('start', 'find'), edge('find', 'x')])).toEqual([
      ['#/graph/nodes/1/config/query', 'node.invalid-config'],
      ['#/graph/nodes/1/config/topK', 'node.invalid-config'],
      ['#/graph/nodes', 'workflow.no-end'],
      ['#/graph/edges/1/to', 'edge.dangling'],
    ])
  })
})
