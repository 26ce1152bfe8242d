import { describe, expect, test } from 'vitest'
import { PRIORITIES, type Priority } from '../routing/priority.ts'
import { Bulkhead, type Visitor } from './bulkhead.ts'

/** Somebody who notes what becomes of it. */
function visitor(name: string, priority: Priority, fates: string[]) {
  return {
    priority,
    onTurn: () => void fates.push(`${name} in`),
    onTurnedAway: () => void fates.push(`${name} away`),
  }
}

describe('a bulkhead', () => {
  test('lets as many in as have room, then as many wait, and turns the rest away', () => {
    const fates: string[] = []
    const bulkhead = new Bulkhead({ maxActive: 2, maxWaiting: 1 })
    const enter = (name: string) => bulkhead.enter(visitor(name, 'interactive', fates))
    expect(['a', 'b', 'c', 'd'].map(enter)).toEqual(['in', 'in', 'waiting', 'full'])
    expect(bulkhead.tryEnter('interactive')).toBe(false)
    bulkhead.leave('interactive')
    expect(fates).toEqual(['c in'])
    expect([bulkhead.active, bulkhead.waiting]).toEqual([2, 0])
  })

  test('serves whoever waits by priority, and equals in the order of their coming', () => {
    const fates: string[] = []
    const bulkhead = new Bulkhead({ maxActive: 1, maxWaiting: 10 })
    bulkhead.tryEnter('interactive')
    const coming = ['batch', 'interactive', 'new-run', 'interactive', 'run-control'] as const
    coming.forEach((priority, at) => {
      expect(bulkhead.enter(visitor(`${priority} ${at}`, priority, fates))).toBe('waiting')
    })
    const inside: Priority[] = ['interactive']
    for (const priority of [
      'run-control',
      'interactive',
      'interactive',
      'new-run',
      'batch',
    ] as const) {
      bulkhead.leave(inside.pop() ?? 'batch')
      inside.push(priority)
    }
    expect(fates).toEqual([
      'run-control 4 in',
      'interactive 1 in',
      'interactive 3 in',
      'new-run 2 in',
      'batch 0 in',
    ])
  })

  test('never gives a priority more than its share, whoever waits behind it goes on', () => {
    const fates: string[] = []
    const bulkhead = new Bulkhead({ maxActive: 3, maxWaiting: 10, shares: { batch: 1 } })
    expect(bulkhead.tryEnter('batch')).toBe(true)
    expect(bulkhead.enter(visitor('second batch', 'batch', fates))).toBe('waiting')
    expect(bulkhead.tryEnter('new-run')).toBe(true)
    bulkhead.leave('new-run')
    expect(fates).toEqual([])
    bulkhead.leave('batch')
    expect(fates).toEqual(['second batch in'])
  })

  test('drops the last of those who matter least for whoever matters more', () => {
    const fates: string[] = []
    const bulkhead = new Bulkhead({ maxActive: 1, maxWaiting: 3 })
    bulkhead.tryEnter('batch')
    const enter = (name: string, priority: Priority) =>
      bulkhead.enter(visitor(name, priority, fates))
    enter('batch 1', 'batch')
    enter('batch 2', 'batch')
    enter('run', 'new-run')
    expect(enter('batch 3', 'batch')).toBe('full')
    expect(enter('read', 'interactive')).toBe('waiting')
    expect(enter('cancel', 'run-control')).toBe('waiting')
    expect(fates).toEqual(['batch 2 away', 'batch 1 away'])
    expect(enter('another run', 'new-run')).toBe('full')
  })

  test('forgets whoever stopped waiting', () => {
    const fates: string[] = []
    const bulkhead = new Bulkhead({ maxActive: 1, maxWaiting: 1 })
    bulkhead.tryEnter('new-run')
    const gone = visitor('gone', 'new-run', fates)
    bulkhead.enter(gone)
    bulkhead.forget(gone)
    bulkhead.forget(gone)
    expect(bulkhead.waiting).toBe(0)
    bulkhead.leave('new-run')
    expect([fates, bulkhead.active]).toEqual([[], 0])
  })

  test('loses no place and invents none, whatever happens in whatever order', () => {
    let seed = 42
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    const bulkhead = new Bulkhead({
      maxActive: 4,
      maxWaiting: 6,
      shares: { batch: 1, 'new-run': 3 },
    })
    const inside: Priority[] = []
    const waiting: Visitor[] = []
    for (let step = 0; step < 5000; step++) {
      const priority = PRIORITIES[random(PRIORITIES.length)] as Priority
      const one: Visitor = {
        priority,
        onTurn: () => {
          waiting.splice(waiting.indexOf(one), 1)
          inside.push(priority)
        },
        onTurnedAway: () => {
          waiting.splice(waiting.indexOf(one), 1)
        },
      }
      const action = random(3)
      if (action === 0) {
        const [left] = inside.splice(random(inside.length), 1)
        if (left) bulkhead.leave(left)
      } else if (action === 1) {
        const [left] = waiting.splice(random(waiting.length), 1)
        if (left) bulkhead.forget(left)
      } else {
        const outcome = bulkhead.enter(one)
        if (outcome === 'in') inside.push(priority)
        if (outcome === 'waiting') waiting.push(one)
      }
      expect([bulkhead.active, bulkhead.waiting]).toEqual([inside.length, waiting.length])
      expect(inside.length).toBeLessThanOrEqual(4)
      expect(inside.filter((name) => name === 'batch').length).toBeLessThanOrEqual(1)
    }
  })
})
