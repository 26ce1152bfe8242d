import type { RunId } from '@dure/contracts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { createRecoveryStore, type RecoveryStore } from './recovery-store.ts'

let f: StoreFixture
let recovery: RecoveryStore
beforeEach(async () => {
  f = await storeFixture()
  recovery = createRecoveryStore(f.pool)
})
afterEach(() => f.close())

const past = () => Date.now() - 60_000
const hold = { owner: 'process-1', forMs: 60_000 }

describe('a run whose time has come', () => {
  test('is given to one caller, once, whoever holds it', async () => {
    const { run: idle } = await f.started({ wakeAt: past() })
    const { run: held } = await f.started({ wakeAt: past(), lease: hold })
    const { run: left } = await f.started({ lease: { owner: 'process-2', forMs: 0 } })
    const { run: paused } = await f.started({ wakeAt: past(), status: 'paused' })
    await f.started({ wakeAt: Date.now() + 60_000 })
    await f.started({ wakeAt: null })
    await f.started({ wakeAt: past(), status: 'failed' })

    const calls = await Promise.all([1, 2, 3].map(() => recovery.dueRuns(2)))
    const due = calls.flat()
    expect(new Map(due.map(({ runId, lease }) => [runId, lease]))).toEqual(
      new Map([
        [idle.id, 'none'],
        [held.id, 'held'],
        [left.id, 'expired'],
        [paused.id, 'none'],
      ]),
    )
    expect(due).toHaveLength(4)
    expect(due.every(({ givenUp }) => !givenUp)).toBe(true)
    expect(await recovery.dueRuns(10)).toEqual([])
    expect((await f.row(held.id)).dirty).toBe(true)
    expect((await f.row(idle.id)).dirty).toBe(false)
  })

  test('is due again in a moment when whoever took it hands it back', async () => {
    const { run } = await f.started({ wakeAt: past() })
    const { run: held } = await f.started({ wakeAt: past(), lease: hold })
    expect(await recovery.dueRuns(10)).toHaveLength(2)
    const before = await f.row(run.id)
    for (const { id } of [run, held]) await recovery.handBack(id)
    const after = await f.row(run.id)
    expect(before.wake_at.getTime() - after.wake_at.getTime()).toBeGreaterThan(20_000)
    expect((await f.row(held.id)).wake_at.getTime()).toBeGreaterThan(after.wake_at.getTime())
    await recovery.handBack(run.id)
    expect((await f.row(run.id)).wake_at).toEqual(after.wake_at)
  })

  test('and that was queued for too long is given up', async () => {
    const queued = f.creation({ status: 'queued' }, { ttlMs: 0 })
    await f.store.commit(queued)
    await f.store.commit(f.creation({ status: 'queued' }, { ttlMs: 60_000 }))
    expect(await recovery.dueRuns(10)).toEqual([
      { runId: queued.run.id, status: 'queued', lease: 'none', givenUp: true },
    ])
  })
})

describe('what has no answer', () => {
  test('is given with all that it takes to send it again', async () => {
    const trace = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
    const { run } = await f.started({ run: f.newRun({ trace }) })
    const childRunId = f.newRun().id
    const tasks = [
      f.task(run, 'send'),
      f.task(run, 'start', { kind: 'child', message: null, childRunId }),
      f.task(run, 'ask', { kind: 'approval', message: null }),
      f.task(run, 'await', { kind: 'event', message: null }),
      f.task(run, 'answered'),
      f.task(run, 'stop'),
    ]
    await f.store.commit(f.change(run, 1, { events: [f.scheduled('a')], tasks }))
    await f.store.commit(f.change(run, 2, { events: [f.completed('a')], cancelled: ['stop'] }))
    await f.store.recordResult(f.ref(run, 'answered'), f.succeeded(1))
    expect(await recovery.takeUnanswered(60_000)).toEqual([])

    const taken = await recovery.takeUnanswered(0)
    const common = { runId: run.id, tenant: run.tenant, trace, attempt: 1, request: null }
    expect(taken.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      {
        ...common,
        path: 'send',
        kind: 'task',
        status: 'open',
        message: tasks[0]?.message,
        childRunId: null,
      },
      { ...common, path: 'start', kind: 'child', status: 'open', message: null, childRunId },
      {
        ...common,
        path: 'stop',
        kind: 'task',
        status: 'cancelling',
        message: tasks[5]?.message,
        childRunId: null,
      },
    ])
    expect(await recovery.takeUnanswered(60_000)).toEqual([])
    expect(await recovery.markUnsent()).toBe(3)
    expect(await recovery.takeUnanswered(60_000)).toHaveLength(3)
  })

  test('and was cancelled is given up after ten times', async () => {
    const { run } = await f.started()
    const tasks = [f.task(run, 'stop'), f.task(run, 'go')]
    await f.store.commit(f.change(run, 1, { events: [f.scheduled('a')], tasks }))
    await f.store.commit(f.change(run, 2, { events: [f.completed('a')], cancelled: ['stop'] }))
    const counts = []
    for (let n = 0; n < 12; n += 1) counts.push((await recovery.takeUnanswered(0)).length)
    expect(counts).toEqual([...Array.from({ length: 10 }, () => 2), 1, 1])
    expect((await f.tasks(run.id)).map(({ path }) => path)).toEqual(['go'])
  })
})

