import { createPool, withTransaction } from '@dure/platform'
import { eventually, type TestDatabase, testDatabase } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createIngestStore } from '../ingest/store.ts'
import { modelCalled, runStarted } from '../testing/events.ts'
import { createGapStore } from './store.ts'

const CHECK_MS = 60_000
let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await testDatabase('analytics')
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { rows: 'of every tenant' })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(async () => {
  await pool.query('TRUNCATE source_progress, resend_request, run_fact, model_call_fact')
})

const receive = (...gs: number[]) =>
  createIngestStore(pool).record(
    'workflow',
    gs.map((g) => runStarted({ g, run: g })),
  )

/** Lets PostgreSQL believe that time has passed: everything that it remembers is that much older. */
async function pass(ms: number): Promise<void> {
  const older = `- ${ms} * interval '1 millisecond'`
  await pool.query(
    `UPDATE source_progress SET received_at = received_at ${older}, checked_at = checked_at ${older}`,
  )
  await pool.query(`UPDATE resend_request SET requested_at = requested_at ${older}`)
}

/** What is found at each of several looks, each as late as it may be. */
async function look(times = 1) {
  const found = []
  for (let time = 0; time < times; time++) {
    await pass(CHECK_MS)
    found.push(await createGapStore(pool).takeOverdue(CHECK_MS))
  }
  return found
}

/** Somebody else is at work on the progress of the sources until `work` has settled. */
async function whileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
  return withTransaction(pool, async (client) => {
    await client.query('SELECT FROM source_progress FOR UPDATE')
    return work()
  })
}

async function waitingForLocks(): Promise<number | null> {
  const { rowCount } = await pool.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rowCount
}

describe('a gap', () => {
  test('is overdue when it is still open at the second look', async () => {
    await receive(1, 2, 5)

    expect(await look(2)).toEqual([[], [{ source: 'workflow', fromG: 3, toG: 4 }]])
  })

  test('that closes between two looks is never asked for', async () => {
    await receive(1, 2, 5)
    await look()
    await receive(3, 4)

    expect(await look(2)).toEqual([[], []])
  })

  test('is found by one, however many look at the same time', async () => {
    await receive(1, 3)
    await look()
    await pass(CHECK_MS)
    const blocked = await whileLocked(async () => {
      const looks = Array.from({ length: 5 }, () => createGapStore(pool).takeOverdue(CHECK_MS))
      await eventually(async () => expect(await waitingForLocks()).toBe(5))
      return { looks }
    })

    const found = (await Promise.all(blocked.looks)).flat()
    expect(found).toEqual([{ source: 'workflow', fromG: 2, toG: 2 }])
  })

  test('is asked for again after 30 s, and not before', async () => {
    await receive(1, 3)
    const gap = { source: 'workflow', fromG: 2, toG: 2 }
    const store = createGapStore(pool)
    const lookAfter = async (ms: number) => {
      await pass(ms)
      return store.takeOverdue(50)
    }

    expect(await lookAfter(100)).toEqual([])
    expect(await lookAfter(100)).toEqual([gap])
    expect(await lookAfter(10_000)).toEqual([])
    expect(await lookAfter(10_000)).toEqual([])
    expect(await lookAfter(10_100)).toEqual([gap])
  })

  test('is asked for only in the part that is open and that nobody asked for', async () => {
    await receive(1, 10)
    await look(2)
    await pool.query(
      `UPDATE resend_request SET from_g = 2, to_g = 4, requested_at = now() + interval '5 minutes'`,
    )
    await receive(8)

    expect(await look()).toEqual([
      [
        { source: 'workflow', fromG: 5, toG: 7 },
        { source: 'workflow', fromG: 9, toG: 9 },
      ],
    ])
  })

  test('that is very long is asked for in parts of 10,000, of which ten are open', async () => {
    await receive(1, 1_000_000_000)
    await look()
    const store = createGapStore(pool)
    const lookAfter = async (ms: number) => {
      await pass(ms)
      return store.takeOverdue(50)
    }

    const parts = await lookAfter(100)
    expect(parts).toHaveLength(10)
    expect(parts.at(0)).toEqual({ source: 'workflow', fromG: 2, toG: 10_001 })
    expect(parts.at(-1)).toEqual({ source: 'workflow', fromG: 90_002, toG: 100_001 })
    expect(await lookAfter(100)).toEqual([])
    await pool.query("UPDATE source_progress SET received = received + '{[2,20002)}'")
    expect(await lookAfter(100)).toEqual([
      { source: 'workflow', fromG: 100_002, toG: 110_001 },
      { source: 'workflow', fromG: 110_002, toG: 120_001 },
    ])
  })
})

describe('a tail', () => {
  test('is missing when the source says so and nothing arrives any more', async () => {
    await receive(1, 2)
    await createGapStore(pool).reportHead('workflow', 4)

    expect(await look(2)).toEqual([[], [{ source: 'workflow', fromG: 3, toG: 4 }]])
  })

  test('is missing when nothing has ever arrived', async () => {
    await createGapStore(pool).reportHead('agent', 3)

    expect(await look(2)).toEqual([[], [{ source: 'agent', fromG: 1, toG: 3 }]])
  })

  test('is on its way as long as events arrive', async () => {
    await receive(1, 2)
    await createGapStore(pool).reportHead('workflow', 9)
    const found = []
    for (const g of [3, 4, 5]) {
      await pass(CHECK_MS)
      await receive(g)
      found.push(await createGapStore(pool).takeOverdue(CHECK_MS))
    }

    expect(found).toEqual([[], [], []])
  })

  test('does not grow back when an old report comes late', async () => {
    const store = createGapStore(pool)
    await store.reportHead('workflow', 4)
    await store.reportHead('workflow', 2)
    await receive(1, 2)

    expect((await look(2))[1]).toEqual([{ source: 'workflow', fromG: 3, toG: 4 }])
  })

  test('of one source says nothing of another', async () => {
    await receive(1, 2)
    await createIngestStore(pool).record('agent', [modelCalled({ g: 2 })])

    expect(await look(2)).toEqual([[], [{ source: 'agent', fromG: 1, toG: 1 }]])
  })
})
