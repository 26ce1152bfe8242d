import type { NodeId } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { type Incoming, portsOf } from './define.ts'
import { itemsOfMap } from './map.ts'
import { accepts, configure, emptyScope, evaluate, failure, nodeType } from './testing/run-node.ts'

const completed = (nodeId: string, data: unknown): Incoming => ({
  nodeId: nodeId as NodeId,
  status: 'completed',
  data,
})
const failed = (nodeId: string): Incoming => ({
  nodeId: nodeId as NodeId,
  status: 'failed',
  error: { code: 'model.unavailable', message: 'It is down', class: 'unavailable' },
})
const skipped = (nodeId: string): Incoming => ({ nodeId: nodeId as NodeId, status: 'skipped' })

describe('switch', () => {
  const cases = [
    { id: 'large', when: 'input.amount > 100' },
    { id: 'any', when: 'input.amount > 0' },
  ]

  test.each([
    [500, 'large'],
    [5, 'any'],
    [0, 'default'],
  ])('with %d goes on by %s', (amount, port) => {
    expect(evaluate('switch', { cases }, { input: { amount } })).toEqual({
      port,
      data: { case: port },
    })
  })

  test('has a port for each case, and one more', () => {
    const ports = portsOf(nodeType('switch'), configure('switch', { cases }))
    expect(ports).toEqual(['large', 'any', 'default'])
  })

  test('does not evaluate what comes after the case that is taken', () => {
    const config = {
      cases: [
        { id: 'a', when: 'true' },
        { id: 'b', when: 'input.missing' },
      ],
    }
    expect(evaluate('switch', config).port).toBe('a')
  })

  test('fails when a case is neither true nor false', () => {
    expect(() => evaluate('switch', { cases: [{ id: 'a', when: '1' }] })).toThrow(
      failure('condition.not-boolean'),
    )
  })

  test.each(['default', 'error', 'Large', ''])('has no case by the name %o', (id) => {
    expect(accepts('switch', { cases: [{ id, when: 'true' }] })).toBe(false)
  })
})

describe('join', () => {
  test('gives the rule by which it is reached', () => {
    const node = nodeType('join')
    const rule = (config: object) =>
      node.kind === 'pure' ? node.join?.(configure('join', config)) : undefined
    expect(rule({})).toEqual({ mode: 'all', n: 1, cancelLosers: true })
    expect(rule({ mode: 'n', n: 2, cancelLosers: false })).toEqual({
      mode: 'n',
      n: 2,
      cancelLosers: false,
    })
  })

  const incoming = [completed('b', 2), failed('c'), skipped('d'), completed('a', { x: 1 })]

  test('gives results and errors by node', () => {
    expect(evaluate('join', { mode: 'settled' }, {}, incoming).data).toEqual({
      results: { b: 2, a: { x: 1 } },
      errors: { c: { code: 'model.unavailable', message: 'It is down', class: 'unavailable' } },
    })
  })

  test('gives results in the order of its edges', () => {
    expect(evaluate('join', { merge: 'list' }, {}, incoming).data).toMatchObject({
      results: [2, { x: 1 }],
    })
  })

  test('counts a node once that leads into it by two ports', () => {
    const twice = [completed('a', 1), completed('a', 1)]
    expect(evaluate('join', { merge: 'list' }, {}, twice).data).toMatchObject({ results: [1] })
  })
})

