import type { CronTimes } from './cron.ts'

/** What becomes of times that passed while nobody looked. */
export const CATCH_UP = ['none', 'last', 'all'] as const
export type CatchUp = (typeof CATCH_UP)[number]

/** What becomes of a time that comes while a run of the same schedule goes on. */
export const OVERLAP = ['skip', 'allow', 'cancel-previous'] as const
export type Overlap = (typeof OVERLAP)[number]

export interface Firing {
  /** The time to start a run for; null: none. */
  readonly fireAt: Date | null
  /** When it is due again, possibly at once; null: never. */
  readonly nextAt: Date | null
}

/** Later than this, a time was missed. */
const ON_TIME_MS = 60_000
/** Of the times that passed, those before the last hundred are left out. */
const MAX_CAUGHT_UP = 100

/**
 * What to do about a schedule that is due. Everything is counted from scheduled times, never from
 * now: a run that starts late moves no other, and a change of the clock is where the cron has it.
 */
export function planFiring(
  times: CronTimes,
  { dueAt, now, catchUp }: { readonly dueAt: Date; readonly now: Date; readonly catchUp: CatchUp },
): Firing {
  const passed = times.upTo(now, MAX_CAUGHT_UP).filter((time) => time >= dueAt)
  const oldest = passed[0] ?? dueAt
  const newest = passed.at(-1) ?? dueAt
  const fireAt = { all: oldest, last: newest, none: isOnTime(newest, now) ? newest : null }[catchUp]
  return { fireAt, nextAt: times.after(fireAt ?? newest) }
}

function isOnTime(time: Date, now: Date): boolean {
  return now.getTime() - time.getTime() <= ON_TIME_MS
}
