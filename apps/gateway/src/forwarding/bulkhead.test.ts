import { describe, expect, test } from 'vitest'
import { Bulkhead } from './bulkhead.ts'

const never = new AbortController().signal

describe('a bulkhead', () => {
  test('lets as many in as have room, then as many wait, and turns the rest away', async () => {
    const bulkhead = new Bulkhead({ maxActive: 2, maxWaiting: 1 })
    const first = await bulkhead.enter(never)
    await bulkhead.enter(never)
    const waiting = bulkhead.enter(never)
    expect(await bulkhead.enter(never)).toBeUndefined()
    expect(bulkhead.tryEnter()).toBeUndefined()
    first?.()
    expect(await waiting).toBeInstanceOf(Function)
  })

  test('serves whoever waits in the order of their coming', async () => {
    const bulkhead = new Bulkhead({ maxActive: 1, maxWaiting: 10 })
    const leave = await bulkhead.enter(never)
    const order: number[] = []
    const all = [1, 2, 3].map(async (place) => {
      const leaveNext = await bulkhead.enter(never)
      order.push(place)
      leaveNext?.()
    })
    leave?.()
    await Promise.all(all)
    expect(order).toEqual([1, 2, 3])
  })

  test('frees a place once, however often it is left', async () => {
    const bulkhead = new Bulkhead({ maxActive: 1, maxWaiting: 0 })
    const leave = bulkhead.tryEnter()
    leave?.()
    leave?.()
    expect(bulkhead.tryEnter()).toBeInstanceOf(Function)
    expect(bulkhead.tryEnter()).toBeUndefined()
  })

  test('forgets whoever stopped waiting', async () => {
    const bulkhead = new Bulkhead({ maxActive: 1, maxWaiting: 1 })
    const leave = bulkhead.tryEnter()
    const controller = new AbortController()
    const waiting = bulkhead.enter(controller.signal)
    controller.abort(new Error('left'))
    await expect(waiting).rejects.toThrow('left')
    await expect(bulkhead.enter(controller.signal)).rejects.toThrow('left')
    leave?.()
    expect(bulkhead.tryEnter()).toBeInstanceOf(Function)
  })
})
