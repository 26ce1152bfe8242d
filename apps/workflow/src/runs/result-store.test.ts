import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'

let f: StoreFixture
beforeAll(async () => {
  f = await storeFixture()
})
afterAll(() => f.close())

describe('a task', () => {
  test('takes the result of its attempt, of its tenant, once', async () => {
    const { run } = await f.started({ tasks: [] })
    const tasks = [f.task(run, 'a', { attempt: 2 })]
    await f.store.commit(f.change(run, 1, { events: [f.scheduled('a', 2)], tasks }))
    const record = (part: object) =>
      f.store.recordResult({ ...f.ref(run, 'a', 2), ...part }, f.succeeded('x'))
    expect(await record({ attempt: 1 })).toBe(false)
    expect(await record({ attempt: 3 })).toBe(false)
    expect(await record({ path: 'b' })).toBe(false)
    expect(await record({ tenant: testTenant('2') })).toBe(false)
    expect(await record({})).toBe(true)
    expect(await record({})).toBe(false)
    expect((await f.store.load(run.id))?.results).toEqual([
      { path: 'a', attempt: 2, outcome: f.succeeded('x') },
    ])
  })

  test('whose result was taken in is gone, and a retry takes its place', async () => {
    const { run } = await f.started()
    await f.store.commit(
      f.change(run, 1, { events: [f.scheduled('a')], tasks: [f.task(run, 'a')] }),
    )
    await f.store.recordResult(f.ref(run, 'a'), f.succeeded(1))
    await f.store.commit(
      f.change(run, 2, {
        events: [f.scheduled('a', 2)],
        folded: ['a'],
        tasks: [f.task(run, 'a', { attempt: 2 })],
      }),
    )
    expect(await f.tasks(run.id)).toMatchObject([{ path: 'a', attempt: 2, status: 'open' }])
    await f.store.commit(f.change(run, 3, { events: [f.completed('a')], folded: ['a'] }))
    expect(await f.tasks(run.id)).toEqual([])
  })

  test('that is replaced without a result does not take the one of the earlier attempt', async () => {
    const { run } = await f.started({ tasks: [] })
    await f.store.commit(
      f.change(run, 1, { events: [f.scheduled('a')], tasks: [f.task(run, 'a')] }),
    )
    const tasks = [f.task(run, 'a', { attempt: 2 })]
    await f.store.commit(f.change(run, 2, { events: [f.scheduled('a', 2)], tasks }))
    expect(await f.store.recordResult(f.ref(run, 'a', 1), f.succeeded(1))).toBe(false)
    expect(await f.store.recordResult(f.ref(run, 'a', 2), f.succeeded(2))).toBe(true)
  })

  test('that is cancelled is there until any answer comes; what nobody executes is gone', async () => {
    const { run } = await f.started()
    const kinds = ['task', 'child', 'approval', 'event'] as const
    await f.store.commit(
      f.change(run, 1, {
        events: kinds.map((kind) => f.scheduled(kind)),
        tasks: kinds.map((kind) => f.task(run, kind, { kind })),
      }),
    )
    await f.store.commit(f.change(run, 5, { events: [f.completed('x')], cancelled: [...kinds] }))
    expect((await f.tasks(run.id)).map(({ path, status }) => [path, status])).toEqual([
      ['child', 'cancelling'],
      ['task', 'cancelling'],
    ])
    expect(await f.store.recordResult(f.ref(run, 'task'), f.succeeded(1))).toBe(false)
    expect((await f.tasks(run.id)).map(({ path }) => path)).toEqual(['child'])
  })

  test('of many, each is told on its own whether its result was taken', async () => {
    const { run } = await f.started()
    const paths = Array.from({ length: 150 }, (_, n) => `n${n}`)
    await f.store.commit(
      f.change(run, 1, {
        events: [f.scheduled('n')],
        tasks: paths.map((path) => f.task(run, path)),
      }),
    )
    const given = paths.map((path, n) => ({
      task: f.ref(run, path, n % 3 === 0 ? 7 : 1),
      outcome: f.succeeded(n),
    }))
    expect(await f.store.recordResults(given)).toEqual(paths.map((_, n) => n % 3 !== 0))
    expect((await f.store.load(run.id))?.results).toHaveLength(100)
  })
})
