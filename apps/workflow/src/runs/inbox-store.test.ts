import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'

let f: StoreFixture
beforeAll(async () => {
  f = await storeFixture()
})
afterAll(() => f.close())

const hold = { owner: 'process-1', forMs: 30_000 }

describe('a run that is held', () => {
  test('is told by each result, command and hint that something has arrived', async () => {
    const { run } = await f.started({ lease: hold })
    let version = 1
    const commit = async () => {
      const part = {
        events: [f.completed(`n${version}`)],
        lease: hold,
        tasks: [f.task(run, `t${version}`)],
      }
      const result = await f.store.commit(f.change(run, version++, part))
      return result.state === 'committed' && result.dirty
    }
    expect(await commit()).toBe(false)
    await f.store.recordResult(f.ref(run, 't1'), f.succeeded(1))
    expect(await commit()).toBe(true)
    expect(await commit()).toBe(false)
    await f.store.post(run.id, f.tenant, { id: 'one', command: { type: 'run.pause', by: 'me' } })
    expect(await commit()).toBe(true)
    expect(await f.store.markDirty(run.id)).toBe(true)
    expect(await commit()).toBe(true)
    expect(await commit()).toBe(false)
  })

  test('is not told when nobody holds it', async () => {
    const { run } = await f.started()
    expect(await f.store.markDirty(run.id)).toBe(false)
    expect(await f.store.commit(f.change(run, 1))).toMatchObject({ dirty: false })
  })

  test('is held until a moment by the clock of PostgreSQL, and longer when that is asked for', async () => {
    const { run } = await f.started({ lease: { owner: 'process-1', forMs: 1 } })
    await eventually(async () => {
      const stored = await f.store.load(run.id)
      expect(stored?.lease).toEqual({ owner: 'process-1', expired: true })
    })
    expect(await f.store.renewLeases('process-2', [run.id], 30_000)).toEqual([])
    expect(await f.store.renewLeases('process-1', [run.id], 30_000)).toEqual([run.id])
    expect((await f.store.load(run.id))?.lease).toEqual({ owner: 'process-1', expired: false })
    await f.store.commit(f.change(run, 1))
    expect((await f.store.load(run.id))?.lease).toBeNull()
    expect(await f.store.renewLeases('process-1', [run.id], 30_000)).toEqual([])
  })

  test('changes no column that an index is on, commit after commit', async () => {
    const dueAt = Date.now() + 600_000
    const { run } = await f.started({ lease: hold, wakeAt: dueAt })
    const before = (await f.row(run.id)).wake_at
    for (let version = 1; version <= 5; version += 1) {
      const part = { events: [f.completed('a')], lease: hold, wakeAt: dueAt + version }
      await f.store.commit(f.change(run, version, part))
    }
    expect((await f.row(run.id)).wake_at).toEqual(before)
    await f.store.commit(f.change(run, 6, { lease: hold, wakeAt: Date.now() }))
    expect((await f.row(run.id)).wake_at.getTime()).toBeLessThan(before.getTime())
    await f.store.commit(f.change(run, 6, { wakeAt: dueAt }))
    expect((await f.row(run.id)).wake_at).toEqual(new Date(dueAt))
  })
})

describe('a command', () => {
  const pause = { id: 'one', command: { type: 'run.pause', by: 'me' } } as const
  const resume = { id: 'two', command: { type: 'run.resume', by: 'me' } } as const

  test('is there until it was taken in, in the order of arrival, and never twice', async () => {
    const { run } = await f.started()
    expect(await f.store.post(run.id, f.tenant, resume)).toBe(true)
    expect(await f.store.post(run.id, f.tenant, pause)).toBe(true)
    expect(await f.store.post(run.id, f.tenant, pause)).toBe(false)
    expect((await f.store.load(run.id))?.inbox).toEqual([resume, pause])
    await f.store.commit(f.change(run, 1, { events: [f.completed('a')], consumed: ['two'] }))
    expect((await f.store.load(run.id))?.inbox).toEqual([pause])
    expect(await f.store.post(run.id, f.tenant, resume)).toBe(false)
    expect((await f.store.load(run.id))?.inbox).toEqual([pause])
  })

  test('to a run of somebody else is refused', async () => {
    const { run } = await f.started()
    expect(await f.store.post(run.id, testTenant('2'), pause)).toBe(false)
    expect((await f.store.load(run.id))?.inbox).toEqual([])
  })
})
