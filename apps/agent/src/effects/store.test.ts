import type { TaskOutcome, TaskRef } from '@dure/contracts'
import { createPool } from '@dure/platform'
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
  pool = createPool({ DATABASE_URL: databaseUrl }, { rows: 'of every tenant' })
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

const event = { type: 'http.requested', status: 200 }
const finish = (task: TaskRef, hold: Hold, outcome: TaskOutcome, isInDoubt = false) =>
  ledger.finish(task, hold, { outcome, event, isInDoubt })

const ok: TaskOutcome = { status: 'succeeded', output: { text: 'hi' }, durationMs: 5 }

const unknown: TaskOutcome = {
  status: 'failed',
  error: { code: 'effect.outcome-unknown', message: 'who knows' },
}

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

    expect(await ledger.renew(hold)).toBe('held')
    expect(await ledger.claim(task)).toEqual({ state: 'busy' })
  })

  test('answers with its outcome once it is finished, to the byte', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    const outcome: TaskOutcome = { ...ok, output: { text: 'nul \0, surrogate \ud800' } }

    expect(await finish(task, hold, outcome)).toEqual({ state: 'finished', version: 1 })
    expect(await ledger.claim(task)).toEqual({ state: 'finished', outcome, trace: {} })
    expect(await ledger.renew(hold)).toBe('lost')
  })

  test('begins anew with a newer attempt, and is over for the older one', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(task, hold, ok)

    const again = await claimed({ ...task, attempt: 2 })

    expect(again).toMatchObject({ hold: { token: 2 }, tries: 1, inDoubt: false })
    expect(await ledger.claim(task)).toEqual({ state: 'outdated' })
    expect(await finish(task, again.hold, ok)).toEqual({ state: 'finished', version: 2 })
  })

  test('stays in doubt when a newer attempt begins while the older one has no outcome', async () => {
    const task = newTask()
    await claimed(task)

    expect(await claimed({ ...task, attempt: 2 })).toMatchObject({ tries: 1, inDoubt: true })
  })

  test('is in no doubt after an outcome that says so: a newer attempt is a decision', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(task, hold, unknown)

    const decided = { ...task, attempt: 2 }
    expect(await claimed(decided)).toMatchObject({ inDoubt: false })
    await expire(task)
    expect(await claimed(decided)).toMatchObject({ tries: 2, inDoubt: true })
    expect(await claimed({ ...task, attempt: 3 })).toMatchObject({ inDoubt: true })
  })

  test('stays in doubt after an outcome that does not say so', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(task, hold, ok, true)

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
    await finish(task, hold, ok)

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

    expect(await finish(task, zombie.hold, ok)).toEqual({ state: 'superseded' })
    expect(await ledger.renew(zombie.hold)).toBe('lost')
    expect(await finish(task, successor.hold, ok)).toEqual({ state: 'finished', version: 1 })
  })

  test('that had been committed without the committer knowing is recognised', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await finish(task, hold, ok)

    expect(await finish(task, hold, ok)).toEqual({ state: 'repeated' })
  })
})

describe('many tasks', () => {
  test('of one process are claimed and finished together, each as if it were alone', async () => {
    const tasks = Array.from({ length: 200 }, () => newTask())
    const [mine, known] = [tasks.slice(0, 150), tasks.slice(150)]
    for (const task of known) await claimed(task)

    const claims = await Promise.all(tasks.map((task) => ledger.claim(task)))
    const finishes = await Promise.all(
      mine.map(async (task, index) => {
        const claim = claims[index]
        if (claim?.state !== 'claimed') throw new Error(`The task is ${claim?.state}`)
        const output = { index, text: `\\"{},\0${index}` }
        return finish(task, claim.hold, { ...ok, output })
      }),
    )

    expect(claims.slice(150).every(({ state }) => state === 'busy')).toBe(true)
    expect(finishes).toEqual(mine.map(() => ({ state: 'finished', version: 1 })))
    const again = await Promise.all(mine.map((task) => ledger.claim(task)))
    expect(again).toMatchObject(mine.map((_, index) => ({ outcome: { output: { index } } })))
    const { rows } = await pool.query(
      'SELECT stream, version, data, organization_id FROM events WHERE stream = ANY ($1)',
      [mine.map(({ taskKey }) => taskKey)],
    )
    expect(rows.map(({ stream }) => stream).sort()).toEqual(mine.map((task) => task.taskKey).sort())
    expect(rows[0]).toMatchObject({
      version: 1,
      data: { status: 200 },
      organization_id: testTenant().organizationId,
    })
  })

  test('that two processes finish and take over at once do not block each other', async () => {
    const other = createEffectLedger({ pool, leaseMs: 60_000 })
    const tasks = Array.from({ length: 40 }, () => newTask())
    const holds = new Map<TaskRef, Hold>()
    for (const task of tasks) holds.set(task, (await claimed(task)).hold)
    await Promise.all(tasks.map(expire))

    const [finishes, claims] = await Promise.all([
      Promise.all([...holds].map(([task, hold]) => finish(task, hold, ok))),
      Promise.all([...tasks].reverse().map((task) => other.claim(task))),
    ])

    const won = finishes.filter(({ state }) => state === 'finished').length
    expect(claims.filter(({ state }) => state === 'claimed')).toHaveLength(40 - won)
  })
})

describe('a cancelled task', () => {
  test('that was not begun is never begun, but a newer attempt of it is', async () => {
    const task = newTask()
    await ledger.cancel(task)

    expect(await ledger.claim(task)).toEqual({ state: 'cancelled' })
    expect(await claimed({ ...task, attempt: 2 })).toMatchObject({ tries: 1, inDoubt: false })
  })

  test('that is executed is still held, and says at the next renewal that it is over', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await ledger.cancel(task)

    expect(await ledger.renew(hold)).toBe('cancelled')
    expect(await finish(task, hold, ok)).toEqual({ state: 'finished', version: 1 })
    expect(await ledger.claim(task)).toEqual({ state: 'cancelled' })
  })

  test('is not executed again when whoever executed it died', async () => {
    const task = newTask()
    await claimed(task)
    await ledger.cancel(task)
    await expire(task)

    expect(await ledger.claim(task)).toEqual({ state: 'cancelled' })
    expect(await claimed({ ...task, attempt: 2 })).toMatchObject({ inDoubt: true })
  })

  test('of an older attempt does not touch the newer one', async () => {
    const task = newTask()
    const { hold } = await claimed({ ...task, attempt: 2 })
    await ledger.cancel(task)

    expect(await ledger.renew(hold)).toBe('held')
  })

  test('of another tenant is left alone', async () => {
    const task = newTask()
    const { hold } = await claimed(task)
    await ledger.cancel({ ...task, tenant: testTenant('2') })

    expect(await ledger.renew(hold)).toBe('held')
  })
})