describe('merge', () => {
  const data = (config: object, ...incoming: Incoming[]) =>
    evaluate('merge', config, {}, incoming).data

  test('coalesce gives the first that has completed', () => {
    expect(data({}, skipped('a'), completed('b', 1), completed('c', 2))).toBe(1)
    expect(data({}, skipped('a'))).toBeNull()
  })

  test('append gives one list after the other, wherever they are in the data', () => {
    const lists = [completed('a', [1]), completed('b', { items: [2, 3] }), skipped('c')]
    expect(data({ mode: 'append' }, ...lists)).toEqual({ items: [1, 2, 3] })
    expect(data({ mode: 'append', field: 'chunks' }, completed('a', { chunks: [7] }))).toEqual({
      items: [7],
    })
  })

  test('zip pairs them, with null where one has ended', () => {
    expect(data({ mode: 'zip' }, completed('a', [1, 2]), completed('b', ['x']))).toEqual({
      items: [
        [1, 'x'],
        [2, null],
      ],
    })
  })

  test('byKey joins objects; the later edge wins, and 1 is not "1"', () => {
    const lists = [
      completed('a', [
        { id: 1, name: 'one', from: 'a' },
        { id: 2, name: 'two' },
      ]),
      completed('b', [
        { id: 1, from: 'b' },
        { id: '1', from: 'b' },
      ]),
    ]
    expect(data({ mode: 'byKey' }, ...lists)).toEqual({
      items: [
        { id: 1, name: 'one', from: 'b' },
        { id: 2, name: 'two' },
        { id: '1', from: 'b' },
      ],
    })
  })

  test.each([
    ['no list', 'append', { text: 'a' }, 'node.not-a-list'],
    ['more items than allowed', 'append', Array(10_001).fill(0), 'node.too-many-items'],
    ['an item without the key', 'byKey', [{ name: 'a' }], 'node.invalid-key'],
    ['a key that is an object', 'byKey', [{ id: {} }], 'node.invalid-key'],
  ])('with %s fails', (_name, mode, value, code) => {
    expect(() => data({ mode }, completed('a', value))).toThrow(failure(code))
  })

  test('fails when the lists together are too long', () => {
    const half = Array(6000).fill(0)
    expect(() => data({ mode: 'append' }, completed('a', half), completed('b', half))).toThrow(
      failure('node.too-many-items'),
    )
  })
})

describe('map', () => {
  const items = (config: object, input: unknown) =>
    itemsOfMap(configure('map', config), { ...emptyScope, input })

  test('gives each iteration an item', () => {
    expect(items({ items: 'input.all' }, { all: [1, 2, 3] })).toEqual([1, 2, 3])
  })

  test('gives each iteration a batch; the last one may be smaller', () => {
    const batches = items({ items: 'input', batchSize: 2 }, [1, 2, 3])
    expect(batches).toEqual([[1, 2], [3]])
    expect(items({ items: 'input', batchSize: 2 }, [])).toEqual([])
  })

  test('wants a list, and not too long a one', () => {
    expect(() => items({ items: 'input' }, { a: 1 })).toThrow(failure('node.not-a-list'))
    expect(() => items({ items: 'input' }, Array(10_001).fill(0))).toThrow(
      failure('node.too-many-items'),
    )
  })

  test('has bounds', () => {
    expect(accepts('map', { items: 'input', concurrency: 50 })).toBe(true)
    expect(accepts('map', { items: 'input', concurrency: 51 })).toBe(false)
    expect(accepts('map', { items: 'input', batchSize: 0 })).toBe(false)
  })
})

describe('loop', () => {
  test.each(['break', 'continue'] as const)('%s leaves the iteration with a value', (type) => {
    expect(evaluate(type, {})).toEqual({ port: '', data: null, leave: type })
    const scope = { loop: { index: 4 } }
    expect(evaluate(type, { value: { at: '{{ loop.index }}' } }, scope).data).toEqual({ at: 4 })
  })

  test('ends by itself, whatever its conditions say', () => {
    expect(configure('loop', {})).toEqual({ maxIterations: 100 })
    expect(accepts('loop', { while: 'true', breakOn: 'false', maxIterations: 1001 })).toBe(false)
  })
})

test('parallel passes on, try has two ways out, and a note does nothing', () => {
  expect(evaluate('parallel', {})).toEqual({ port: 'out', data: {} })
  expect(nodeType('try').ports).toEqual(['ok', 'caught'])
  expect(evaluate('note', { text: 'Ask Minsu' })).toEqual({ port: '', data: null })
})
