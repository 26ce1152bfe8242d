import type { TaskRef } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { accepts, configure, emptyScope, nodeType } from './testing/run-node.ts'

describe('code', () => {
  const inputOf = (config: object) => {
    const node = nodeType('code')
    if (node.kind !== 'task') throw new Error(node.kind)
    const scope = { ...emptyScope, input: { name: 'Ada' } }
    return (
      node.message(configure('code', config), scope, {} as TaskRef).payload as { input: object }
    ).input
  }

  test('gets what its input gives, and nothing becomes a part of its source', () => {
    const source = 'return `{{ input.name }}`'
    expect(inputOf({ source, input: { who: ['{{ input.name }}'] } })).toEqual({
      source,
      input: { who: ['Ada'] },
    })
    expect(inputOf({ source })).toEqual({ source, input: {} })
  })

  test.each([{}, { source: '' }, { source: 'x'.repeat(65_537) }, { source: 'x', cpuMs: 1 }])(
    'does not take %j',
    (config) => expect(accepts('code', config)).toBe(false),
  )
})
