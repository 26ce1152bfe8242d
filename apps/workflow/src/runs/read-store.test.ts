import type { RunEvent, RunId } from '@dure/contracts'
import type { RunIdentity, WaitRequest } from '@dure/engine'
import { testTenant } from '@dure/platform/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { approvalId } from './commit-store.ts'
import { findFreshOutcomes } from './payload-store.ts'
import { createRunReadStore, type RunReadStore } from './read-store.ts'
import { createWaitingStore, type OpenApproval } from './waiting-store.ts'

let f: StoreFixture
let reader: RunReadStore
beforeEach(async () => {
  f = await storeFixture()
  reader = createRunReadStore(f.pool)
})
afterEach(() => f.close())

const stranger = testTenant('2')

describe('a run', () => {
  test('is found by its id and by its key, by its tenant alone', async () => {
    const key = { idempotencyKey: 'one', requestHash: 'hash' }
    const { run } = f.creation({}, key)
    await f.store.commit(f.creation({ run }, key))
    expect(await reader.find(f.tenant, run.id)).toMatchObject({ ...run, requestHash: 'hash' })
    expect(await reader.findByKey(f.tenant, 'one')).toMatchObject(run)
    expect(await reader.find(stranger, run.id)).toBeUndefined()
    expect(await reader.findByKey(stranger, 'one')).toBeUndefined()
  })

  test('has ended or not', async () => {
    const { run } = await f.started()
    const { run: ended } = await f.started({ status: 'timed_out' })
    expect(await reader.hasEnded(run.id)).toBe(false)
    expect(await reader.hasEnded(ended.id)).toBe(true)
    expect(await reader.hasEnded(f.newRun().id)).toBe(false)
  })
})

describe('a page of runs', () => {
  const all = { limit: 10, after: undefined, workflowId: undefined, status: undefined }

  test('is newest first, and followed by the next', async () => {
    for (let n = 0; n < 5; n += 1) await f.started()
    await f.started({ run: f.newRun({ tenant: stranger }) })
    // Of two in one millisecond, the id decides.
    const { rows } = await f.pool.query(
      `SELECT id FROM run WHERE project_id = $1 ORDER BY created_at DESC, id DESC`,
      [f.tenant.projectId],
    )
    const newest = rows.map(({ id }) => id)
    expect(newest).toHaveLength(5)
    const first = await reader.page(f.tenant, { ...all, limit: 3 })
    expect(first.map(({ id }) => id)).toEqual(newest.slice(0, 3))
    const last = first.at(-1)
    const after = last && { createdAt: last.createdAt.toISOString(), id: last.id }
    const second = await reader.page(f.tenant, { ...all, after: after as never })
    expect(second.map(({ id }) => id)).toEqual(newest.slice(3))
  })

  test('can be of one status, of one workflow, or of one parent', async () => {
    const parentRunId = `run_${'a'.repeat(32)}` as RunId
    const parent = { runId: parentRunId, path: 'sub', attempt: 1 }
    const { run: child } = await f.started({ run: f.newRun({ parent }) })
    const { run: failed } = await f.started({ status: 'failed' })
    const ids = async (filter: object) =>
      (await reader.page(f.tenant, { ...all, ...filter })).map(({ id }) => id)
    expect(await ids({ status: 'failed' })).toEqual([failed.id])
    expect(await ids({ parentRunId })).toEqual([child.id])
    expect(await ids({ workflowId: child.workflowId })).toHaveLength(2)
    expect(await ids({ workflowId: 'wf_other' })).toEqual([])
  })
})

test('events are read from any version on, as many as asked for, by their tenant alone', async () => {
  const { run, events: first } = await f.started()
  const events: RunEvent[] = [...first]
  for (const count of [3, 1, 5]) {
    const added = Array.from({ length: count }, (_, n) => f.completed(`n${events.length + n}`))
    await f.store.commit(f.change(run, events.length, { events: added }))
    events.push(...added)
  }
  for (let afterVersion = 0; afterVersion <= events.length; afterVersion += 1) {
    for (const limit of [1, 2, 4, 100]) {
      const read = await reader.readEvents({ runId: run.id, afterVersion, limit })
      const expected = events.slice(afterVersion, afterVersion + limit)
      expect(read.map(({ event }) => event)).toEqual(expected)
      expect(read.map(({ version }) => version)).toEqual(
        expected.map((_, index) => afterVersion + index + 1),
      )
    }
  }
  const page = { runId: run.id, afterVersion: 0, limit: 1 }
  expect(await reader.readEvents({ ...page, tenant: f.tenant })).toEqual([
    { version: 1, at: expect.any(Date), event: events[0] },
  ])
  expect(await reader.readEvents({ ...page, tenant: stranger })).toEqual([])
})

