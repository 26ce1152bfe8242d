import { describe, expect, test } from 'vitest'
import { createGate } from './gate.ts'
import { createPace } from './pace-store.ts'

const never = new AbortController().signal

/** Work that goes on until it is told to end. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { work: () => promise, end: resolve }
}

describe('a gate', () => {
  test('lets so many through at once, the others in the order of their coming', async () => {
    const gate = createGate({ concurrency: 2, pace: createPace(0) })
    const begun: number[] = []
    const each = Array.from({ length: 4 }, held)

    const all = each.map(({ work }, at) =>
      gate.pass(never, () => {
        begun.push(at)
        return work()
      }),
    )
    await new Promise(setImmediate)
    expect(begun).toEqual([0, 1])
    each[1]?.end()
    await all[1]
    await new Promise(setImmediate)
    expect(begun).toEqual([0, 1, 2])
    for (const { end } of each) end()
    await Promise.all(all)

    expect(begun).toEqual([0, 1, 2, 3])
  })

  test('is left by who does not wait any longer, and its place is not lost', async () => {
    const gate = createGate({ concurrency: 1, pace: createPace(0) })
    const first = held()
    const leaving = new AbortController()
    const passing = gate.pass(never, first.work)
    const left = gate.pass(leaving.signal, async () => 'never')
    const third = gate.pass(never, async () => 'third')

    leaving.abort(new Error('gone'))

    await expect(left).rejects.toThrow('gone')
    await expect(gate.pass(AbortSignal.abort(new Error('early')), async () => 1)).rejects.toThrow(
      'early',
    )
    first.end()
    await passing
    expect(await third).toBe('third')
    expect(await gate.pass(never, async () => 'next')).toBe('next')
  })

  test('goes on after a failure', async () => {
    const gate = createGate({ concurrency: 1, pace: createPace(0) })

    await expect(gate.pass(never, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(await gate.pass(never, async () => 1)).toBe(1)
  })

  test('lets one through per gap, and who leaves meanwhile holds up nobody else', async () => {
    const gate = createGate({ concurrency: 2, pace: createPace(1) })
    const leaving = new AbortController()
    expect(await gate.pass(never, async () => 'at once')).toBe('at once')

    const second = gate.pass(leaving.signal, async () => 'after a minute')
    leaving.abort()

    await expect(second).rejects.toThrow()
  })
})
