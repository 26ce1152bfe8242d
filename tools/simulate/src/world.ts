import { type Database, emptyDatabase } from './database.ts'
import { drawFaults, type Faults, NO_FAULTS } from './faults.ts'
import { createRandom, type Random } from './random.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'

/** What every part of one simulation shares. */
export interface World {
  readonly seed: number
  readonly random: Random
  readonly scheduler: Scheduler
  readonly database: Database
  faults(): Faults
  /** From now on nothing goes wrong any more. */
  heal(): void
  isHealed(): boolean
  /** Whether a fault happens now; when it does, it is counted. */
  strikes(fault: keyof Faults): boolean
  readonly counts: Map<string, number>
  trace(line: string): void
  readonly lines: readonly string[]
  /** Something that must not be was seen. */
  violated(what: string): void
  readonly violations: readonly string[]
}

/** 2026-01-01T00:00:00Z. */
const START_MS = 1_767_225_600_000
const LINES_KEPT = 400

export function createWorld(seed: number): World {
  const random = createRandom(seed)
  const scheduler = createScheduler(START_MS)
  const lines: string[] = []
  const violations: string[] = []
  const counts = new Map<string, number>()
  let faults = drawFaults(random.fork('faults'))
  let healed = false

  function trace(line: string) {
    lines.push(`${((scheduler.now() - START_MS) / 1000).toFixed(3)} ${line}`)
    if (lines.length > 2 * LINES_KEPT) lines.splice(0, LINES_KEPT)
  }

  return {
    seed,
    random,
    scheduler,
    database: emptyDatabase(),
    counts,
    lines,
    violations,
    trace,
    faults: () => faults,
    isHealed: () => healed,
    heal() {
      healed = true
      faults = NO_FAULTS
      trace('— from here on nothing goes wrong any more')
    },
    strikes(fault) {
      const probability = faults[fault]
      if (probability === 0 || !random.chance(probability)) return false
      counts.set(fault, (counts.get(fault) ?? 0) + 1)
      return true
    },
    violated(what) {
      trace(`VIOLATION ${what}`)
      violations.push(what)
    },
  }
}
