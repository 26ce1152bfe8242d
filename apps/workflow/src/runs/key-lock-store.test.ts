import { createPool } from '@dure/platform'
import { eventually, type TestDatabase, testDatabase, testTenant } from '@dure/platform/testing'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createKeyLocks, type KeyLocks } from './key-lock-store.ts'

const tenant = testTenant()
let database: TestDatabase
let pools: readonly [pg.Pool, pg.Pool]
let db: pg.Pool
let nowMs: number
let here: KeyLocks
let elsewhere: KeyLocks
beforeAll(async () => {
  database = await testDatabase()
  const open = () => createPool({ DATABASE_URL: database.databaseUrl }, { max: 2 })
  pools = [open(), open()]
  db = open()
})
afterAll(async () => {
  await Promise.all([...pools, db].map((pool) => pool.end()))
  await database.drop()
})
beforeEach(() => {
  nowMs = 0
  const monotonicMs = () => nowMs
  here = createKeyLocks({ pool: pools[0], monotonicMs })
  elsewhere = createKeyLocks({ pool: pools[1], monotonicMs })
})

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Work that says how many others did the same meanwhile, and takes a few turns of the database. */
function counted() {
  let underWay = 0
  let most = 0
  return {
    most: () => most,
    async work() {
      underWay += 1
      most = Math.max(most, underWay)
      await db.query('SELECT')
      underWay -= 1
    },
  }
}

/** Work that goes on until it is let go. */
function heldWork() {
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  const work = () => {
    begun.resolve()
    return over.promise
  }
  return { work, begun: begun.promise, end: over.resolve }
}

const blocked = () =>
  eventually(async () => {
    const { rowCount } = await db.query(`
      SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`)
    expect(rowCount).toBe(1)
  })

describe('a lock of a key', () => {
  test('lets one at a time through, in all processes', async () => {
    const { work, most } = counted()

    await Promise.all(
      upTo(20).map((n) => (n % 2 ? here : elsewhere).exclusively(tenant, 'same', work)),
    )

    expect(most()).toBe(1)
  })

  test('is no lock for other keys and other projects', async () => {
    const held = heldWork()
    const holding = here.exclusively(tenant, 'held', held.work)
    await held.begun

    await here.exclusively(tenant, 'other', async () => {})
    await elsewhere.exclusively(testTenant('2'), 'held', async () => {})
    held.end()
    await holding
  })

  test('is handed on by who waits for it here: more keys and waits than connections', async () => {
    let taken = 0
    pools[0].on('acquire', () => {
      taken += 1
    })
    const begun = await Promise.all(
      upTo(50).map((n) => here.exclusively(tenant, `key ${n % 5}`, async () => n)),
    )

    expect(begun).toEqual(upTo(50))
    expect(taken).toBe(5)
  })

  test('is let go after a while, though more wait for it here', async () => {
    const first = heldWork()
    const order: string[] = []
    const holding = here.exclusively(tenant, 'fair', first.work)
    await first.begun
    const after = here.exclusively(tenant, 'fair', async () => void order.push('here'))
    const other = elsewhere.exclusively(tenant, 'fair', async () => void order.push('elsewhere'))
    await blocked()

    nowMs = 2000
    first.end()
    await Promise.all([holding, after, other])

    expect(order).toEqual(['elsewhere', 'here'])
  })

  test('is refused to who has waited too long', async () => {
    const first = heldWork()
    const holding = here.exclusively(tenant, 'slow', first.work)
    await first.begun
    const late = here.exclusively(tenant, 'slow', async () => 'never')

    nowMs = 11_000
    first.end()

    await expect(late).rejects.toMatchObject({ kind: 'unavailable', code: 'service.overloaded' })
    await holding
    expect(await here.exclusively(tenant, 'slow', async () => 'again')).toBe('again')
  })

  test('is free again after work that failed', async () => {
    const failed = here.exclusively(tenant, 'bad', () => Promise.reject(new Error('No')))
    const next = here.exclusively(tenant, 'bad', async () => 'fine')

    await expect(failed).rejects.toThrow('No')
    expect(await next).toBe('fine')
    expect(await elsewhere.exclusively(tenant, 'bad', async () => 'there too')).toBe('there too')
  })
})
