import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, failure } from './testing/run-node.ts'

const orders = [
  { id: 'a', country: 'KR', total: 100, paid: true },
  { id: 'b', country: 'DE', total: 50, paid: false },
  { id: 'c', country: 'KR', total: 300, paid: true },
]
const scope = { input: { orders } }
const tooMany = { input: { orders: Array(10_001).fill(0) } }

describe('transform', () => {
  test('gives the value of its expression', () => {
    expect(evaluate('transform', { expr: 'input.orders.map(o, o.id)' }, scope).data).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  test('gives an object of the values of its fields', () => {
    const fields = { first: 'input.orders[0].id', count: 'size(input.orders)' }
    expect(evaluate('transform', { fields }, scope).data).toEqual({ first: 'a', count: 3 })
  })

  test('does not copy what is there already', () => {
    expect(evaluate('transform', { expr: 'input.orders' }, scope).data).toBe(orders)
  })

  test.each([{}, { expr: '1', fields: { a: '1' } }, { fields: {} }])(
    'does not take %j',
    (config) => {
      expect(() => evaluate('transform', config)).toThrow()
    },
  )

  test('gives no list that is too long', () => {
    expect(() => evaluate('transform', { expr: 'input.orders' }, tooMany)).toThrow(
      failure('node.too-many-items'),
    )
  })
})

describe('filter', () => {
  const filter = (where: string, on: object = scope) =>
    evaluate('filter', { items: 'input.orders', where }, on).data

  test('keeps what fits, in its order', () => {
    expect(filter('loop.item.total >= 100 && loop.index > 0')).toEqual({
      items: [orders[2]],
      count: 1,
    })
  })

  test('sees the rest of the run, too', () => {
    const on = { ...scope, vars: { country: 'DE' } }
    expect(filter('loop.item.country == vars.country', on)).toMatchObject({ count: 1 })
  })

  test('fails when an item is neither in nor out', () => {
    expect(() => filter('loop.item.total')).toThrow(failure('condition.not-boolean'))
  })

  test('fails with what is no list, or too long a one', () => {
    expect(() => filter('true', { input: { orders: 'abc' } })).toThrow(failure('node.not-a-list'))
    expect(() => filter('true', tooMany)).toThrow(failure('node.too-many-items'))
  })

  test('says what is wrong with a long expression in a short message', () => {
    const where = `loop.item.id + "${'x'.repeat(1900)}"`
    expect(() => filter(where)).toThrow(/^`loop\.item\.id \+ "x{280,290}…` must be .{1,130}$/)
  })

  test('takes as many items as it promises', () => {
    const most = { input: { orders: Array(10_000).fill({ total: 1, name: '가나다라마바사' }) } }
    expect(filter('loop.item.total > 0 && loop.item.name.contains("바")', most)).toMatchObject({
      count: 10_000,
    })
  })

  test('is stopped when its items together cost too much', () => {
    const all = { input: { orders: Array(10_000).fill(1) } }
    expect(() => filter('loop.item in input.orders.filter(o, o == 2)', all)).toThrow(
      failure('expression.too-expensive'),
    )
  })
})

describe('sort', () => {
  const sort = (by: string, order: string, items: unknown) =>
    (evaluate('sort', { items: 'input', by, order }, { input: items }).data as { items: unknown[] })
      .items

  test('sorts by what it is told', () => {
    const ids = (order: string) =>
      sort('loop.item.total', order, orders).map((order) => (order as { id: string }).id)
    expect(ids('asc')).toEqual(['b', 'a', 'c'])
    expect(ids('desc')).toEqual(['c', 'a', 'b'])
  })

  test('puts values of all types into one order', () => {
    const mixed = [{ a: 1 }, '나', 'b', 10, true, null, 'B', '가', 9, false, [1]]
    const sorted = [null, false, true, 9, 10, 'B', 'b', '가', '나', { a: 1 }, [1]]
    expect(sort('loop.item', 'asc', mixed)).toEqual(sorted)
  })

  test('keeps the order of what is equal, in both directions', () => {
    const key = fc.oneof(fc.constantFrom(null, true, 'a', '', {}), fc.integer({ max: 2, min: 0 }))
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), fc.boolean(), (keys, isUp) => {
        const items = keys.map((by, at) => ({ by, at }))
        const sorted = sort('loop.item.by', isUp ? 'asc' : 'desc', items) as typeof items
        expect(sorted.map(({ at }) => at).sort((a, b) => a - b)).toEqual(items.map(({ at }) => at))
        for (const [index, { by, at }] of sorted.entries()) {
          const next = sorted[index + 1]
          if (next && JSON.stringify(next.by) === JSON.stringify(by)) {
            expect(next.at).toBeGreaterThan(at)
          }
        }
      }),
    )
  })

  test('has a bound', () => {
    expect(() => sort('loop.item', 'asc', Array(10_001).fill(0))).toThrow(
      failure('node.too-many-items'),
    )
  })
})

