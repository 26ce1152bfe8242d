import { expect, test } from 'vitest'
import { checkCommands } from './commands.ts'
import { history, type Told } from './testing/history.ts'

const asked = (what: 'signal' | 'cancel') => ({ runId: 'run_1', what, at: 1000 })
const found = (what: 'signal' | 'cancel', more: Parameters<typeof history>[0]) =>
  checkCommands([asked(what)], new Map([['run_1', history(more)]]))

test('a signal that was sent again is taken in once', () => {
  const signalled: Told = { type: 'run.signalled' }
  expect(found('signal', { events: [signalled] })).toEqual([])
  expect(found('signal', { events: [signalled, signalled] })).toMatchObject([
    { kind: 'duplicated' },
  ])
})

test('a run that was cancelled does not go on', () => {
  expect(found('cancel', { status: 'cancelled', endedAt: 90_000 })).toEqual([])
  expect(found('cancel', { status: 'completed', endedAt: 1500 })).toEqual([])
  expect(found('cancel', { status: 'completed', endedAt: 90_000 })).toMatchObject([
    { kind: 'lost' },
  ])
})
