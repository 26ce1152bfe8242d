import { describe, expect, test } from 'vitest'
import type { Rule } from './rule.ts'
import { Fleet } from './testing/fleet.ts'
import { Reference } from './testing/reference.ts'
import { runTrace } from './testing/trace.ts'

/** As many as a run of all tests can bear; `LIMITS_SEEDS=200 LIMITS_STEPS=5000` is the long form. */
const SEEDS = Number(process.env.LIMITS_SEEDS ?? 12)
const STEPS = Number(process.env.LIMITS_STEPS ?? 5000)
const FIRST = Number(process.env.LIMITS_FIRST_SEED ?? 1)

const perSecond = (limit: number, burst: number, name = 'key'): Rule => ({
  name,
  kind: 'rate',
  capacity: burst,
  unitMicros: Math.ceil(1_000_000 / limit),
  onStoreLoss: 'local-share',
})

describe('never more than the limits allow, over any interval', () => {
  const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index)

  test.each(seeds)('with seed %i', { timeout: 3_600_000 }, (seed) => {
    const report = runTrace(seed, STEPS)
    expect(report.admitted).toBeGreaterThan(0)
    expect(report.refused).toBeGreaterThan(0)
  })

  test('a reference that sees one too many says so', () => {
    const reference = new Reference(perSecond(1, 2))
    reference.admit(2, 0)
    expect(() => reference.admit(1, 999_999)).toThrow('too many')
  })
})

interface Offered {
  readonly fleet: Fleet
  readonly rule: Rule
  /** By each process. */
  readonly perSecond: number
  readonly seconds: number
  readonly reference?: Reference
}

/** Steady requests to each process, at moments of its own. @returns how many were admitted */
function offer({ fleet, rule, perSecond, seconds, reference }: Offered): number {
  let admitted = 0
  const start = fleet.now
  for (const process of fleet.processes) {
    const period = 1_000_000 / perSecond
    const first = fleet.random.next() * period
    for (let at = first; at < seconds * 1_000_000; at += period) {
      fleet.at(Math.floor(start + at), () =>
        fleet.request(process, [rule], {
          settle: ({ kind }) => {
            if (kind !== 'admitted') return
            admitted++
            reference?.admit(1, fleet.now)
          },
        }),
      )
    }
  }
  fleet.advanceTo(start + seconds * 1_000_000)
  return admitted
}

const fleetOf = (instances: number, seed = 1) =>
  new Fleet({ seed, instances, delay: [150, 600], hasShares: true })

describe('a limit is used up', () => {
  test('by 2 processes that are offered 800 per second of 500: APISIX, issue 13704', () => {
    const rule = perSecond(500, 50)
    const reference = new Reference(rule)
    const admitted = offer({ fleet: fleetOf(2), rule, perSecond: 400, seconds: 20, reference })
    expect(admitted).toBeGreaterThanOrEqual(0.97 * 500 * 20)
    expect(admitted).toBeLessThanOrEqual(50 + 500 * 20)
  })

  test.each([
    [500, 500],
    [500, 50],
    [50, 50],
    [50, 10],
  ])('by 8 processes that are offered 1.6 times of %i per second, burst %i', (limit, burst) => {
    const rule = perSecond(limit, burst)
    const reference = new Reference(rule)
    const load = { rule, perSecond: (1.6 * limit) / 8, seconds: 30, reference }
    const admitted = offer({ fleet: fleetOf(8), ...load })
    expect(admitted).toBeGreaterThanOrEqual(0.97 * limit * 30)
  })

  test('at the edge of what would be a window: not twice', () => {
    const rule = perSecond(25, 100)
    const fleet = fleetOf(3)
    const reference = new Reference(rule)
    // Silent until 4 s are nearly over, then as much as it can within 0.8 s around the edge.
    fleet.advanceTo(Math.ceil(fleet.now / 4_000_000) * 4_000_000 - 400_000)
    const admitted = offer({ fleet, rule, perSecond: 400, seconds: 0.8, reference })
    expect(admitted).toBeLessThanOrEqual(100 + 25 * 0.8)
    expect(admitted).toBeGreaterThanOrEqual(100)
  })
})

describe('Redis is asked', () => {
  test.each([
    [5, 0.1],
    [100, 0.02],
  ])('for %i requests per second of one key at most %d times per request', (rps, most) => {
    const fleet = fleetOf(1)
    const rules = [perSecond(1000, 5000), perSecond(2000, 10_000, 'organization')]
    let admitted = 0
    for (let n = 0; n < rps * 120; n++) {
      fleet.at(fleet.now + Math.floor((n * 1_000_000) / rps), () =>
        fleet.request(fleet.processes[0] as (typeof fleet.processes)[0], rules, {
          settle: ({ kind }) => {
            if (kind === 'admitted') admitted++
          },
        }),
      )
    }
    fleet.advanceTo(fleet.now + 120_000_000)
    expect(admitted).toBe(rps * 120)
    expect(fleet.asks / admitted).toBeLessThanOrEqual(most)
  })
})

describe('without Redis', () => {
  test.each([
    [3, 500, 500],
    [8, 200, 1000],
    [2, 1000, 100],
  ])(
    '%i processes keep to 1.1 times the bound of %i per second, burst %i',
    (instances, limit, burst) => {
      const rule = perSecond(limit, burst)
      const fleet = fleetOf(instances)
      const reference = new Reference(rule, 1.1)
      const load = { fleet, rule, reference, perSecond: (1.6 * limit) / instances }
      offer({ ...load, seconds: 5 })
      fleet.isCut = true
      const without = offer({ ...load, seconds: 10 })
      fleet.restore()
      offer({ ...load, seconds: 5 })
      // Whoever is cut off goes on, and does not stop serving.
      expect(without).toBeGreaterThanOrEqual(0.9 * limit * 10)
    },
  )
})
