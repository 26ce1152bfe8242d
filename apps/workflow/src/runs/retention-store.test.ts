import { randomBytes } from 'node:crypto'
import type { RunId } from '@dure/contracts'
import type { RunChange } from '@dure/engine'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { createRetentionStore, type RetentionStore } from './retention-store.ts'
import { createSealedRuns } from './sealed-store.ts'

const DAY_MS = 86_400_000

let f: StoreFixture
let retention: RetentionStore
beforeEach(async () => {
  f = await storeFixture()
  retention = createRetentionStore(f.pool)
})
afterEach(() => f.close())

/** UUIDv7 begins with its time in milliseconds, https://www.rfc-editor.org/rfc/rfc9562#section-5.7 */
function idOf(daysAgo: number): RunId {
  const time = Math.floor(Date.now() - daysAgo * DAY_MS)
    .toString(16)
    .padStart(12, '0')
  return `run_${time}7${randomBytes(10).toString('hex').slice(0, 19)}` as RunId
}

/** A run that began, and perhaps ended, so many days ago. */
async function runOf(began: number, ended?: number, part: Partial<RunChange> = {}) {
  const run = f.newRun({ id: idOf(began) })
  await f.started({ run, ...part })
  const command = { type: 'run.pause', by: 'me' } as const
  await f.store.post(run.id, f.tenant, { id: 'one', command })
  await f.store.saveSnapshot(run.id, 1, {})
  const events = [f.completed('a')]
  if (ended === undefined) {
    await f.store.commit(f.change(run, 1, { events, tasks: [f.task(run, 'a')] }))
  } else {
    await f.store.commit(f.change(run, 1, { events, status: 'completed', output: 1 }))
    await f.pool.query('UPDATE run SET ended_at = $2 WHERE id = $1', [
      run.id,
      new Date(Date.now() - ended * DAY_MS),
    ])
  }
  return run
}

/** Makes the partition of a day that is over. */
async function partition(daysAgo: number) {
  const day = new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10)
  const next = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
  const suffix = day.replaceAll('-', '')
  for (const table of ['run_commit', 'payload']) {
    await f.pool.query(
      `CREATE TABLE ${table}_${suffix} PARTITION OF ${table} FOR VALUES FROM ('${day}') TO ('${next}')`,
    )
  }
  return { day, suffix }
}

const exists = async (table: string) =>
  (await f.pool.query('SELECT to_regclass($1) IS NOT NULL AS there', [table])).rows[0].there

async function rowsOf(runId: RunId) {
  const counts: Record<string, number> = {}
  for (const table of ['run_commit', 'node_task', 'run_inbox', 'run_snapshot']) {
    const sql = `SELECT count(*)::int AS n FROM ${table} WHERE run_id = $1`
    counts[table] = (await f.pool.query(sql, [runId])).rows[0].n
  }
  return counts
}

