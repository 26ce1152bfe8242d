import { describe, expect, test } from 'vitest'
import { createGate } from './idempotency-gate.ts'

describe('of the requests with one key', () => {
  test('one goes in at a time, in their order; other keys do not wait', async () => {
    const gate = createGate()
    const order: number[] = []
    const first = await gate.enter('a')
    const rest = [1, 2].map(async (n) => {
      const leave = await gate.enter('a')
      order.push(n)
      leave()
    })
    const other = await gate.enter('b')
    expect(order).toEqual([])
    other()
    first()
    await Promise.all(rest)
    expect(order).toEqual([1, 2])
    expect(await gate.enter('a')).toBeTypeOf('function')
  })

  test('one that waits too long is sent away, and takes nobody the turn', async () => {
    const gate = createGate({ waitMs: 1 })
    const first = await gate.enter('a')
    await expect(gate.enter('a')).rejects.toMatchObject({
      code: 'idempotency.in-progress',
      retryAfterS: 1,
    })
    first()
    expect(await gate.enter('a')).toBeTypeOf('function')
  })

  test('no more than a number of them wait', async () => {
    const gate = createGate({ maxWaiting: 1 })
    const first = await gate.enter('a')
    const second = gate.enter('a')
    await expect(gate.enter('a')).rejects.toMatchObject({ code: 'idempotency.in-progress' })
    first()
    expect(await second).toBeTypeOf('function')
  })
})