test('runs with results or commands that nobody took in are found', async () => {
  const { run: withResult } = await f.started()
  const { run: withCommand } = await f.started()
  const { run: withBoth } = await f.started()
  await f.started()
  for (const run of [withResult, withBoth]) {
    const tasks = [f.task(run, 'a'), f.task(run, 'b')]
    await f.store.commit(f.change(run, 1, { events: [f.scheduled('a')], tasks }))
    await f.store.recordResult(f.ref(run, 'a'), f.succeeded(1))
  }
  for (const run of [withCommand, withBoth]) {
    const command = { type: 'run.pause', by: 'me' } as const
    await f.store.post(run.id, f.tenant, { id: 'one', command })
  }
  const found = await recovery.runsWithResults(0)
  expect(found.toSorted()).toEqual([withResult.id, withCommand.id, withBoth.id].toSorted())
  expect(await recovery.runsWithResults(60_000)).toEqual([])

  await f.store.commit(f.change(withCommand, 1, { consumed: ['one'] }))
  await f.store.commit(f.change(withResult, 2, { folded: ['a'] }))
  expect(await recovery.runsWithResults(0)).toEqual([withBoth.id])
})

describe('a child that has ended', () => {
  async function family(status: 'completed' | 'running') {
    const { run: parent } = await f.started()
    const child = f.newRun({ parent: { runId: parent.id, path: 'sub', attempt: 1 } })
    const tasks = [f.task(parent, 'sub', { kind: 'child', message: null, childRunId: child.id })]
    await f.store.commit(f.change(parent, 1, { events: [f.scheduled('sub')], tasks }))
    await f.started({ run: child, status, output: status === 'completed' ? { n: 1 } : undefined })
    return { parent, child }
  }

  test('is found until its parent has its result', async () => {
    const { parent, child } = await family('completed')
    await family('running')
    const ended = await recovery.endedChildren(10)
    expect(ended).toEqual([
      {
        runId: parent.id,
        tenant: parent.tenant,
        path: 'sub',
        attempt: 1,
        childRunId: child.id,
        status: 'completed',
        output: { n: 1 },
        error: null,
      },
    ])
    await f.store.recordResult(f.ref(parent, 'sub'), f.succeeded({ n: 1 }))
    expect(await recovery.endedChildren(10)).toEqual([])
  })

  test('of a parent that has cancelled it needs nothing more', async () => {
    const { parent } = await family('completed')
    await f.store.commit(f.change(parent, 2, { events: [f.completed('a')], cancelled: ['sub'] }))
    expect(await f.tasks(parent.id)).toMatchObject([{ status: 'cancelling' }])
    expect(await recovery.endedChildren(10)).toEqual([])
    expect(await f.tasks(parent.id)).toEqual([])
  })
})

test('the clock is that by which leases and wake-ups are kept', async () => {
  const { run } = await f.started()
  const before = await recovery.clock()
  const stored = await f.store.load(run.id as RunId)
  expect(stored?.now).toBeGreaterThanOrEqual(before)
  expect(await recovery.clock()).toBeGreaterThanOrEqual(stored?.now ?? Number.NaN)
})
