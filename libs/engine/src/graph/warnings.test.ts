import { describe, expect, test } from 'vitest'
import {
  chain,
  edge,
  end,
  type Found,
  inLoop,
  kb,
  pairs,
  post,
  say,
  start,
  text,
  validate,
} from './testing/check.ts'

describe('a graph', () => {
  test.each<[string, Found, [string, string]]>([
    [
      'a node that leads nowhere',
      validate([start, say, end], [edge('start', 'say'), edge('start', 'end')]),
      ['nodes/1', 'node.dead-end'],
    ],
    [
      'an edge twice',
      validate([start, say, end], [edge('start', 'say'), edge('start', 'say'), edge('say', 'end')]),
      ['edges/1', 'edge.duplicate'],
    ],
    [
      'a failure after which nothing follows',
      chain(post({ policy: { onError: 'branch' } })),
      ['nodes/1/policy/onError', 'policy.error-branch-unused'],
    ],
    [
      'a loop that nothing ends',
      chain(inLoop([say], [], {})),
      ['nodes/1/config', 'loop.unbounded'],
    ],
    [
      'a write that is tried again',
      chain(post({ policy: { retry: { maxAttempts: 2 } } })),
      ['nodes/1/policy/retry', 'policy.write-retry'],
    ],
    [
      'a write that is sent again blindly',
      chain(post({ policy: { onUnknownOutcome: 'retry' } })),
      ['nodes/1/policy/onUnknownOutcome', 'policy.write-retry'],
    ],
    [
      'a count that its join does not use',
      chain({ id: 'j', type: 'join', config: { mode: 'any', n: 1 } }),
      ['nodes/1/config/n', 'join.n-unused'],
    ],
    [
      'a property that its type does not give',
      chain(say, text('x', '{{ nodes.say.data.txt }}')),
      ['nodes/2/config/text', 'expression.unknown-property'],
    ],
    [
      'data without `.data`',
      chain(say, text('x', '{{ nodes.say.text }}')),
      ['nodes/2/config/text', 'expression.unknown-property'],
    ],
    [
      'a property of a text',
      chain(say, text('x', '{{ nodes.say.data.text.length }}')),
      ['nodes/2/config/text', 'expression.unknown-property'],
    ],
    [
      'a property of the items of a list',
      chain(
        { id: 'find', type: 'retrieve', config: { knowledgeBaseIds: [kb], query: 'q' } },
        text('x', '{{ nodes.find.data.chunks.map(c, c.txt) }}'),
      ),
      ['nodes/2/config/text', 'expression.unknown-property'],
    ],
  ])('with %s can run, with a warning', (_what, { problems, warnings }, [pointer, code]) => {
    expect(pairs(problems)).toEqual([])
    expect(pairs(warnings)).toEqual([[`#/graph/${pointer}`, code]])
  })

  test('is not warned of an idempotent write that is tried again', () => {
    const found = chain(post({ policy: { retry: { maxAttempts: 2 } } }, { idempotent: true }))
    expect(found.warnings).toEqual([])
  })
})
