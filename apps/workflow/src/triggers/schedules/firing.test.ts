import { describe, expect, test } from 'vitest'
import { cronTimes } from './cron.ts'
import { type CatchUp, planFiring } from './firing.ts'

const hourly = cronTimes({ cron: '0 * * * *', timeZone: 'Asia/Seoul' })
const plan = (dueAt: string, now: string, catchUp: CatchUp) => {
  const { fireAt, nextAt } = planFiring(hourly, {
    dueAt: new Date(`2026-11-${dueAt}:00Z`),
    now: new Date(`2026-11-${now}Z`),
    catchUp,
  })
  return [fireAt, nextAt].map((time) => time?.toISOString().slice(8, 16) ?? null)
}

describe('a schedule that is due', () => {
  test.each(['none', 'last', 'all'] as const)('on time fires, catching up %s', (catchUp) => {
    expect(plan('26T01:00', '26T01:00:00.2', catchUp)).toEqual(['26T01:00', '26T02:00'])
    expect(plan('26T01:00', '26T01:00:59', catchUp)).toEqual(['26T01:00', '26T02:00'])
  })

  test('since long fires not at all, for the last time, or for each time', () => {
    expect(plan('26T01:00', '26T05:30:00', 'none')).toEqual([null, '26T06:00'])
    expect(plan('26T01:00', '26T05:30:00', 'last')).toEqual(['26T05:00', '26T06:00'])
    expect(plan('26T01:00', '26T05:30:00', 'all')).toEqual(['26T01:00', '26T02:00'])
  })

  test('since long fires for the time that is now, although it missed others', () => {
    expect(plan('26T01:00', '26T05:00:10', 'none')).toEqual(['26T05:00', '26T06:00'])
  })

  test('for more than a hundred times fires for the last hundred', () => {
    expect(plan('01T00:00', '26T05:30:00', 'all')).toEqual(['22T02:00', '22T03:00'])
  })

  test('counts from its time, not from now', () => {
    const late = planFiring(cronTimes({ cron: '*/10 * * * * *', timeZone: 'UTC' }), {
      dueAt: new Date('2026-11-26T00:00:10Z'),
      now: new Date('2026-11-26T00:00:19.999Z'),
      catchUp: 'last',
    })
    expect(late.nextAt).toEqual(new Date('2026-11-26T00:00:20Z'))
  })
})
