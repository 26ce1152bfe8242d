import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresProxy } from '../testing/postgres-proxy.ts'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'

let f: StoreFixture
beforeAll(async () => {
  f = await storeFixture()
})
afterAll(() => f.close())

describe('commits that go together', () => {
  test('do not care about one that conflicts', async () => {
    const started = await Promise.all(Array.from({ length: 40 }, () => f.started()))
    const results = await Promise.all(
      started.map(({ run }, index) =>
        f.store.commit(f.change(run, index === 20 ? 9 : 1, { events: [f.scheduled('a')] })),
      ),
    )
    const states = results.map(({ state }) => state)
    expect(states.filter((state) => state === 'conflict')).toHaveLength(1)
    expect(states[20]).toBe('conflict')
    const { rows } = await f.pool.query(
      `SELECT count(DISTINCT tx)::int AS statements FROM run_commit
       WHERE first_version = 2 AND run_id = ANY ($1)`,
      [started.map(({ run }) => run.id)],
    )
    expect(rows[0].statements).toBeLessThan(39)
  })

  test('do not care about one that PostgreSQL refuses', async () => {
    const started = await Promise.all(Array.from({ length: 20 }, () => f.started()))
    const results = await Promise.allSettled(
      started.map(({ run }, index) => {
        const task = f.task(run, 'a', { cache: { key: index === 12 ? 'nul \0' : 'key', ttlS: 1 } })
        return f.store.commit(f.change(run, 1, { events: [f.scheduled('a')], tasks: [task] }))
      }),
    )
    expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([
      12,
    ])
    const versions = await Promise.all(
      started.map(async ({ run }) => (await f.store.load(run.id))?.row.version),
    )
    expect(versions).toEqual(started.map((_, index) => (index === 12 ? 1 : 2)))
  })

  test('and are of the same run come after each other', async () => {
    const { run } = await f.started()
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((version) =>
        f.store.commit(f.change(run, version, { events: [f.completed(`n${version}`)] })),
      ),
    )
    expect(results[0]).toMatchObject({ state: 'committed' })
    const stored = await f.store.load(run.id)
    const committed = results.filter(({ state }) => state === 'committed')
    expect(stored?.events).toHaveLength(1 + committed.length)
  })
})

describe('a commit whose connection is lost', () => {
  test('before it was done rejects, and can be done again', async () => {
    const { run } = await f.started()
    const change = f.change(run, 1, { events: [f.scheduled('a')] })
    const blocker = await f.pool.connect()
    await blocker.query('BEGIN')
    await blocker.query('SELECT FROM run WHERE id = $1 FOR UPDATE', [run.id])
    const lost = f.store.commit(change)
    const noticed = expect(lost).rejects.toThrow()
    await f.terminateBlocked()
    await noticed
    await blocker.query('ROLLBACK')
    blocker.release()
    expect((await f.store.load(run.id))?.row.version).toBe(1)
    expect(await f.store.commit(change)).toMatchObject({ state: 'committed' })
  })

  test('after it was done rejects, and conflicts when it is done again', async () => {
    const { run } = await f.started()
    const change = f.change(run, 1, { events: [f.scheduled('a')] })
    const proxy = await postgresProxy(f.databaseUrl)
    const remote = f.another(proxy.url)
    await remote.load(run.id)
    proxy.dropAnswers()
    await expect(remote.commit(change)).rejects.toThrow()
    await proxy.close()
    expect((await f.store.load(run.id))?.row.version).toBe(2)
    expect(await f.store.commit(change)).toEqual({ state: 'conflict' })
  })
})
