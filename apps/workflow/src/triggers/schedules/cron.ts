import { type FieldProblem, InvalidInputError } from '@dure/kernel'
import { Cron } from 'croner'

/** The times at which a cron fires, in its time zone, with its changes of the clock. */
export interface CronTimes {
  /** The first one later than this. */
  after(instant: Date): Date | null
  /** The last ones until this, itself included, oldest first. */
  upTo(instant: Date, count: number): Date[]
}

export interface CronInZone {
  /** Five fields, or six with seconds first. */
  readonly cron: string
  /** `Asia/Seoul` */
  readonly timeZone: string
}

/** Seconds are the finest that a cron knows: this includes the instant itself. */
const INCLUSIVE_MS = 1
/** So many times are looked at to find out how close they come to each other. */
const SAMPLE = 100
const MIN_GAP_MS = 10_000

/** Of a cron that was checked. Only computes: nothing is timed by it. */
export function cronTimes({ cron, timeZone }: CronInZone): CronTimes {
  const times = new Cron(cron, { timezone: timeZone, mode: '5-or-6-parts' })
  return {
    after: (instant) => times.nextRun(instant),
    upTo: (instant, count) =>
      times.previousRuns(count, new Date(instant.getTime() + INCLUSIVE_MS)).reverse(),
  }
}

/**
 * @param now where to look from for a time at which it fires
 * @throws InvalidInputError `schedule.invalid-cron`, `schedule.invalid-time-zone`
 */
export function checkedCron(inZone: CronInZone, now: Date): CronTimes {
  if (!isTimeZone(inZone.timeZone)) {
    throw new InvalidInputError('schedule.invalid-time-zone', 'Use an IANA name: Asia/Seoul', [
      { pointer: '#/timeZone', message: 'is not the name of a time zone' },
    ])
  }
  const problem = cronProblem(inZone, now)
  if (problem !== undefined) throw invalidCron({ pointer: '#/cron', message: problem })
  return cronTimes(inZone)
}

function cronProblem({ cron, timeZone }: CronInZone, now: Date): string | undefined {
  const fields = cron.trim().split(/\s+/)
  if (fields.length !== 5 && fields.length !== 6) return 'has neither five nor six fields'
  // It stands for the moment at which the cron is read, which is another one in each process.
  if (cron.includes('?')) return 'contains `?`: use `*`'
  let times: Date[]
  try {
    const parsed = new Cron(cron, { timezone: timeZone, mode: '5-or-6-parts' })
    times = parsed.nextRuns(SAMPLE, now)
  } catch (error) {
    return `is not a cron: ${error instanceof Error ? error.message : 'unreadable'}`
  }
  if (times.length === 0) return 'never fires'
  return isTooClose(times) ? 'fires more often than every 10 s' : undefined
}

function isTooClose(times: readonly Date[]): boolean {
  return times.some((time, at) => {
    const before = times[at - 1]
    return before !== undefined && time.getTime() - before.getTime() < MIN_GAP_MS
  })
}

function isTimeZone(name: string): boolean {
  // Offsets such as `+09:00` are no names: they do not know when the clock changes.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function invalidCron(problem: FieldProblem): InvalidInputError {
  return new InvalidInputError('schedule.invalid-cron', 'Correct the cron: see errors', [problem])
}
