import type { RunEvent } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'

let f: StoreFixture
beforeAll(async () => {
  f = await storeFixture()
})
afterAll(() => f.close())

describe('load', () => {
  /** A run with commits of one to four events each. */
  async function long(commits: number) {
    const { run, events: first } = await f.started()
    const events: RunEvent[] = [...first]
    for (let n = 0; n < commits; n += 1) {
      const added = Array.from({ length: 1 + (n % 4) }, (_, i) => f.completed(`n${n}_${i}`))
      await f.store.commit(f.change(run, events.length, { events: added }))
      events.push(...added)
    }
    return { run, events }
  }

  test('of a run that is not there gives nothing', async () => {
    expect(await f.store.load(f.newRun().id)).toBeUndefined()
  })

  test('from any version on gives what follows it', async () => {
    const { run, events } = await long(8)
    for (const known of events.keys()) {
      expect((await f.store.load(run.id, known))?.events).toEqual(events.slice(known))
    }
    expect((await f.store.load(run.id, events.length))?.events).toEqual([])
  })

  test('with a snapshot gives the same as without', async () => {
    const { run, events } = await long(8)
    for (const version of [3, 4, events.length]) {
      await f.store.saveSnapshot(run.id, version, { seen: version })
      const stored = await f.store.load(run.id)
      expect(stored?.snapshot).toEqual({ version, state: { seen: version } })
      expect(stored?.events).toEqual(events.slice(version))
    }
    expect((await f.store.load(run.id, 5))?.snapshot).toBeUndefined()
  })

  test('does not give the snapshot of other code, nor an older one than was saved', async () => {
    const { run } = await long(4)
    await f.store.saveSnapshot(run.id, 4, 'newer')
    await f.store.saveSnapshot(run.id, 2, 'older')
    expect((await f.store.load(run.id))?.snapshot).toEqual({ version: 4, state: 'newer' })
    const other = f.another(f.databaseUrl, 'two')
    expect(await other.load(run.id)).toMatchObject({ snapshot: undefined })
    await other.saveSnapshot(run.id, 2, 'of two')
    expect((await f.store.load(run.id))?.snapshot).toBeUndefined()
    expect((await other.load(run.id))?.snapshot).toEqual({ version: 2, state: 'of two' })
  })

  test('of a run with more events than fit into a page gives all', async () => {
    const { run } = await f.started()
    const many = Array.from({ length: 3000 }, (_, n) => f.completed(`n${n}`))
    for (let n = 0; n < 4; n += 1) {
      await f.store.commit(f.change(run, 1 + n * 3000, { events: many }))
    }
    const stored = await f.store.load(run.id)
    expect(stored?.events).toHaveLength(12_001)
    expect(stored?.events[6001]).toEqual(f.completed('n0'))
    expect((await f.store.load(run.id, 3500))?.events).toHaveLength(8501)
  })
})

describe('payloads', () => {
  test('are there for their tenant, once for each hash', async () => {
    const payloads = [
      { hash: 'a', json: '{"z":"\\u0000","a":1}' },
      { hash: 'b', json: '[]' },
    ]
    await f.store.writePayloads(f.tenant, payloads)
    await f.store.writePayloads(f.tenant, payloads.slice(1))
    const found = await f.store.readPayloads(f.tenant, ['a', 'b', 'c'])
    expect(found).toEqual(
      new Map<string, unknown>([
        ['a', { z: '\u0000', a: 1 }],
        ['b', []],
      ]),
    )
    expect(await f.store.readPayloads(testTenant('2'), ['a'])).toEqual(new Map())
  })
})
