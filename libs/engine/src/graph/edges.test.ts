import { describe, expect, test } from 'vitest'
import {
  chain,
  edge,
  end,
  type Found,
  inLoop,
  nested,
  pairs,
  say,
  start,
  text,
  validate,
} from './testing/check.ts'

const BODY = '#/graph/nodes/1/body'

describe('a graph', () => {
  test.each<[string, Found, [string, string]]>([
    [
      'a cycle',
      validate(
        [start, say, text('more', ''), end],
        [edge('start', 'say'), edge('say', 'more'), edge('more', 'say'), edge('say', 'end')],
      ),
      ['#/graph/edges/1', 'workflow.cycle'],
    ],
    [
      'a cycle in a body',
      chain(inLoop([text('a', ''), text('b', '')], [edge('a', 'b'), edge('b', 'a')])),
      [`${BODY}/edges/0`, 'workflow.cycle'],
    ],
    [
      'an edge from a node to itself',
      validate([start, say, end], [edge('start', 'say'), edge('say', 'say'), edge('say', 'end')]),
      ['#/graph/edges/1', 'workflow.cycle'],
    ],
    [
      'an edge to nowhere',
      validate([start, say, end], [edge('start', 'say'), edge('say', 'end'), edge('say', 'gone')]),
      ['#/graph/edges/2/to', 'edge.dangling'],
    ],
    [
      'an edge into a body',
      validate(
        [start, inLoop([text('x', '')]), end],
        [edge('start', 'again'), edge('again', 'end'), edge('start', 'x')],
      ),
      ['#/graph/edges/2/to', 'edge.dangling'],
    ],
    [
      'an edge from a note',
      validate(
        [start, say, end, { id: 'remark', type: 'note', config: {} }],
        [edge('start', 'say'), edge('say', 'end'), edge('remark', 'say')],
      ),
      ['#/graph/edges/2/from', 'edge.dangling'],
    ],
    [
      'an edge by a port that is not there',
      validate([start, say, end], [edge('start', 'say'), edge('say', 'end', 'true')]),
      ['#/graph/edges/1/port', 'edge.unknown-port'],
    ],
    [
      'an edge by a case that is not there',
      validate(
        [start, { id: 's', type: 'switch', config: { cases: [{ id: 'a', when: 'true' }] } }, end],
        [edge('start', 's'), edge('s', 'end', 'b')],
      ),
      ['#/graph/edges/1/port', 'edge.unknown-port'],
    ],
    [
      'an edge by `error` without the policy',
      validate([start, say, end], [edge('start', 'say'), edge('say', 'end', 'error')]),
      ['#/graph/edges/1/port', 'edge.unknown-port'],
    ],
    [
      'an edge into the start',
      validate([start, say, end], [edge('start', 'say'), edge('say', 'end'), edge('say', 'start')]),
      ['#/graph/edges/2/to', 'edge.into-start'],
    ],
    [
      'no start',
      validate([say, end], [edge('say', 'end')]),
      ['#/graph/nodes', 'workflow.not-one-start'],
    ],
    [
      'no end',
      validate([start, say], [edge('start', 'say')]),
      ['#/graph/nodes', 'workflow.no-end'],
    ],
    [
      'a node that nothing leads to',
      validate([start, say, end, text('island', '')], [edge('start', 'say'), edge('say', 'end')]),
      ['#/graph/nodes/3', 'node.unreachable'],
    ],
    [
      'too many nodes in all',
      chain(inLoop(Array.from({ length: 99 }, (_, at) => text(`n${at}`, '')))),
      ['#/graph/nodes', 'workflow.too-many-nodes'],
    ],
    [
      'too many edges in all',
      chain(
        inLoop(
          [text('a', ''), text('b', '')],
          Array.from({ length: 300 }, () => edge('a', 'b')),
        ),
      ),
      ['#/graph/edges', 'workflow.too-many-edges'],
    ],
    [
      'a body in a body in a body …',
      chain(nested(6)),
      [`#/graph/nodes/1/body${'/nodes/0/body'.repeat(5)}`, 'workflow.nested-too-deep'],
    ],
  ])('with %s is refused where the mistake is', (_what, { problems }, expected) => {
    expect(pairs(problems)).toContainEqual(expected)
  })

  test('may nest five bodies', () => {
    expect(pairs(chain(nested(5)).problems)).toEqual([])
  })
})
