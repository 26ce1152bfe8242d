import { expect, test } from 'vitest'
import { nodeTypes } from '../nodes/index.ts'
import type { Graph } from './graph.ts'
import { post, text } from './testing/check.ts'
import { variablesNamedIn } from './variables.ts'

const named = (...nodes: unknown[]) => {
  const found = variablesNamedIn({ nodes } as unknown as Graph, nodeTypes)
  return found === 'all' ? found : [...found].toSorted()
}

test.each<[string, unknown[], string[] | 'all']>([
  ['none', [text('a', 'Hello {{ input.vars }}')], []],
  ['a field', [text('a', '{{ vars.one }} and {{ vars.two.deep }}')], ['one', 'two']],
  ['a text as key', [text('a', '{{ vars["one"] }}')], ['one']],
  ['one that may be absent', [text('a', '{{ vars.?one.orValue(1) }}')], ['one']],
  [
    'one in a condition',
    [{ id: 'c', type: 'condition', config: { when: 'vars.limit > 3' } }],
    ['limit'],
  ],
  ['one that is only asked for', [text('a', '{{ has(vars.one) }}')], ['one']],
  [
    'one in a body',
    [
      {
        id: 'l',
        type: 'loop',
        config: { while: 'vars.go' },
        body: { nodes: [text('x', '{{ vars.inner }}')], edges: [] },
      },
    ],
    ['go', 'inner'],
  ],
  [
    'one in what follows a try',
    [
      {
        id: 't',
        type: 'try',
        config: {},
        body: { nodes: [], edges: [] },
        finally: { nodes: [text('x', '{{ vars.last }}')], edges: [] },
      },
    ],
    ['last'],
  ],
  ['one in a policy', [post({ policy: { cache: { ttlS: 1, key: '{{ vars.key }}' } } })], ['key']],
  [
    'one that is changed',
    [{ id: 's', type: 'set_variable', config: { name: 'total', op: 'inc' } }],
    ['total'],
  ],
  ['a computed one', [text('a', '{{ vars[input.name] }}')], 'all'],
  ['all of them', [text('a', '{{ vars }}')], 'all'],
  ['the size of them', [text('a', '{{ vars.one }} {{ size(vars) }}')], 'all'],
])('a graph that reads %s', (_what, nodes, expected) => {
  expect(named(...nodes)).toEqual(expected)
})
