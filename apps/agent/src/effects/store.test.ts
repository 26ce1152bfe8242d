import type { TaskOutcome, TaskRef } from '@dure/contracts'
import { createPool, withTransaction } from '@dure/platform'
import { testDatabase, testTenant } from '@dure/platform/testing'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newTask } from '../tasks/testing/task.ts'
import type { Hold } from './effect.ts'
import { createEffectLedger, type EffectLedger } from './store.ts'

let pool: Pool
let ledger: EffectLedger
const cleanups: (() => Promise<void>)[] = []

beforeAll(async () => {
  const { databaseUrl, drop } = await testDatabase('agent')
  pool = createPool({ DATABASE_URL: databaseUrl })
  ledger = createEffectLedger({ pool, leaseMs: 60_000 })
  cleanups.push(() => pool.end(), drop)
})
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup()
})

async function claimed(task: TaskRef) {
  const claim = await ledger.claim(task)
  if (claim.state !== 'claimed') throw new Error(`The task is ${claim.state}`)
  return claim
}

const expire = ({ taskKey }: TaskRef) =>
  pool.query(`UPDATE task_effect SET lease_until = now() - interval '1 ms' WHERE task_key = $1`, [
    taskKey,
  ])

const finish = (hold: Hold, outcome: TaskOutcome) =>
  withTransaction(pool, (client) => ledger.finish(client, hold, outcome))

const ok: TaskOutcome = { status: 'succeeded', output: { text: 'hi' }, durationMs: 5 }

describe('a task', () => {
  test('is given to exactly one of many who ask at once', async () => {
    const task = newTask()

    const claims = await Promise.all(Array.from({ length: 20 }, () => ledger.claim(task)))

    expect(claims.filter(({ state }) => state === 'claimed')).toHaveLength(1)
    expect(claims.filter(({ state }) => state === 'busy')).toHaveLength(19)
  })

  test('whose lease is over is given to exactly one of many, with a higher token', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await expire(task)

    const claims = await Promise.all(Array.from({ length: 20 }, () => ledger.claim(task)))

    expect(claims.filter(({ state }) => state === 'claimed')).toEqual([
      { state: 'claimed', hold: { ...hold, token: 2 }, tries: 2, inDoubt: true },
    ])
  })

  test('is not taken over while its lease is renewed', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await expire(task)

    expect(await ledger.renew(hold)).toBe(true)
    expect(await ledger.claim(task)).toEqual({ state: 'busy' })
  })

  test('answers with its outcome once it is finished, to the byte', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    const outcome: TaskOutcome = { ...ok, output: { text: 'nul \0, surrogate \ud800' } }

    expect(await finish(hold, outcome)).toEqual({ state: 'finished', version: 1 })
    expect(await ledger.claim(task)).toEqual({ state: 'finished', outcome, trace: {} })
    expect(await ledger.renew(hold)).toBe(false)
  })

  test('begins anew with a newer attempt, and is over for the older one', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(hold, ok)

    const again = await claimed({ ...task, attempt: 2 })

    expect(again).toMatchObject({ hold: { token: 2 }, tries: 1, inDoubt: false })
    expect(await ledger.claim(task)).toEqual({ state: 'outdated' })
    expect(await finish(again.hold, ok)).toEqual({ state: 'finished', version: 2 })
  })

  test('stays in doubt when a newer attempt begins while the older one has no outcome', async () => {
    const task = newTask()
    await claimed(task)

    expect(await claimed({ ...task, attempt: 2 })).toMatchObject({ tries: 1, inDoubt: true })
  })

  test('stays in doubt after an outcome that says so', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(hold, {
      status: 'failed',
      error: { code: 'effect.outcome-unknown', message: 'who knows' },
    })

    expect(await claimed({ ...task, attempt: 2 })).toMatchObject({ inDoubt: true })
  })

  test('can be handed back, with or without the try being counted', async () => {
    const task = newTask()
    const first = await claimed(task)
    await ledger.release(first.hold, { counted: false })
    const second = await claimed(task)
    await ledger.release(second.hold, { counted: true })
    const third = await claimed(task)

    expect([first.tries, second.tries, third.tries]).toEqual([1, 1, 2])
  })

  test('is not there for another tenant', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(hold, ok)

    expect(await ledger.claim({ ...task, attempt: 2, tenant: testTenant('2') })).toEqual({
      state: 'busy',
    })
    expect(await ledger.claim(task)).toMatchObject({ state: 'finished' })
  })
})

describe('an outcome', () => {
  test('of somebody who has lost the task is discarded', async () => {
    const task = newTask()
    const zombie = await claimed(task)
    await expire(task)
    const successor = await claimed(task)

    expect(await finish(zombie.hold, ok)).toEqual({ state: 'superseded' })
    expect(await ledger.renew(zombie.hold)).toBe(false)
    expect(await finish(successor.hold, ok)).toEqual({ state: 'finished', version: 1 })
  })

  test('that had been committed without the committer knowing is recognised', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(hold, ok)

    expect(await finish(hold, ok)).toEqual({ state: 'repeated' })
  })
})
