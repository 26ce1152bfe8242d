import { describe, expect, test } from 'vitest'
import {
  chain,
  edge,
  end,
  type Found,
  inLoop,
  pairs,
  post,
  say,
  start,
  text,
  validate,
  wf,
} from './testing/check.ts'

describe('a graph', () => {
  test.each<[string, Found, [string, string]]>([
    [
      'an expression that does not parse',
      chain(text('say', '{{ 1 + }}')),
      ['1/config/text', 'expression.invalid'],
    ],
    [
      'an unknown name in an expression',
      chain(text('say', '{{ secret.key }}')),
      ['1/config/text', 'expression.invalid'],
    ],
    [
      'a secret in an expression',
      chain(post({}, { headers: { authorization: 'Bearer {{ secrets.shop }}' } })),
      ['1/config/headers/authorization', 'expression.invalid'],
    ],
    [
      'an expression instead of the name of a secret',
      chain(post({}, { auth: { secret: '{{ input.secret }}', as: 'bearer' } })),
      ['1/config/auth/secret', 'node.invalid-config'],
    ],
    [
      'a way of sending a secret that there is not',
      chain(post({}, { auth: { secret: 'shop', as: 'query' } })),
      ['1/config/auth/as', 'node.invalid-config'],
    ],
    [
      'the value of a secret in a graph',
      chain(post({}, { auth: { secret: 'shop', as: 'bearer', value: 'hunter2' } })),
      ['1/config/auth/value', 'node.invalid-config'],
    ],
    [
      'a hole that is not closed',
      chain(text('say', '{{ input.name')),
      ['1/config/text', 'template.unclosed-hole'],
    ],
    [
      '`loop` outside of a body',
      chain(text('say', '{{ loop.index }}')),
      ['1/config/text', 'expression.unknown-variable'],
    ],
    [
      '`loop` in a try alone',
      chain({
        id: 't',
        type: 'try',
        config: {},
        body: { nodes: [text('x', '{{ loop.index }}')], edges: [] },
      }),
      ['1/body/nodes/0/config/text', 'expression.unknown-variable'],
    ],
    [
      '`response` in a configuration',
      chain(text('say', '{{ response.status }}')),
      ['1/config/text', 'expression.unknown-variable'],
    ],
    [
      'a reference to a later node',
      chain(text('say', '{{ nodes.end.data }}')),
      ['1/config/text', 'expression.unresolved-reference'],
    ],
    [
      'a reference to itself',
      chain(text('say', '{{ nodes.say.data }}')),
      ['1/config/text', 'expression.unresolved-reference'],
    ],
    [
      'a reference deep inside of a value',
      chain(post({}, { body: { a: [{ b: '{{ nodes.x.data }}' }] } })),
      ['1/config/body/a/0/b', 'expression.unresolved-reference'],
    ],
    [
      'a reference from outside into a body',
      chain(inLoop([text('x', '')]), text('say', '{{ nodes.x.data }}')),
      ['2/config/text', 'expression.unresolved-reference'],
    ],
    [
      'a reference from a body to what comes after it',
      chain(inLoop([text('x', '{{ nodes.say.data }}')]), say),
      ['1/body/nodes/0/config/text', 'expression.unresolved-reference'],
    ],
    [
      'a reference from a body to its own container',
      chain(inLoop([text('x', '{{ nodes.again.data }}')])),
      ['1/body/nodes/0/config/text', 'expression.unresolved-reference'],
    ],
    [
      'a reference in a cache key',
      chain(text('say', '', { policy: { cache: { ttlS: 1, key: '{{ nodes.x.data }}' } } })),
      ['1/policy/cache/key', 'expression.unresolved-reference'],
    ],
    [
      'a comparison of text with a number',
      chain(say, {
        id: 'c',
        type: 'condition',
        config: { when: 'nodes.say.data.text > 3' },
      }),
      ['2/config/when', 'expression.type-mismatch'],
    ],
    [
      'an order of objects',
      chain(say, {
        id: 'c',
        type: 'condition',
        config: { when: 'nodes.say.data > nodes.say.data' },
      }),
      ['2/config/when', 'expression.type-mismatch'],
    ],
    [
      'a comparison that is a part of another expression',
      chain(say, {
        id: 'c',
        type: 'condition',
        config: {
          when: 'input.list.exists(x, x == nodes.say.data.text || 3 == nodes.say.data.text)',
        },
      }),
      ['2/config/when', 'expression.type-mismatch'],
    ],
    [
      'a default that nobody asks for',
      chain(post({ policy: { default: 1 } })),
      ['1/policy/default', 'policy.default-unused'],
    ],
    [
      'no default although asked for',
      chain(post({ policy: { onError: 'default' } })),
      ['1/policy/default', 'policy.default-missing'],
    ],
    [
      'a verification that nobody asks for',
      chain(post({ policy: { verify: { url: 'https://a.example', when: 'true' } } })),
      ['1/policy/verify', 'policy.verify-unused'],
    ],
    [
      'no verification although asked for',
      chain(post({ policy: { onUnknownOutcome: 'verify' } })),
      ['1/policy/verify', 'policy.verify-missing'],
    ],
    [
      'the cache of a write',
      chain(post({ policy: { cache: { ttlS: 60 } } })),
      ['1/policy/cache', 'policy.cache-on-write'],
    ],
    [
      'a call of itself',
      chain({ id: 'call', type: 'subworkflow', config: { workflowId: wf } }),
      ['1/config/workflowId', 'workflow.calls-itself'],
    ],
    [
      'a join of more branches than there are',
      chain({ id: 'j', type: 'join', config: { mode: 'n', n: 2 } }),
      ['1/config/n', 'join.n-out-of-range'],
    ],
  ])('with %s is refused where the mistake is', (_what, { problems }, [pointer, code]) => {
    expect(pairs(problems)).toContainEqual([`#/graph/nodes/${pointer}`, code])
  })

  test('tells an input that its start does not take', () => {
    const inputSchema = {
      type: 'object',
      properties: { count: { type: 'integer' } },
      additionalProperties: false,
    }
    const found = validate(
      [
        { ...start, config: { inputSchema } },
        text('x', '{{ input.cuont }}{{ input.count == "1" }}{{ nodes.start.data.name }}'),
        end,
      ],
      [edge('start', 'x'), edge('x', 'end')],
    )
    expect(pairs(found.problems)).toEqual([
      ['#/graph/nodes/1/config/text', 'expression.type-mismatch'],
    ])
    expect(found.warnings.map(({ code }) => code)).toEqual([
      'expression.unknown-property',
      'expression.unknown-property',
    ])
  })

  test.each([
    ['a number with null', 'nodes.say.data.text != null'],
    ['what may be anything', 'input.anything == 3'],
    ['numbers of two kinds', 'size(nodes.say.data.text) > 1.5'],
    ['the data of a node that may have failed', 'nodes.risky.data.text == 3'],
  ])('may compare %s', (_what, when) => {
    const risky = text('risky', '', { policy: { onError: 'default', default: { text: 3 } } })
    const found = validate(
      [start, say, risky, { id: 'c', type: 'condition', config: { when } }, end],
      [edge('start', 'say'), edge('say', 'risky'), edge('risky', 'c'), edge('c', 'end', 'true')],
    )
    expect(pairs([...found.problems, ...found.warnings])).toEqual([])
  })

  test('may ask for `response` where the outcome of a write is verified', () => {
    const verify = { url: 'https://a.example/{{ input.id }}', when: 'response.status == 200' }
    const found = chain(post({ policy: { onUnknownOutcome: 'verify', verify } }))
    expect(pairs([...found.problems, ...found.warnings])).toEqual([])
  })
})
