import type { ExecutionEvent } from '@dure/contracts'
import { expect, test } from 'vitest'
import { NOTHING_YET } from './execution.ts'
import { createRecorder } from './recorder.ts'
import type { Claimed, Recorded } from './work-store.ts'

const claimed = {} as Claimed
const sent = (callId: string): ExecutionEvent => ({
  type: 'execution.tool-sent',
  ...{ step: 1, callId, name: 'search' },
})

/** Books that say of each entry when it is in them. */
function books() {
  const entries: (Recorded & { enter(): void; refuse(error: Error): void })[] = []
  return {
    entries,
    append(_of: Claimed, recorded: Recorded) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      entries.push({ ...recorded, enter: resolve, refuse: reject })
      return promise
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

function recording() {
  const store = books()
  const losses: unknown[] = []
  const lost = (error: unknown) => losses.push(error)
  return { store, losses, recorder: createRecorder(store, claimed, { loaded: NOTHING_YET, lost }) }
}

test('what is noted is in the state at once, and recorded before what comes after it', async () => {
  const { store, recorder } = recording()
  recorder.note([sent('one')])
  expect(recorder.state().version).toBe(1)
  let isRecorded = false
  const recorded = recorder.record([sent('two')]).then(() => {
    isRecorded = true
  })
  await turn()
  expect(store.entries).toHaveLength(1)
  store.entries[0]?.enter()
  await turn()
  expect([store.entries.length, isRecorded]).toEqual([2, false])
  expect(store.entries.map(({ before, after }) => [before.version, after.version])).toEqual([
    [0, 1],
    [1, 2],
  ])
  store.entries[1]?.enter()
  await recorded
})

test('after one that could not be recorded, what was built on it is not recorded either', async () => {
  const { store, losses, recorder } = recording()
  recorder.note([sent('one')])
  const built = recorder.record([sent('two')])
  await turn()
  const error = new Error('the lease is lost')
  store.entries[0]?.refuse(error)
  await expect(built).rejects.toBe(error)
  await expect(recorder.settled()).rejects.toBe(error)
  expect([losses, store.entries.length, recorder.state().version]).toEqual([[error], 1, 0])
  const end = recorder.record([sent('three')])
  await turn()
  expect(store.entries[1]?.before.version).toBe(0)
  store.entries[1]?.enter()
  await end
})

test('it is settled when all that was noted is recorded', async () => {
  const { store, recorder } = recording()
  await recorder.settled()
  recorder.note([sent('one')])
  let isSettled = false
  const settled = recorder.settled().then(() => {
    isSettled = true
  })
  await turn()
  expect(isSettled).toBe(false)
  store.entries[0]?.enter()
  await settled
})
