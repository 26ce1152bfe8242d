import { expect, test } from 'vitest'
import type { Fault } from './faults/fault.ts'
import { planFaults } from './plan.ts'
import { createRandom } from './random.ts'

const KINDS = ['F1', 'F2', 'F3', 'F4'].map(
  (id): Fault => ({ id, title: id, inject: async () => {} }),
)

function plan(count: number, excluded: readonly Fault[] = []): string[] {
  return planFaults({ kinds: KINDS, excluded, count, random: createRandom(7) }).map(({ id }) => id)
}

test('each kind comes once before any comes twice', () => {
  expect(plan(8).slice(0, 4).toSorted()).toEqual(['F1', 'F2', 'F3', 'F4'])
  expect(plan(8).slice(4).toSorted()).toEqual(['F1', 'F2', 'F3', 'F4'])
})

test('without a kind, the others come in the same order, and as many of them', () => {
  const excluded = KINDS.slice(1, 2)
  const others = plan(8).filter((id) => id !== 'F2')
  expect(plan(6, excluded)).toEqual(others)
})

test('when nothing can be done, nothing is planned', () => {
  expect(plan(8, KINDS)).toEqual([])
})
