import { eventually, silentLog } from '@dure/platform/testing'
import { expect } from 'vitest'
import { createScheduleStore } from '../schedules/store.ts'
import { createScheduler } from '../schedules/worker.ts'
import type { TriggerHarness } from './trigger-service.ts'

/** A schedule, as created, for every hour in Seoul. */
export async function createSchedule(harness: TriggerHarness, fields: object = {}) {
  const body = {
    name: 'Reminder',
    workflowId: await harness.workflow(),
    cron: '0 * * * *',
    timeZone: 'Asia/Seoul',
    input: { topic: '두레' },
    ...fields,
  }
  const response = await harness.call({ method: 'POST', url: '/v1/schedules', body })
  const created = await response.json()
  return { ...created, status: response.status, path: `/v1/schedules/${created.id}`, body }
}

/** As if nobody had looked for so many hours; gives the time that it has been due since. */
export async function neglect({ pool }: TriggerHarness, id: string, hours: number): Promise<Date> {
  const { rows } = await pool.query(
    `UPDATE schedule SET due_at = date_trunc('hour', now()) - $2::int * interval '1 h'
     WHERE id = $1 RETURNING due_at`,
    [id, hours],
  )
  return rows[0].due_at
}

export const hoursAfter = (time: Date, hours: number) =>
  new Date(time.getTime() + hours * 3_600_000).toISOString()
export const keyOf = (id: string, time: string) => `schedule:${id}:${time}`

/** Several pollers on one database, until nothing is due any more. */
export async function fireAll({ pool, runs }: TriggerHarness, replicas = 2): Promise<void> {
  const schedulers = Array.from({ length: replicas }, () =>
    createScheduler({
      store: createScheduleStore(pool),
      starts: runs,
      log: silentLog(),
      pollMs: 10,
    }),
  )
  for (const scheduler of schedulers) scheduler.start()
  try {
    await eventually(async () => {
      const { rowCount } = await pool.query(
        'SELECT FROM schedule WHERE due_at <= now() OR claimed_until IS NOT NULL',
      )
      expect(rowCount).toBe(0)
    })
  } finally {
    await Promise.all(schedulers.map((scheduler) => scheduler.close()))
  }
}
