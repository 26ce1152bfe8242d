import type { RunId } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'

let f: StoreFixture
beforeAll(async () => {
  f = await storeFixture()
})
afterAll(() => f.close())

const hold = { owner: 'process-1', forMs: 30_000 }

describe('a commit', () => {
  test('of a new run is what load gives', async () => {
    const run = f.newRun({
      parent: { runId: `run_${'a'.repeat(32)}` as RunId, path: 'each[3]/child', attempt: 2 },
      trace: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
      depth: 3,
      priority: 9,
      caller: { principals: ['user:usr_ana', 'role:viewer'], seesAll: false },
    })
    const change = f.creation({ run }, { labels: { alias: 'live' } })
    const committed = await f.store.commit(change)
    expect(committed).toEqual({ state: 'committed', dirty: false, now: expect.any(Number) })
    expect(await f.store.load(run.id)).toEqual({
      row: {
        ...run,
        alias: 'live',
        status: 'running',
        version: 1,
        output: null,
        error: null,
        costMicroUsd: 0,
        requestHash: null,
        createdAt: expect.any(Date),
        endedAt: null,
      },
      now: expect.any(Number),
      snapshot: undefined,
      events: change.events,
      results: [],
      inbox: [],
      lease: null,
    })
  })

  test('on another version than the stored one conflicts, and nothing of it is stored', async () => {
    const { run } = await f.started()
    const first = f.change(run, 1, { events: [f.scheduled('a')] })
    const second = f.change(run, 1, { events: [f.scheduled('b')], tasks: [f.task(run, 'b')] })
    expect(await f.store.commit(first)).toMatchObject({ state: 'committed' })
    expect(await f.store.commit(second)).toEqual({ state: 'conflict' })
    const stored = await f.store.load(run.id)
    expect(stored?.row.version).toBe(2)
    expect(stored?.events.slice(1)).toEqual(first.events)
    expect(await f.tasks(run.id)).toEqual([])
  })

  test('of a run that is not there, or is there already, conflicts', async () => {
    const { run } = await f.started()
    expect(await f.store.commit(f.creation({ run }))).toEqual({ state: 'conflict' })
    expect(await f.store.commit(f.change(f.newRun(), 1))).toEqual({ state: 'conflict' })
    expect((await f.store.load(run.id))?.row.version).toBe(1)
  })

  test('of two at the same moment, one conflicts', async () => {
    const { run } = await f.started()
    const other = f.another()
    const both = await Promise.all(
      [f.store, other].map((store) =>
        store.commit(f.change(run, 1, { events: [f.scheduled('a')] })),
      ),
    )
    expect(both.map(({ state }) => state).sort()).toEqual(['committed', 'conflict'])
  })

  test('keeps what no other type of PostgreSQL would: NUL, lone surrogates, the order of keys', async () => {
    const data = { z: 'nul \u0000', a: '\ud800', quotes: '"\\\\"{},', nothing: null }
    const { run } = await f.started({ run: f.newRun({ input: data }) })
    const message = { queue: 'agent', name: 'task.go', key: 'one', payload: data }
    await f.store.commit(
      f.change(run, 1, {
        events: [f.completed('a', data)],
        tasks: [f.task(run, 'b', { message })],
      }),
    )
    await f.store.recordResult(f.ref(run, 'b'), f.succeeded(data))
    const stored = await f.store.load(run.id)
    expect(stored?.row.input).toEqual(data)
    expect(JSON.stringify(stored?.events[1])).toBe(JSON.stringify(f.completed('a', data)))
    expect(stored?.results).toEqual([{ path: 'b', attempt: 1, outcome: f.succeeded(data) }])
  })

  test('that ends the run clears what made others look at it', async () => {
    const { run } = await f.started({ lease: hold, wakeAt: Date.now() + 60_000 })
    await f.store.commit(
      f.change(run, 1, {
        events: [f.scheduled('a'), f.scheduled('b')],
        lease: hold,
        tasks: [
          f.task(run, 'a'),
          f.task(run, 'b'),
          f.task(run, 'ask', { kind: 'approval', message: null }),
        ],
      }),
    )
    await f.store.commit(
      f.change(run, 3, {
        events: [{ type: 'run.completed', output: { n: 1 } }],
        status: 'completed',
        output: { n: 1 },
        costMicroUsd: 7,
        wakeAt: Date.now() + 60_000,
        lease: hold,
        cancelled: ['a'],
      }),
    )
    expect(await f.row(run.id)).toMatchObject({
      status: 'completed',
      output: { n: 1 },
      cost_micro_usd: '7',
      ended_at: expect.any(Date),
      wake_at: null,
      lease_owner: null,
      lease_until: null,
    })
    expect(await f.tasks(run.id)).toMatchObject([{ path: 'a', status: 'cancelling' }])
  })
})

describe('an idempotency key', () => {
  test('of fifty creations at the same moment makes one run', async () => {
    const stores = [f.store, f.another(), f.another()]
    const changes = Array.from({ length: 50 }, () => f.creation({}, { idempotencyKey: 'once' }))
    const results = await Promise.all(
      changes.map((change, index) => stores[index % 3]?.commit(change)),
    )
    expect(results.filter((result) => result?.state === 'committed')).toHaveLength(1)
    const { rows } = await f.pool.query("SELECT id FROM run WHERE idempotency_key = 'once'")
    const winner = results.findIndex((result) => result?.state === 'committed')
    expect(rows).toEqual([{ id: changes[winner]?.run.id }])
    const commits = 'SELECT run_id FROM run_commit WHERE run_id = ANY ($1)'
    const { rows: committed } = await f.pool.query(commits, [changes.map(({ run }) => run.id)])
    expect(committed).toEqual([{ run_id: changes[winner]?.run.id }])
  })

  test('of another tenant is another one', async () => {
    const strangers = f.newRun({ tenant: testTenant('2') })
    const key = { idempotencyKey: 'mine' }
    const both = [f.creation({}, key), f.creation({ run: strangers }, key)]
    const results = await Promise.all(both.map(f.store.commit))
    expect(results.map(({ state }) => state)).toEqual(['committed', 'committed'])
  })
})
