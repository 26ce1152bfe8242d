import type { RunEvent } from '@dure/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRunReadStore } from '../runs/read-store.ts'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { createRunHistories } from './run-histories.ts'

let f: StoreFixture
beforeAll(async () => {
  f = await storeFixture()
})
afterAll(() => f.close())

const noted = (count: number) => Array.from({ length: count }, (): RunEvent => f.completed('a'))

/** A run with this many events, in two commits. */
async function runOf(events: number) {
  const { run } = await f.started()
  await f.store.commit(f.change(run, 1, { events: noted(events - 3) }))
  await f.store.commit(f.change(run, events - 2, { events: noted(2) }))
  return { id: run.id, version: events }
}

test('states of many runs are those of each, however many events they have', async () => {
  const runs = [await runOf(10), await runOf(6000), await runOf(2000), await runOf(3500)]
  const histories = createRunHistories(createRunReadStore(f.pool))

  const states = await histories.states(runs)

  expect([...states.keys()]).toEqual(runs.map(({ id }) => id))
  for (const run of runs) expect(states.get(run.id)).toEqual(await histories.state(run))
})

test('a state is that of the version that is asked for, also within a commit', async () => {
  const { id } = await runOf(10)
  const histories = createRunHistories(createRunReadStore(f.pool))

  const states = await histories.states([{ id, version: 9 }])

  expect(states.get(id)?.version).toBe(9)
})
