import { ConflictError, UnavailableError } from '@dure/kernel'
import { eventually, silentLog } from '@dure/platform/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSchedule, fireAll, hoursAfter, keyOf, neglect } from '../testing/schedules.ts'
import { startTriggerService, type TriggerHarness } from '../testing/trigger-service.ts'
import { createScheduleStore } from './store.ts'
import { createScheduler } from './worker.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterEach(async () => {
  harness.runs.forget()
  await harness.pool.query('DELETE FROM schedule')
})
afterAll(() => harness.close())

describe('a schedule on several replicas', () => {
  test('in Asia/Seoul with overlap skip fires once', async () => {
    const { id, path } = await createSchedule(harness, { cron: '0 9 * * *', overlap: 'skip' })
    const { rows } = await harness.pool.query(
      `UPDATE schedule SET due_at =
         (date_trunc('day', now() AT TIME ZONE 'Asia/Seoul' - interval '9 h') + interval '9 h')
         AT TIME ZONE 'Asia/Seoul'
       WHERE id = $1 RETURNING due_at`,
      [id],
    )
    const dueAt: Date = rows[0].due_at
    expect(dueAt.toISOString()).toMatch(/T00:00:00\.000Z$/)
    await fireAll(harness, 2)
    expect(harness.runs.calls).toEqual([
      expect.objectContaining({
        startedBy: id,
        tenant: harness.tenant,
        input: { topic: '두레' },
        labels: { triggerId: id },
        idempotencyKey: keyOf(id, dueAt.toISOString()),
      }),
    ])
    expect(await harness.history(path)).toEqual([
      expect.objectContaining({
        outcome: 'fired',
        occasion: dueAt.toISOString(),
        runId: harness.runs.runs[0]?.runId,
      }),
    ])
    const { nextAt } = await (await harness.call({ url: path })).json()
    expect(nextAt).toBe(hoursAfter(dueAt, 24))
  })

  test('makes up for each time once, in order', async () => {
    const { id } = await createSchedule(harness, { catchUp: 'all', overlap: 'allow' })
    const dueAt = await neglect(harness, id, 30)
    await fireAll(harness, 3)
    const keys = harness.runs.calls.map(({ idempotencyKey }) => idempotencyKey)
    expect(keys).toEqual(
      Array.from({ length: 31 }, (_, hour) => keyOf(id, hoursAfter(dueAt, hour))),
    )
  })

  test('makes up for the last time only, and writes down that it missed others', async () => {
    const { id, path } = await createSchedule(harness, { catchUp: 'last' })
    const dueAt = await neglect(harness, id, 5)
    await fireAll(harness)
    expect(harness.runs.runs).toHaveLength(1)
    expect(await harness.history(path)).toEqual([
      expect.objectContaining({ outcome: 'fired', occasion: hoursAfter(dueAt, 5) }),
      expect.objectContaining({
        outcome: 'skipped',
        reason: 'missed',
        occasion: dueAt.toISOString(),
      }),
    ])
  })

  test('makes up for nothing', async () => {
    const { id, path } = await createSchedule(harness, { cron: '30 3 1 1 *', catchUp: 'none' })
    const { rows } = await harness.pool.query(
      `UPDATE schedule SET due_at = now() - interval '2 h' WHERE id = $1 RETURNING due_at`,
      [id],
    )
    await fireAll(harness)
    expect(harness.runs.runs).toEqual([])
    expect(await harness.history(path)).toEqual([
      expect.objectContaining({ reason: 'missed', occasion: rows[0].due_at.toISOString() }),
    ])
  })

  test('skips a time while a run of it goes on', async () => {
    const { id, path } = await createSchedule(harness, { overlap: 'skip' })
    harness.runs.active.add(id)
    const dueAt = await neglect(harness, id, 0)
    await fireAll(harness)
    expect(harness.runs.runs).toEqual([])
    expect(await harness.history(path)).toEqual([
      expect.objectContaining({
        outcome: 'skipped',
        reason: 'overlap',
        occasion: dueAt.toISOString(),
      }),
    ])
  })

  test('cancels what goes on before it starts anew', async () => {
    const { id } = await createSchedule(harness, { overlap: 'cancel-previous' })
    await neglect(harness, id, 0)
    await fireAll(harness)
    expect([harness.runs.cancelled, harness.runs.runs.length]).toEqual([[id], 1])
  })
})

