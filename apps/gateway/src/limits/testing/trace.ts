import type { Rule } from '../rule.ts'
import { Fleet, type Process } from './fleet.ts'
import { Random } from './random.ts'
import { Reference } from './reference.ts'

export interface TraceReport {
  readonly steps: number
  readonly admitted: number
  readonly refused: number
  readonly asks: number
  readonly crashes: number
  readonly losses: number
}

/**
 * Random requests to 1 to 8 processes with clocks that are up to 5 s off, with crashes, lost messages
 * and a Redis that loses all data; every admission is checked against the reference.
 *
 * @throws at the first one too many
 */
export function runTrace(seed: number, steps: number): TraceReport {
  const random = new Random(seed)
  const instances = random.between(1, 8)
  const loss = random.chance(0.5) ? 0 : 0.03
  // Late on the last day of a month, so that windows end within the trace.
  const start = Date.UTC(2028, 1, 29, 23, 59, random.between(0, 59)) * 1000
  const fleet = new Fleet({ seed: seed + 1, instances, delay: [100, 12_000], loss, start })
  const rules = [rate(random, 'key'), rate(random, 'org'), quota(random), slots(random)]
  const references = new Map(rules.map((rule) => [rule, new Reference(rule)]))
  const load = { random, fleet, rules, references, inUse: new Map<Process, Set<() => void>>() }
  const counts = { admitted: 0, refused: 0, crashes: 0, losses: 0 }
  for (let step = 0; step < steps; step++) {
    fleet.advanceTo(fleet.now + gap(random))
    const process = random.pick(fleet.processes)
    if (random.chance(0.0005)) {
      counts.losses++
      fleet.redis.wipe()
      for (const reference of references.values()) reference.lost(fleet.now)
    } else if (random.chance(0.001)) {
      counts.crashes++
      for (const leave of load.inUse.get(process) ?? []) leave()
      load.inUse.delete(process)
      fleet.crash(process)
    } else {
      request(load, process, (isAdmitted) => {
        if (isAdmitted) counts.admitted++
        else counts.refused++
      })
    }
  }
  return { steps, asks: fleet.asks, ...counts }
}

interface Load {
  readonly random: Random
  readonly fleet: Fleet
  readonly rules: readonly Rule[]
  readonly references: ReadonlyMap<Rule, Reference>
  readonly inUse: Map<Process, Set<() => void>>
}

function request(load: Load, process: Process, done: (isAdmitted: boolean) => void): void {
  const { random, fleet, rules, references } = load
  const asked = rules.filter(() => random.chance(0.6))
  const most = Math.min(3, ...asked.map(({ capacity }) => capacity))
  if (asked.length === 0) return
  const cost = random.chance(0.9) ? 1 : random.between(1, most)
  fleet.request(process, asked, {
    cost,
    settle: ({ kind }) => {
      done(kind === 'admitted')
      if (kind !== 'admitted') return
      for (const rule of asked) references.get(rule)?.admit(cost, fleet.now)
      occupy(load, process, asked, cost)
    },
  })
}

/** A request takes its slots for a while. */
function occupy(load: Load, process: Process, asked: readonly Rule[], cost: number): void {
  const { random, fleet, references, inUse } = load
  const taken = asked.filter(({ kind }) => kind === 'slots')
  if (taken.length === 0) return
  const own = inUse.get(process) ?? new Set()
  inUse.set(process, own)
  const leave = () => {
    if (!own.delete(leave)) return
    for (const rule of taken) references.get(rule)?.leave(cost)
  }
  own.add(leave)
  fleet.at(fleet.now + random.between(0, 2_000_000), () => {
    if (!own.has(leave)) return
    leave()
    fleet.release(process, taken, cost)
  })
}

/** Mostly close together, sometimes at the same moment, now and then after a long silence. */
function gap(random: Random): number {
  if (random.chance(0.3)) return 0
  if (random.chance(0.002)) return random.between(0, 20_000_000)
  return random.between(0, random.chance(0.05) ? 200_000 : 4000)
}

const CAPACITIES = [1, 5, 31, 32, 64, 200, 1000]

function rate(random: Random, name: string): Rule {
  const unitMicros = random.pick([200, 1000, 2000, 7919, 20_000, 250_000, 2_000_000])
  return {
    name,
    kind: 'rate',
    capacity: random.pick(CAPACITIES),
    unitMicros,
    onStoreLoss: 'local-share',
  }
}

function quota(random: Random): Rule {
  const kind = random.pick(['day', 'month'] as const)
  const capacity = random.pick([3, 100, 5000])
  return { name: kind, kind, capacity, unitMicros: 0, onStoreLoss: 'closed' }
}

function slots(random: Random): Rule {
  const capacity = random.pick([1, 4, 20, 100])
  return { name: 'slots', kind: 'slots', capacity, unitMicros: 0, onStoreLoss: 'local-share' }
}
