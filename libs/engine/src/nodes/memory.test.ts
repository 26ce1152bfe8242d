import type { TaskRef } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { accepts, configure, emptyScope, failure, nodeType } from './testing/run-node.ts'

function inputOf(type: string, config: object) {
  const node = nodeType(type)
  if (node.kind !== 'task') throw new Error(node.kind)
  const scope = { ...emptyScope, input: { user: 'ada', food: '비빔밥', n: 7 } }
  return (node.message(configure(type, config), scope, {} as TaskRef).payload as { input: object })
    .input
}

describe('memory', () => {
  test('is read by key, by words, or without either', () => {
    const of = { scope: 'user', owner: '{{ input.user }}' }
    expect(inputOf('memory_read', { ...of, key: 'food-{{ input.n }}' })).toEqual({
      ...{ scope: 'user', owner: 'ada', key: 'food-7', topK: 10 },
    })
    expect(inputOf('memory_read', { ...of, query: '{{ input.food }}?', topK: 3 })).toEqual({
      ...{ scope: 'user', owner: 'ada', query: '비빔밥?', topK: 3 },
    })
    expect(inputOf('memory_read', { scope: 'project' })).toEqual({
      ...{ scope: 'project', owner: 'all', topK: 10 },
    })
  })

  test('is written with whatever the data gives', () => {
    const config = { scope: 'project', key: 'food', value: { dish: '{{ input.food }}' } }
    expect(inputOf('memory_write', { ...config, expiresInS: 60 })).toEqual({
      ...{ scope: 'project', owner: 'all', key: 'food', value: { dish: '비빔밥' }, expiresInS: 60 },
    })
    expect(inputOf('memory_write', { ...config, value: null })).toMatchObject({ value: null })
  })

  test.each([
    { scope: 'user' },
    { scope: 'user', owner: '{{ input.food }}' },
    { scope: 'project', key: '' },
    { scope: 'project', key: 'a b' },
  ])('is of nobody, and of no name, in %j', (config) => {
    expect(() => inputOf('memory_read', config)).toThrow(failure('memory.invalid-name'))
  })

  test.each([{}, { scope: 'team', key: 'a' }, { scope: 'project', key: 'a', expiresInS: 0 }])(
    'does not take %j',
    (config) => {
      expect(accepts('memory_write', config)).toBe(false)
    },
  )
})