describe('a process that dies', () => {
  const died = new Error('died')
  const dying = { settle: () => Promise.reject(died) }

  /** Fires in a process that dies after the start; then its claim is over. */
  async function dieAfterStart(id: string) {
    const scheduler = createScheduler({
      store: { ...createScheduleStore(harness.pool), ...dying },
      starts: harness.runs,
      log: silentLog(),
      pollMs: 10,
    })
    scheduler.start()
    await eventually(() => expect(harness.runs.runs).toHaveLength(1))
    await scheduler.close()
    await harness.pool.query(
      "UPDATE schedule SET claimed_until = now() - interval '1 s' WHERE id = $1",
      [id],
    )
  }

  test.each(['skip', 'cancel-previous'])(
    'after a start leaves one run and one entry, with overlap %s',
    async (overlap) => {
      const { id, path } = await createSchedule(harness, { overlap })
      const dueAt = await neglect(harness, id, 4)
      await dieAfterStart(id)
      expect(await harness.history(path)).toMatchObject([
        { outcome: 'starting', occasion: hoursAfter(dueAt, 4) },
        { outcome: 'skipped', reason: 'missed' },
      ])
      // Its own run goes on: whoever takes over must not take it for an earlier one.
      harness.runs.active.add(id)
      harness.runs.cancelled.length = 0
      await fireAll(harness)
      expect(harness.runs.runs).toHaveLength(1)
      expect(harness.runs.cancelled).toEqual([])
      expect(await harness.history(path)).toMatchObject([
        { outcome: 'fired', runId: harness.runs.runs[0]?.runId },
        { outcome: 'skipped', reason: 'missed' },
      ])
    },
  )

  test('after a start of what was changed since leaves that run', async () => {
    const { id, path, body } = await createSchedule(harness)
    await neglect(harness, id, 0)
    await dieAfterStart(id)
    await harness.call({ method: 'PUT', url: path, body: { ...body, input: { other: true } } })
    await fireAll(harness)
    expect(harness.runs.runs).toHaveLength(1)
    expect(await harness.history(path)).toMatchObject([
      { outcome: 'fired', runId: harness.runs.runs[0]?.runId },
    ])
  })
})

describe('a start that fails', () => {
  test('for a reason of the workflow is written down, and the schedule goes on', async () => {
    const { id, path } = await createSchedule(harness)
    harness.runs.failure = new ConflictError('workflow.not-published', 'Publish it')
    await neglect(harness, id, 0)
    await fireAll(harness)
    expect(await harness.history(path)).toMatchObject([
      { outcome: 'failed', reason: 'workflow.not-published', runId: null },
    ])
  })

  test('for a reason of ours is tried again', async () => {
    const { id, path } = await createSchedule(harness, { cron: '*/10 * * * * *' })
    harness.runs.failure = new UnavailableError('database.unavailable', 'Down')
    const { rows } = await harness.pool.query(
      `UPDATE schedule SET due_at = date_bin('10 s', now(), '2026-01-01Z')
       WHERE id = $1 RETURNING due_at`,
      [id],
    )
    const poller = harness.replica().scheduler
    poller.start()
    await eventually(async () =>
      expect(await harness.history(path)).toMatchObject([{ outcome: 'starting' }]),
    )
    await poller.close()
    harness.runs.failure = undefined
    await harness.pool.query('UPDATE schedule SET claimed_until = NULL')
    await fireAll(harness)
    expect(harness.runs.runs[0]?.request.idempotencyKey).toBe(
      keyOf(id, rows[0].due_at.toISOString()),
    )
  })
})

test('one schedule that cannot be fired keeps no other from firing', async () => {
  const broken = await createSchedule(harness)
  await harness.pool.query("UPDATE schedule SET time_zone = 'Mars' WHERE id = $1", [broken.id])
  const good = await createSchedule(harness)
  await neglect(harness, broken.id, 0)
  await neglect(harness, good.id, 0)
  const { scheduler } = harness.replica()
  scheduler.start()
  await eventually(() => expect(harness.runs.runs).toHaveLength(1))
  await scheduler.close()
  expect(harness.runs.runs[0]?.request.startedBy).toBe(good.id)
})