describe('aggregate', () => {
  const total = 'loop.item.total'
  const aggregate = (config: object, on: object = scope) =>
    evaluate('aggregate', { items: 'input.orders', ...config }, on).data

  test('computes over all items', () => {
    const metrics = {
      orders: { op: 'count' },
      sum: { op: 'sum', of: total },
      avg: { op: 'avg', of: total },
      min: { op: 'min', of: total },
      max: { op: 'max', of: 'loop.item.id' },
      first: { op: 'first', of: 'loop.item.id' },
      last: { op: 'last', of: 'loop.item.id' },
      ids: { op: 'collect', of: 'loop.item.id' },
    }
    expect(aggregate({ metrics })).toEqual({
      values: {
        orders: 3,
        sum: 450,
        avg: 150,
        min: 50,
        max: 'c',
        first: 'a',
        last: 'c',
        ids: ['a', 'b', 'c'],
      },
      groups: [],
    })
  })

  test('computes for each group, in the order of their first item', () => {
    const metrics = { sum: { op: 'sum', of: total } }
    expect(aggregate({ groupBy: 'loop.item.country', metrics })).toEqual({
      values: { sum: 450 },
      groups: [
        { key: 'KR', values: { sum: 400 } },
        { key: 'DE', values: { sum: 50 } },
      ],
    })
  })

  test('leaves null out, and has an answer for nothing', () => {
    const metrics = {
      count: { op: 'count' },
      sum: { op: 'sum' },
      avg: { op: 'avg' },
      max: { op: 'max' },
      first: { op: 'first' },
    }
    const none = { count: 0, sum: 0, avg: null, max: null, first: null }
    expect(aggregate({ metrics }, { input: { orders: [] } })).toMatchObject({ values: none })
    expect(aggregate({ metrics }, { input: { orders: [null, 4, null] } })).toMatchObject({
      values: { count: 1, sum: 4, avg: 4, max: 4, first: 4 },
    })
  })

  test.each([
    ['adds up what is no number', { metrics: { s: { op: 'sum', of: 'loop.item.id' } } }],
    ['adds up to more than a number holds', { metrics: { s: { op: 'sum', of: '1e308' } } }],
  ])('fails when it %s', (_name, config) => {
    expect(() => aggregate(config)).toThrow(failure('node.not-a-number'))
  })

  test('groups by simple values only', () => {
    const metrics = { count: { op: 'count' } }
    expect(() => aggregate({ groupBy: 'loop.item', metrics })).toThrow(failure('node.invalid-key'))
  })

  test('has no special groups and metrics', () => {
    const keys = ['__proto__', 'constructor', 'toString']
    const metrics = Object.fromEntries(keys.map((key) => [key, { op: 'count' }]))
    const data = aggregate({ groupBy: 'loop.item', metrics }, { input: { orders: keys } })
    expect(Object.entries((data as { values: object }).values)).toEqual(keys.map((key) => [key, 3]))
    expect(data).toMatchObject({ groups: keys.map((key) => ({ key })) })
  })

  test('has a bound', () => {
    expect(() => aggregate({ metrics: { c: { op: 'count' } } }, tooMany)).toThrow(
      failure('node.too-many-items'),
    )
  })
})

describe('set_variable', () => {
  const set = (config: object, vars: Readonly<Record<string, unknown>> = {}) =>
    evaluate('set_variable', { name: 'total', ...config }, { ...scope, vars })

  test('gives the variable its new value, and shows it', () => {
    expect(set({ value: { first: '{{ input.orders[0].total }}' } })).toEqual({
      port: 'out',
      data: { value: { first: 100 } },
      vars: { total: { first: 100 } },
    })
  })

  test.each([
    [{ op: 'append', value: '{{ input.orders[1].id }}' }, undefined, ['b']],
    [{ op: 'append', value: 2 }, [1], [1, 2]],
    [{ op: 'inc' }, undefined, 1],
    [{ op: 'inc', value: '{{ input.orders[1].total }}' }, 5, 55],
    [{ op: 'inc', value: -2 }, 5, 3],
    [{}, 5, null],
  ])('%j makes of %j %j', (config, current, value) => {
    expect(set(config, current === undefined ? {} : { total: current }).vars).toEqual({
      total: value,
    })
  })

  test('does not change the value that was there', () => {
    const list = Object.freeze([1])
    expect(set({ op: 'append', value: 2 }, { total: list }).data).toEqual({ value: [1, 2] })
  })

  test.each([
    [{ op: 'append', value: 1 }, 'text', 'node.not-a-list'],
    [{ op: 'append', value: 1 }, Array(10_000).fill(0), 'node.too-many-items'],
    [{ op: 'inc' }, 'text', 'node.not-a-number'],
    [{ op: 'inc', value: 'one' }, 1, 'node.not-a-number'],
    [{ op: 'inc', value: 1e308 }, 1.7e308, 'node.not-a-number'],
  ])('%j fails', (config, current, code) => {
    expect(() => set(config, { total: current })).toThrow(failure(code))
  })

  test.each(['__proto__', 'constructor', 'prototype', 'Total', 'a.b'])('sets no %s', (name) => {
    expect(() => set({ name, value: 1 })).toThrow()
  })
})
