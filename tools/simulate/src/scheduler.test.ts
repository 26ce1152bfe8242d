import { expect, it } from 'vitest'
import { createRandom } from './random.ts'
import { createScheduler } from './scheduler.ts'

const forever = { untilMs: Number.MAX_SAFE_INTEGER, done: () => false }

it('lets things happen in the order of their time, and of two at once the first that was asked for', async () => {
  const scheduler = createScheduler(0)
  const random = createRandom(1)
  const seen: [number, number][] = []
  for (let order = 0; order < 500; order++) {
    scheduler.in(random.int(0, 50), () => seen.push([scheduler.now(), order]))
  }
  await scheduler.run(forever)
  expect(seen).toHaveLength(500)
  expect(seen).toEqual(seen.toSorted(([a, x], [b, y]) => a - b || x - y))
})

it('goes on only when everything that follows from one thing has happened', async () => {
  const scheduler = createScheduler(0)
  const seen: string[] = []
  const chain = async (name: string) => {
    for (let step = 0; step < 20; step++) await Promise.resolve()
    seen.push(name)
  }
  scheduler.in(1, () => void chain('first'))
  scheduler.in(2, () => seen.push('second'))
  await scheduler.run(forever)
  expect(seen).toEqual(['first', 'second'])
})

it('forgets what is taken back, and stops when it is told to', async () => {
  const scheduler = createScheduler(0)
  const seen: number[] = []
  scheduler.in(1, () => seen.push(1))
  scheduler.in(2, () => seen.push(2))()
  scheduler.in(3, () => seen.push(3))
  scheduler.in(9, () => seen.push(9))
  await scheduler.run({ untilMs: 5, done: () => false })
  expect(seen).toEqual([1, 3])
  await scheduler.run({ untilMs: 50, done: () => seen.length === 2 })
  expect(seen).toEqual([1, 3])
})

it('draws the same from the same seed, and something else from another', () => {
  const draw = (seed: number) => Array.from({ length: 20 }, createRandom(seed).float)
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  const parent = createRandom(7)
  const child = parent.fork('a').hex(16)
  parent.float()
  expect(parent.fork('a').hex(16)).toBe(child)
  expect(parent.fork('b').hex(16)).not.toBe(child)
})
