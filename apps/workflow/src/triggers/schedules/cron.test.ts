import { InvalidInputError } from '@dure/kernel'
import { describe, expect, test } from 'vitest'
import { checkedCron, cronTimes } from './cron.ts'

const now = new Date('2026-11-26T00:00:00Z')

/** What a person is told, as they would see it. */
function problemOf(cron: string, timeZone = 'UTC') {
  try {
    checkedCron({ cron, timeZone }, now)
    return undefined
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return [error.code, error.fields[0]?.pointer, error.fields[0]?.message]
  }
}

describe('a cron', () => {
  test.each([
    ['0 0 30 2 *', 'never fires'],
    ['0 0 31 2,4,6,9,11 *', 'never fires'],
    ['* * * * * *', 'fires more often than every 10 s'],
    ['*/9 * * * * *', 'fires more often than every 10 s'],
    ['0,5 0 0 1 1 *', 'fires more often than every 10 s'],
    ['57,3 * * * * *', 'fires more often than every 10 s'],
    ['@daily', 'has neither five nor six fields'],
    ['0 0 0 1 1 * 2030', 'has neither five nor six fields'],
    ['? 9 * * *', 'contains `?`: use `*`'],
    ['61 * * * *', expect.stringContaining('is not a cron')],
    ['a b c d e', expect.stringContaining('is not a cron')],
  ])('%s is refused: it %s', (cron, message) => {
    expect(problemOf(cron)).toEqual(['schedule.invalid-cron', '#/cron', message])
  })

  test.each(['*/10 * * * * *', '0 9 * * MON-FRI', '0 0 29 2 *', '0 0 L * *', '30 2 * * 1#2'])(
    '%s is good',
    (cron) => expect(problemOf(cron)).toBeUndefined(),
  )

  test.each(['', 'Seoul', '+09:00', 'Asia/Atlantis', '../etc'])('in %j is refused', (timeZone) => {
    expect(problemOf('0 9 * * *', timeZone)?.slice(0, 2)).toEqual([
      'schedule.invalid-time-zone',
      '#/timeZone',
    ])
  })
})

describe('the times of a cron', () => {
  test('are those of its time zone', () => {
    const times = cronTimes({ cron: '0 9 * * *', timeZone: 'Asia/Seoul' })
    expect(times.after(now)).toEqual(new Date('2026-11-27T00:00:00Z'))
    expect(times.upTo(now, 2)).toEqual([new Date('2026-11-25T00:00:00Z'), now])
  })

  test('come once when the clock is put back, and at once after it is put forward', () => {
    const night = cronTimes({ cron: '30 1 * * *', timeZone: 'America/New_York' })
    const twice = new Date('2026-11-01T05:30:00Z')
    expect(night.after(new Date('2026-10-31T12:00:00Z'))).toEqual(twice)
    expect(night.after(twice)).toEqual(new Date('2026-11-02T06:30:00Z'))

    const skipped = cronTimes({ cron: '30 2 * * *', timeZone: 'America/New_York' })
    const after = new Date('2026-03-08T07:00:00Z')
    expect(skipped.after(new Date('2026-03-07T12:00:00Z'))).toEqual(after)
    expect(skipped.after(after)).toEqual(new Date('2026-03-09T06:30:00Z'))
  })

  test('are the same looking ahead and looking back, over both changes of the clock', () => {
    for (const cron of ['30 1 * * *', '30 2 * * *', '*/20 * * * *', '15 */3 * * *']) {
      const times = cronTimes({ cron, timeZone: 'America/New_York' })
      for (const start of ['2026-03-07T00:00:00Z', '2026-10-31T00:00:00Z']) {
        const ahead: Date[] = []
        for (let at = new Date(start); ahead.length < 40; at = ahead.at(-1) as Date) {
          ahead.push(times.after(at) as Date)
        }
        expect(times.upTo(ahead.at(-1) as Date, 40)).toEqual(ahead)
      }
    }
  })
})
