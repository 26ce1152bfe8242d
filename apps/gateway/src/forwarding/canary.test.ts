import { expect, test } from 'vitest'
import type { Arm, Upstream } from '../upstream.ts'
import { armFor } from './canary.ts'

const stable = { name: 'stable' } as Arm
const canary = { name: 'canary' } as Arm
const withWeight = (weight: number) =>
  ({ name: 'agent', stable, canary: { arm: canary, weight } }) as Upstream
const callers = Array.from({ length: 10_000 }, (_, at) => `key_${at.toString(36)}`)
const chosen = (weight: number) =>
  callers.filter(
    (stickyBy) => armFor(withWeight(weight), { asked: undefined, stickyBy }) === canary,
  )

test.each([0, 1, 10, 50, 100])('%d %% of the callers are led to it', (weight) => {
  const share = (chosen(weight).length / callers.length) * 100
  expect(Math.abs(share - weight)).toBeLessThan(1.5)
  if (weight === 0 || weight === 100) expect(share).toBe(weight)
})

test('whoever was led to it stays there when its weight grows', () => {
  const more = new Set(chosen(30))
  expect(chosen(10).every((caller) => more.has(caller))).toBe(true)
})

test('without one, everybody is led to the stable arm, whatever they ask for', () => {
  const upstream = { ...withWeight(0), canary: undefined }
  expect(armFor(upstream, { asked: 'agent', stickyBy: 'key_1' })).toBe(stable)
})
