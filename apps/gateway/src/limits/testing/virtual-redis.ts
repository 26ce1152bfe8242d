import type { Answer, Ask, LeaseReport, Need } from '../rule.ts'
import { LIFE_MS } from '../rule.ts'

const DAY_MICROS = 86_400_000_000

interface Stored {
  level: number
  unit: number
  start: number
  readonly leases: Map<string, { amount: number; expiry: number }>
  /** When Redis would delete the key. */
  goneAt: number
}

interface Bucket extends Stored {
  readonly report: LeaseReport
  readonly unitNow: number
  readonly others: number
  own: number
  readonly kept: boolean
  readonly ends: number
}

/**
 * The script of `script.ts` once more, in another language and on a clock that the test holds in its
 * hands: fast enough for a million steps. A test compares the two on a real server.
 */
export class VirtualRedis {
  readonly #keys = new Map<string, Stored>()

  /** All data is lost, as after a failover to an empty replica. */
  wipe(): void {
    this.#keys.clear()
  }

  /** @param now microseconds since 1970, an integer */
  ask({ reports, needs, stretch }: Ask, now: number): Answer {
    const buckets = reports.map((report) => this.#load(report, stretch, now))
    const needAnswers = needs.map((need) => decide(need, buckets, now))
    return {
      reports: buckets.map((bucket) => {
        const granted = lend(bucket, now)
        const lifeMicros = this.#save(bucket, now)
        return {
          granted,
          kept: bucket.kept,
          available: Math.max(0, room(bucket, now)),
          waitMs: waitFor(bucket, 1, now) / 1000,
          lifeMs: lifeMicros / 1000,
          endsInMs: bucket.ends > 0 ? (bucket.ends - now) / 1000 : 0,
        }
      }),
      needs: needAnswers,
    }
  }

  #load(report: LeaseReport, stretch: number, now: number): Bucket {
    const { rule, key, holder } = report
    const unitNow = Math.ceil(rule.unitMicros * stretch)
    const isWindow = rule.kind === 'day' || rule.kind === 'month'
    const [starts, ends] = isWindow ? windowOf(rule.kind, now) : [0, 0]
    let stored = this.#keys.get(key)
    if (stored && (stored.goneAt <= now || (isWindow && stored.start !== starts)))
      stored = undefined
    const { level, unit, leases } = stored ?? { level: 0, unit: unitNow, leases: new Map() }
    const live = new Map([...leases].filter(([, lease]) => lease.expiry > now))
    const expired = [...leases.values()].filter((lease) => lease.expiry <= now)
    const mine = live.get(holder)
    const isKept = mine !== undefined
    const amounts = [...live].map(([name, lease]) => (name === holder ? 0 : lease.amount))
    return {
      report,
      unitNow,
      unit: unitNow,
      leases: live,
      start: starts,
      ends,
      goneAt: 0,
      kept: isKept,
      level: settled(report, { level, unit, unitNow, expired, now }),
      others: sum(amounts),
      own: rule.kind === 'slots' ? report.held : isKept ? Math.min(report.held, mine.amount) : 0,
    }
  }

  #save(bucket: Bucket, now: number): number {
    const { report, leases, level, start, ends, unitNow } = bucket
    let expiry = now + LIFE_MS * 1000
    if (ends > 0) expiry = Math.min(expiry, ends)
    leases.delete(report.holder)
    if (bucket.own > 0) leases.set(report.holder, { amount: bucket.own, expiry })
    let last = Math.max(0, ...[...leases.values()].map((lease) => lease.expiry))
    if (ends > 0) last = ends
    else if (report.rule.kind === 'rate') {
      last = Math.max(last, level) + (bucket.others + bucket.own) * unitNow
    }
    const goneAt = now + (Math.ceil(Math.max(0, last - now) / 1000) + 1000) * 1000
    this.#keys.set(report.key, { level, unit: unitNow, start, leases, goneAt })
    return expiry - now
  }
}

interface Before {
  readonly level: number
  readonly unit: number
  readonly unitNow: number
  readonly expired: readonly { readonly amount: number; readonly expiry: number }[]
  readonly now: number
}

/** The level with all that was used since. */
function settled({ rule, used, floor, ageMs }: LeaseReport, before: Before): number {
  const { unitNow, expired, now } = before
  const lost = sum(expired.map(({ amount }) => amount))
  if (rule.kind === 'slots') return 0
  if (rule.kind !== 'rate') return before.level + lost + used + floor
  let level = before.level
  if (before.unit !== unitNow && level > now) {
    level = now + Math.ceil(((level - now) / before.unit) * unitNow)
  }
  if (lost > 0) {
    level = Math.max(level, ...expired.map(({ expiry }) => expiry)) + lost * unitNow
  }
  if (used > 0) level = Math.max(level, now - Math.floor(ageMs * 1000)) + used * unitNow
  if (floor > 0) level = Math.max(level, now + floor * unitNow)
  return Math.min(level, now + rule.capacity * unitNow)
}

function room({ report, level, others, own, unitNow }: Bucket, now: number): number {
  const { kind, capacity } = report.rule
  if (kind !== 'rate') return capacity - others - own - level
  return Math.floor((now + (capacity - others - own) * unitNow - Math.max(level, now)) / unitNow)
}

function waitFor(bucket: Bucket, cost: number, now: number): number {
  const { report, level, others, own, unitNow, ends } = bucket
  const { kind, capacity } = report.rule
  if (room(bucket, now) >= cost) return 0
  if (kind === 'slots') return 1_000_000
  if (kind !== 'rate') return ends - now
  return Math.max(level, now) + (others + own + cost - capacity) * unitNow - now
}

function decide({ cost, of }: Need, buckets: readonly Bucket[], now: number) {
  let refusedBy: number | undefined
  let wait = 0
  for (const place of of) {
    const needed = waitFor(buckets[place] as Bucket, cost, now)
    if (needed > wait) [refusedBy, wait] = [place, needed]
  }
  if (refusedBy === undefined) for (const place of of) (buckets[place] as Bucket).own += cost
  return { refusedBy, waitMs: wait / 1000 }
}

function lend(bucket: Bucket, now: number): number {
  const { rule, want, soon } = bucket.report
  if (want <= 0) return 0
  const left = room(bucket, now)
  const isRate = rule.kind === 'rate'
  const plenty = Math.floor(isRate ? (left - rule.capacity / 2) / 2 : left / 16)
  const granted = Math.min(want, left, Math.max(plenty, Math.min(soon, Math.ceil(left / 2))))
  if (granted <= 0) return 0
  bucket.own += granted
  return granted
}

function windowOf(kind: string, now: number): readonly [number, number] {
  if (kind === 'day') {
    const start = Math.floor(now / DAY_MICROS) * DAY_MICROS
    return [start, start + DAY_MICROS]
  }
  const date = new Date(now / 1000)
  const first = (month: number) => Date.UTC(date.getUTCFullYear(), month, 1) * 1000
  return [first(date.getUTCMonth()), first(date.getUTCMonth() + 1)]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
