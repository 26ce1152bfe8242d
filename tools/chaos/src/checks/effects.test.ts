import { expect, test } from 'vitest'
import type { Effect } from '../world.ts'
import { checkEffects, keyOf, type Window } from './effects.ts'
import { history, type Told } from './testing/history.ts'

const effect = (more: Partial<Effect> = {}): Effect => ({
  at: 2500,
  method: 'POST',
  mode: 'fast',
  key: keyOf('run_1', 'charge'),
  attempt: 1,
  marker: 'sequence-1',
  node: 'charge',
  idempotent: false,
  accepted: true,
  ...more,
})

const scheduled: Told = { type: 'node.scheduled', path: 'charge', attempt: 1 }
const completed: Told = { type: 'node.completed', path: 'charge', data: { nodeType: 'http' } }
const reviewed: Told = { type: 'node.reviewed', path: 'charge', data: { resolution: 'retry' } }

function found(events: readonly Told[], effects: readonly Effect[], zombies: Window[] = []) {
  const run = history({ events: [{ type: 'run.started' }, ...events] })
  return checkEffects([run], effects, zombies).map(({ kind, what }) => `${kind}: ${what}`)
}

test.each<[string, Told[], Effect[]]>([
  ['a write that happened once', [scheduled, completed], [effect()]],
  [
    'a write that was refused before',
    [scheduled, completed],
    [effect({ accepted: false }), effect()],
  ],
  [
    'a repetition that its receiver recognises',
    [scheduled, completed],
    [effect({ idempotent: true }), effect({ idempotent: true })],
  ],
  ['two reads', [scheduled, completed], [effect({ method: 'GET' }), effect({ method: 'GET' })]],
  ['a repetition that somebody asked for', [scheduled, reviewed], [effect(), effect()]],
  ['a write without a result', [scheduled], [effect()]],
])('%s is right', (_what, events, effects) => {
  expect(found(events, effects)).toEqual([])
})

test('a write that happened twice is found', () => {
  expect(found([scheduled, completed], [effect(), effect({ attempt: 2 })])).toEqual([
    'duplicated: sequence-1/charge happened 2 times (attempts 1, 2)',
  ])
})

test('an execution after the result is found, unless a process may have stood still', () => {
  const late = [effect({ method: 'GET' }), effect({ method: 'GET', at: 9000 })]
  expect(found([scheduled, completed], late)).toEqual([
    'duplicated: sequence-1/charge was executed 6000 ms after its result',
  ])
  expect(found([scheduled, completed], late, [{ from: 8000, to: 9500 }])).toEqual([])
})

test('an effect that no run knows of is found', () => {
  expect(found([], [effect()])).toEqual([
    'lost: sequence-1/charge reached the world, but no run knows of it',
  ])
})

test('an answer that the world never gave is found', () => {
  expect(found([scheduled, completed], [])).toEqual([
    'lost: sequence-1/charge has an answer of the world, which was never asked',
  ])
})
