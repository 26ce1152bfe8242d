import { describe, expect, test } from 'vitest'
import { type Judged, judge, unknownTool } from './policy.ts'
import type { ToolEffect, ToolGrant, ToolReach } from './tool.ts'

const SCHEMA = {
  type: 'object',
  properties: { to: { type: 'string' }, amount: { type: 'integer', minimum: 1 } },
  required: ['to'],
  additionalProperties: false,
}

function tool(
  effect: ToolEffect = 'write',
  grant: Partial<ToolGrant> = {},
  reach: ToolReach = effect === 'pure' ? 'inside' : 'fixed',
): Judged['tool'] {
  return {
    ...{ name: 'pay', inputSchema: SCHEMA, effect, reach, idempotent: false },
    grant: { tool: 'pay', ...grant },
  }
}

const ask = (changes: Partial<Judged> = {}) =>
  judge({ tool: tool(), input: { to: 'a' }, isTainted: false, isApproved: false, ...changes })

describe('a call that fits', () => {
  test.each<[ToolEffect, ToolReach, boolean, ToolGrant['approval'], string]>([
    ['pure', 'inside', true, undefined, 'allowed'],
    ['pure', 'inside', true, 'never', 'allowed'],
    ['pure', 'inside', false, 'always', 'needs-approval'],
    ['read', 'inside', true, undefined, 'allowed'],
    ['read', 'fixed', true, undefined, 'allowed'],
    ['read', 'open', false, undefined, 'allowed'],
    ['read', 'open', true, undefined, 'needs-approval'],
    ['read', 'open', true, 'policy', 'needs-approval'],
    ['read', 'open', true, 'never', 'forbidden'],
    ['read', 'open', false, 'always', 'needs-approval'],
    ['write', 'fixed', false, undefined, 'allowed'],
    ['write', 'fixed', false, 'never', 'allowed'],
    ['write', 'fixed', false, 'always', 'needs-approval'],
    ['write', 'fixed', true, undefined, 'needs-approval'],
    ['write', 'fixed', true, 'policy', 'needs-approval'],
    ['write', 'fixed', true, 'never', 'forbidden'],
    ['write', 'inside', true, undefined, 'needs-approval'],
    ['write', 'open', true, 'never', 'forbidden'],
    ['write', 'own', true, undefined, 'allowed'],
    ['write', 'own', false, 'always', 'needs-approval'],
  ])('%s, %s, tainted: %s, approval %s: %s', (effect, reach, isTainted, approval, verdict) => {
    const asked = tool(effect, approval === undefined ? {} : { approval }, reach)

    expect(ask({ tool: asked, isTainted })).toMatchObject({ verdict })
    expect(ask({ tool: asked, isTainted, isApproved: true })).toEqual({ verdict: 'allowed' })
  })

  test('of a tool that asks by default is asked for, unless the grant says otherwise', () => {
    const asks = (grant: Partial<ToolGrant>) =>
      ask({ tool: { ...tool('write', grant), defaultApproval: 'always' } }).verdict
    expect(asks({})).toBe('needs-approval')
    expect(asks({ approval: 'policy' })).toBe('allowed')
  })

  test('is told why it waits, or cannot be', () => {
    const never = tool('write', { approval: 'never' })

    expect(ask({ isTainted: true })).toEqual({
      verdict: 'needs-approval',
      reason: 'pay writes, and content from outside was read before',
    })
    expect(ask({ tool: never, isTainted: true })).toMatchObject({
      code: 'tool.tainted',
      reason: expect.stringContaining('may not ask anybody'),
    })
  })
})

describe.each([false, true])(
  'a call that does not fit is forbidden, approved: %s,',
  (isApproved) => {
    test.each<[string, unknown, string]>([
      ['no object', 'a', '# must be object'],
      ['nothing', undefined, '#'],
      ['a name that is missing', {}, '#/to is missing'],
      ['another type', { to: 7 }, '#/to must be string'],
      ['a number that is too small', { to: 'a', amount: 0 }, '#/amount must be >= 1'],
      ['a name that is not known', { to: 'a', by: 'me' }, '#/by is not known here'],
      ['a name of the prototype', JSON.parse('{"to":"a","__proto__":{}}'), '#/__proto__'],
    ])('with %s', (_what, input, reason) => {
      expect(ask({ input, isApproved })).toMatchObject({
        verdict: 'forbidden',
        code: 'tool.invalid-arguments',
        reason: expect.stringContaining(reason),
      })
    })

    test('with more than there is room for', () => {
      expect(ask({ input: { to: 'x'.repeat(70_000) }, isApproved })).toMatchObject({
        code: 'tool.arguments-too-large',
        reason: expect.stringContaining('at most 65536'),
      })
    })

    test('nested as deep as nobody needs', () => {
      const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
      const open = { ...tool(), inputSchema: {} }

      expect(ask({ tool: open, input: deep, isApproved })).toMatchObject({
        reason: expect.stringContaining('nested deeper'),
      })
    })
  },
)

describe('constraints of a grant', () => {
  const only = (constraints: object) => tool('write', { constraints: constraints as never })

  test('keep an approved call from what they exclude, and say where', () => {
    const constrained = only({ properties: { to: { enum: ['shop'] }, amount: { maximum: 5 } } })

    expect(ask({ tool: constrained, input: { to: 'shop', amount: 5 } })).toEqual({
      verdict: 'allowed',
    })
    expect(
      ask({ tool: constrained, input: { to: 'me', amount: 6 }, isApproved: true }),
    ).toMatchObject({
      verdict: 'forbidden',
      code: 'tool.constraint-broken',
      reason: expect.stringMatching(/#\/to .*#\/amount/),
    })
  })

  test.each([
    ['a pattern, which could take for ever', { properties: { to: { pattern: '^(a+)+$' } } }],
    ['a word that nobody knows', { properties: { to: { maxLenght: 5 } } }],
    ['a schema of another document', { $ref: 'https://example.com/schema' }],
    ['a type that there is not', { properties: { to: { type: 'text' } } }],
  ])('that cannot be checked forbid everything: %s', (_what, constraints) => {
    expect(ask({ tool: only(constraints) })).toMatchObject({
      verdict: 'forbidden',
      code: 'tool.invalid-constraints',
    })
  })
})

test('a tool that was not given is unknown, whatever its name', () => {
  const verdict = unknownTool(`shell${'x'.repeat(500)}`, [{ name: 'pay' }])

  expect(verdict).toMatchObject({ verdict: 'forbidden', code: 'tool.unknown' })
  expect(verdict).toMatchObject({ reason: expect.stringContaining('there are pay') })
  expect(JSON.stringify(verdict).length).toBeLessThan(300)
  expect(unknownTool('x', [])).toMatchObject({ reason: expect.stringContaining('there are none') })
})