describe('what runs wait for', () => {
  const approval: WaitRequest = {
    kind: 'approval',
    title: 'Refund?',
    body: '',
    payload: { amount: 3 },
    assignees: [],
    quorum: 1,
    dueAt: null,
    onExpire: 'expired',
    escalate: [],
    allowEdit: false,
  }
  const event = (name: string, correlation: string | null): WaitRequest => ({
    kind: 'event',
    name,
    correlation,
    dueAt: null,
  })

  async function waiting(path: string, request: WaitRequest, run = f.newRun()) {
    await f.store.commit(f.creation({ run }))
    const kind = request.kind as 'approval' | 'event'
    const tasks = [f.task(run, path, { kind, message: null, request })]
    await f.store.commit(f.change(run, 1, { events: [f.scheduled(path)], tasks }))
    return run
  }

  test('are approvals, newest first, found by their id', async () => {
    const store = createWaitingStore(f.pool)
    const runs: RunIdentity[] = []
    for (let n = 0; n < 5; n += 1) runs.push(await waiting(`each[${n}]/ask`, approval))
    await waiting('ask', approval, f.newRun({ tenant: stranger }))

    const seen: OpenApproval[] = []
    for (;;) {
      const page = await store.approvals(f.tenant, { limit: 2, after: seen.at(-1) })
      if (page.length === 0) break
      seen.push(...page)
    }
    expect(new Set(seen.map(({ runId }) => runId))).toEqual(new Set(runs.map(({ id }) => id)))
    expect(seen).toHaveLength(5)
    const [first] = runs
    const id = first ? approvalId(first.id, 'each[0]/ask') : ''
    expect(id).toMatch(/^apr_[0-9a-f]{32}$/)
    expect(await store.findApproval(f.tenant, id)).toEqual({
      id,
      runId: first?.id,
      runVersion: 2,
      path: 'each[0]/ask',
      attempt: 1,
      request: approval,
      createdAt: expect.any(Date),
    })
    expect(await store.findApproval(stranger, id)).toBeUndefined()
    if (first) await f.store.commit(f.change(first, 2, { folded: ['each[0]/ask'] }))
    expect(await store.findApproval(f.tenant, id)).toBeUndefined()
  })

  test('are events, found by name and correlation', async () => {
    const store = createWaitingStore(f.pool)
    const one = await waiting('a', event('order.paid', 'o-1'))
    const same = await waiting('b', event('order.paid', 'o-1'))
    await waiting('c', event('order.paid', 'o-2'))
    const any = await waiting('d', event('order.paid', null))
    await waiting('e', event('order.paid', 'o-1'), f.newRun({ tenant: stranger }))

    const paid = { name: 'order.paid', correlation: 'o-1' }
    const [first] = await store.eventWaits(f.tenant, paid, { limit: 1 })
    expect(first).toEqual({
      runId: one.id,
      path: 'a',
      attempt: 1,
      request: event('order.paid', 'o-1'),
    })
    const rest = await store.eventWaits(f.tenant, paid, { limit: 9, after: first })
    expect(rest.map(({ runId }) => runId)).toEqual([same.id])
    const without = { name: 'order.paid', correlation: null }
    const found = await store.eventWaits(f.tenant, without, { limit: 9 })
    expect(found.map(({ runId }) => runId)).toEqual([any.id])
  })
})

test('an outcome that succeeded is kept for its key, as long as that says', async () => {
  const { run } = await f.started()
  const tasks = [
    f.task(run, 'kept', { cache: { key: 'kept', ttlS: 60 } }),
    f.task(run, 'over', { cache: { key: 'over', ttlS: 0 } }),
    f.task(run, 'failed', { cache: { key: 'failed', ttlS: 60 } }),
    f.task(run, 'cached', { cache: { key: 'cached', ttlS: 60 } }),
    f.task(run, 'stale', { attempt: 2, cache: { key: 'stale', ttlS: 60 } }),
  ]
  await f.store.commit(f.change(run, 1, { events: [f.scheduled('a')], tasks }))
  const failed = { status: 'failed', error: { code: 'a.b', message: 'No' } } as const
  const outcome = f.succeeded({ text: 'nul \u0000' })
  await f.store.recordResults([
    { task: f.ref(run, 'kept'), outcome },
    { task: f.ref(run, 'over'), outcome },
    { task: f.ref(run, 'failed'), outcome: failed },
    { task: f.ref(run, 'cached'), outcome: { ...outcome, cached: true } as never },
    { task: f.ref(run, 'stale', 1), outcome },
  ])
  const keys = ['kept', 'over', 'failed', 'cached', 'stale']
  expect(await findFreshOutcomes(f.pool, f.tenant, keys)).toEqual(new Map([['kept', outcome]]))
  expect(await findFreshOutcomes(f.pool, stranger, keys)).toEqual(new Map())
})
