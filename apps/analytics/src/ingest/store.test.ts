import type { EventSource, RecordedEvent } from '@dure/contracts'
import { createEventRegistry } from '@dure/kernel'
import { createPool } from '@dure/platform'
import { type TestDatabase, testDatabase, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  modelCalled,
  modelCallFailed,
  recorded,
  runCompleted,
  runFailed,
  runStarted,
} from '../testing/events.ts'
import { deliveriesOf, randomOf } from '../testing/shuffle.ts'
import { REGISTRIES } from './current.ts'
import { createIngestStore } from './store.ts'

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

/** Two dozen runs of two tenants, most of them ended, with the calls that they made. */
function history(): Record<EventSource, RecordedEvent[]> {
  const workflow: RecordedEvent[] = []
  const agent: RecordedEvent[] = []
  for (let run = 1; run <= 24; run++) {
    const tenant = testTenant(run % 4 === 0 ? '2' : '1')
    const day = `2026-11-${String(1 + (run % 9)).padStart(2, '0')}`
    const now = { run, workflow: run % 3, tenant, at: `${day}T23:59:59.500Z` }
    const later = { ...now, at: new Date(Date.parse(now.at) + run * 1000).toISOString() }
    workflow.push(runStarted({ ...now, g: workflow.length + 1 }))
    workflow.push(recorded('node.skipped', { ...now, g: workflow.length + 1, version: 2 }, {}))
    if (run % 5 === 0) workflow.push(runFailed({ ...later, g: workflow.length + 1, version: 5 }))
    if (run % 7 !== 0) workflow.push(runCompleted({ ...later, g: workflow.length + 1 }))
    agent.push(modelCalled({ ...now, g: agent.length + 1, usage: { costMicroUsd: run } }))
    if (run % 6 === 0) agent.push(modelCallFailed({ ...now, g: agent.length + 1 }))
  }
  return { workflow, agent }
}

async function state() {
  const read = async (sql: string) => (await pool.query(sql)).rows
  return {
    progress: await read('SELECT source, received::text FROM source_progress ORDER BY source'),
    runs: await read('SELECT * FROM run_fact ORDER BY organization_id, run_id'),
    calls: await read('SELECT * FROM model_call_fact ORDER BY source, g'),
  }
}

describe('recording events', () => {
  test('ends in the same state in whatever order, batches and number they come', async () => {
    const { workflow, agent } = history()
    const store = createIngestStore(pool)
    await store.record('workflow', workflow)
    await store.record('agent', agent)
    const expected = await state()
    expect(expected.progress).toEqual([
      { source: 'agent', received: `{[1,${agent.length + 1})}` },
      { source: 'workflow', received: `{[1,${workflow.length + 1})}` },
    ])
    expect(expected.runs).toHaveLength(24)
    expect(expected.calls).toHaveLength(28)

    for (let seed = 1; seed <= 5; seed++) {
      await pool.query('TRUNCATE source_progress, run_fact, model_call_fact')
      const random = randomOf(seed)
      for (const batch of deliveriesOf(workflow, random)) await store.record('workflow', batch)
      for (const batch of deliveriesOf(agent, random)) await store.record('agent', batch)
      expect(await state(), `seed ${seed}`).toEqual(expected)
    }
  })

  test('ends in the same state when eight deliveries that overlap are taken in at once', async () => {
    const { workflow, agent } = history()
    const store = createIngestStore(pool)
    await store.record('workflow', workflow)
    await store.record('agent', agent)
    const expected = await state()

    for (let seed = 1; seed <= 3; seed++) {
      await pool.query('TRUNCATE source_progress, run_fact, model_call_fact')
      await Promise.all(
        Array.from({ length: 8 }, async (_, lane) => {
          const random = randomOf(seed * 100 + lane)
          for (const batch of deliveriesOf(workflow, random)) await store.record('workflow', batch)
          for (const batch of deliveriesOf(agent, random)) await store.record('agent', batch)
        }),
      )
      expect(await state(), `seed ${seed}`).toEqual(expected)
    }
  })

  test('keeps nothing of a batch that fails, and takes it when it comes again', async () => {
    const store = createIngestStore(pool)
    const good = modelCalled({ g: 1 })
    const bad = { ...modelCalled({ g: 2 }), g: 2 ** 70 }

    await expect(store.record('agent', [good, bad])).rejects.toThrow('bigint')
    expect((await state()).calls).toEqual([])
    await store.record('agent', [good])

    expect((await state()).calls).toHaveLength(1)
  })

  test('keeps a run of the same id apart for each tenant', async () => {
    const store = createIngestStore(pool)
    await store.record('workflow', [
      runStarted({ g: 1, tenant: testTenant('1') }),
      runStarted({ g: 2, tenant: testTenant('2') }),
      runCompleted({ g: 3, tenant: testTenant('2') }),
    ])

    const { runs } = await state()
    expect(runs.map(({ organization_id, status }) => [organization_id, status])).toEqual([
      [testTenant('1').organizationId, 'running'],
      [testTenant('2').organizationId, 'completed'],
    ])
  })

  test('takes in an event of a type that it does not know, and counts nothing', async () => {
    const unknown = recorded('run.teleported', { g: 1, version: 4 }, { to: 'elsewhere' })
    await createIngestStore(pool).record('workflow', [unknown])

    expect(await state()).toEqual({
      progress: [{ source: 'workflow', received: '{[1,2)}' }],
      runs: [],
      calls: [],
    })
  })
})

describe('an event of a newer form', () => {
  /** The next release, in which an end says `result` instead of `output`. */
  const upcasters = [
    ({ output, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, result: output }),
  ]
  const first = { version: 1, upcasters: [] }
  const next = createEventRegistry({
    'run.started': first,
    'run.completed': { version: 2, upcasters },
  })
  const completed = { ...runCompleted({ g: 2 }), schemaVersion: 2, data: { result: null } }
  const skipped = { ...recorded('node.skipped', { g: 3, version: 3 }, {}), schemaVersion: 9 }
  const all = [runStarted({ g: 1 }), completed, skipped]

  test('is missing until there is a build that knows it; what comes with it counts', async () => {
    const old = createIngestStore(pool)
    const { newer, unreadable, runEnds } = await old.record('workflow', all)
    expect([newer, unreadable, runEnds]).toEqual([[completed], [], []])
    expect(await state()).toMatchObject({
      progress: [{ source: 'workflow', received: '{[1,2),[3,4)}' }],
      runs: [{ ended_at: null }],
    })

    const newest = createIngestStore(pool, { ...REGISTRIES, workflow: next })
    // The schema of this build stands in for that of the next one: it knows no `result`.
    const asked = await newest.record('workflow', all)
    expect(asked).toMatchObject({ newer: [], unreadable: [{ g: 2 }] })
    expect((await state()).progress).toEqual([{ source: 'workflow', received: '{[1,4)}' }])
  })

  test('and an older one is brought up to date before it is counted', async () => {
    const store = createIngestStore(pool, { ...REGISTRIES, workflow: next })
    await expect(store.record('workflow', [runCompleted({ g: 2 })])).resolves.toMatchObject({
      unreadable: [{ data: { result: null } }],
    })
  })
})
