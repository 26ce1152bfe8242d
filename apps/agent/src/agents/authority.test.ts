import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ToolGrant } from '../tools/tool.ts'
import { intersectionOf } from './authority.ts'

const http = (over: Partial<ToolGrant> = {}): ToolGrant => ({ tool: 'http_request', ...over })

describe('whoever acts on behalf of others', () => {
  test('may use what all of them may use', () => {
    const [a, b, c] = ['calculator', 'http_request', 'send_email'].map((tool) => ({ tool }))
    const all = [
      [a, b, c],
      [b, c],
      [c, a],
    ] as ToolGrant[][]
    expect(intersectionOf(all).map(({ tool }) => tool)).toEqual(['send_email'])
    expect(intersectionOf([[http()], []])).toEqual([])
    expect(intersectionOf([])).toEqual([])
  })

  test.each([
    ['never', 'always', 'always'],
    ['always', 'never', 'always'],
    ['never', undefined, undefined],
    ['policy', undefined, undefined],
    [undefined, 'always', 'always'],
    ['never', 'never', 'never'],
  ] as const)('with the approvals %s and %s needs %s', (one, other, both) => {
    const grants = [one, other].map((approval) => [http({ ...(approval && { approval }) })])
    expect(intersectionOf(grants).map(({ approval }) => approval)).toEqual([both])
  })

  test('is within the constraints of all', () => {
    const [one, other] = [{ required: ['a'] }, { required: ['b'] }]
    expect(
      intersectionOf([[http({ constraints: one })], [http()], [http({ constraints: other })]]),
    ).toMatchObject([{ constraints: { allOf: [{ allOf: [one] }, other] } }])
  })

  test('reaches what all may reach', () => {
    const hosts = (...allowedHosts: string[]) => [http({ config: { allowedHosts } })]
    expect(intersectionOf([hosts('a', 'b'), hosts('b', 'c')])).toMatchObject([
      { config: { allowedHosts: ['b'] } },
    ])
    expect(intersectionOf([[http()], hosts('a')])).toMatchObject([
      { config: { allowedHosts: ['a'] } },
    ])
    expect(intersectionOf([hosts('a'), hosts('b')])).toEqual([])
  })

  test('has no tool whose settings contradict each other', () => {
    const workflow = (id: string) => [{ tool: 'run_workflow', config: { workflowId: id } }]
    expect(intersectionOf([workflow('wf_1'), workflow('wf_2')])).toEqual([])
    expect(intersectionOf([workflow('wf_1'), workflow('wf_1')])).toHaveLength(1)
  })
})

test('is never more than any of them', () => {
  const grant = fc.record(
    {
      tool: fc.constantFrom('a', 'b', 'c'),
      approval: fc.constantFrom('never' as const, 'policy' as const, 'always' as const),
      config: fc.record({ hosts: fc.subarray(['x', 'y', 'z'], { minLength: 1 }) }),
    },
    { requiredKeys: ['tool', 'config'] },
  )
  const grants = fc.uniqueArray(grant, { selector: ({ tool }) => tool })
  fc.assert(
    fc.property(fc.array(grants, { minLength: 1, maxLength: 4 }), (all) => {
      for (const { tool, config, approval } of intersectionOf(all)) {
        for (const granted of all) {
          const own = granted.find((one) => one.tool === tool)
          const hosts = own?.config.hosts ?? []
          expect(hosts).toEqual(expect.arrayContaining(config?.hosts as string[]))
          if (own?.approval === 'always') expect(approval).toBe('always')
          if (all.length > 1 && own?.approval !== 'never') expect(approval).not.toBe('never')
        }
      }
    }),
  )
})