describe('the partitions of the coming days', () => {
  test('are there after one call, whoever calls at the same time', async () => {
    const { rows } = await f.pool.query(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
       WHERE inhparent IN ('run_commit'::regclass, 'payload'::regclass)
         AND inhrelid::regclass::text !~ 'default'`,
    )
    for (const { name } of rows) await f.pool.query(`DROP TABLE ${name}`)
    const made = await Promise.all([1, 2, 3].map(() => retention.makePartitions()))
    expect(made.toSorted()).toEqual([0, 0, 10])
    const { run } = await f.started()
    const { rows: found } = await f.pool.query(
      'SELECT tableoid::regclass::text AS name FROM run_commit WHERE run_id = $1',
      [run.id],
    )
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
    expect(found).toEqual([{ name: `run_commit_${today}` }])
  })

  test('are not needed for a commit: without one, it goes to the default partition', async () => {
    const tomorrow = f.newRun({ id: idOf(-30) })
    await f.started({ run: tomorrow })
    const stored = await f.store.load(tomorrow.id)
    expect(stored?.events).toHaveLength(1)
  })

  test('of a day whose rows are in the default partition are left out', async () => {
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
    await f.pool.query(`DROP TABLE run_commit_${today}`)
    const { run } = await f.started()
    await retention.makePartitions()
    expect(await exists(`run_commit_${today}`)).toBe(false)
    expect((await f.store.load(run.id))?.events).toHaveLength(1)
  })
})

describe('runs that are too old', () => {
  test('go with all that belongs to them, and their day with them', async () => {
    const { suffix } = await partition(40)
    const old = await runOf(40, 40)
    const recent = await runOf(5, 5)
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 1, days: 2, more: false })
    expect(await f.row(old.id)).toBeUndefined()
    expect(Object.values(await rowsOf(old.id))).toEqual([0, 0, 0, 0])
    expect(await exists(`run_commit_${suffix}`)).toBe(false)
    expect(await exists(`payload_${suffix}`)).toBe(false)
    expect((await rowsOf(recent.id)).run_commit).toBe(2)
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 0, days: 0, more: false })
  })

  test('go from the default partition, too', async () => {
    const old = await runOf(40, 40)
    const other = await runOf(40)
    await retention.dropRunsBefore(30)
    expect((await rowsOf(old.id)).run_commit).toBe(0)
    expect((await rowsOf(other.id)).run_commit).toBe(2)
  })

  test('do not go while they run, or ended only lately: these keep their events', async () => {
    const { suffix, day } = await partition(40)
    const old = await runOf(40, 40)
    const long = await runOf(40)
    const late = await runOf(40, 10)
    await f.pool.query(
      `INSERT INTO payload (run_day, organization_id, project_id, hash, size, body)
       VALUES ($1, $2, $3, 'needed', 2, '{}')`,
      [day, f.tenant.organizationId, f.tenant.projectId],
    )
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 1, days: 1, more: false })
    expect(await exists(`run_commit_${suffix}`)).toBe(false)
    expect((await rowsOf(old.id)).run_commit).toBe(0)
    for (const run of [long, late]) {
      expect((await rowsOf(run.id)).run_commit).toBe(2)
    }
    expect(await f.store.readPayloads(f.tenant, ['needed'])).toEqual(new Map([['needed', {}]]))
    const again = f.change(long, 2, { events: [f.completed('b')], status: 'failed' })
    expect(await f.store.commit(again)).toMatchObject({ state: 'committed' })
    await f.pool.query("UPDATE run SET ended_at = now() - interval '31 days'")
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 2, days: 1, more: false })
    expect((await rowsOf(long.id)).run_commit).toBe(0)
    expect(await f.store.readPayloads(f.tenant, ['needed'])).toEqual(new Map())
  })

  test('are still read in the sealed order when they had to be moved', async () => {
    await partition(40)
    const long = await runOf(40)
    const sequence = createSealedRuns(f.pool)
    await sequence.seal(100)
    await retention.dropRunsBefore(30)
    const page = await sequence.read(f.pool, { afterG: 0, limit: 10 })
    expect(page.map(({ event }) => [event.g, event.stream, event.version])).toEqual([
      [1, long.id, 1],
      [2, long.id, 2],
    ])
    expect(await sequence.seal(100)).toBe(0)
  })

  test('do not go before whoever reads the sealed order has read them', async () => {
    await partition(40)
    const old = await runOf(40, 40)
    const sequence = createSealedRuns(f.pool)
    const longAgo = "at = now() - interval '40 days'"
    await f.pool.query(`UPDATE run_commit SET ${longAgo}`)
    await f.pool.query("INSERT INTO relay_cursors (consumer, g) VALUES ('analytics', 0)")
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 0, days: 0, more: false })
    await sequence.seal(100)
    await f.pool.query(`UPDATE sealed_commits SET ${longAgo}`)
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 0, days: 0, more: false })
    expect((await rowsOf(old.id)).run_commit).toBe(2)
    await f.pool.query('UPDATE relay_cursors SET g = 2')
    expect(await retention.dropRunsBefore(30)).toEqual({ runs: 1, days: 2, more: false })
    expect((await f.pool.query('SELECT FROM sealed_commits')).rowCount).toBe(0)
  })
})
