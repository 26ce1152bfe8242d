import { expect, test } from 'vitest'
import type { CaseId } from '../datasets/dataset.ts'
import { splitCases } from './split.ts'

const cases = (ranks: readonly number[]) =>
  ranks.map((rank, index) => ({ id: `case_${index}` as CaseId, rank: `r${rank}` }))
const alone = (count: number) => cases(Array.from({ length: count }, (_, index) => index))
const sizes = ({ train, validation, test: held }: ReturnType<typeof splitCases>) => [
  train.length,
  validation.length,
  held.length,
]

test('cases are learned from, chosen by, or confirmed on', () => {
  expect(sizes(splitCases(alone(40), 0.4))).toEqual([12, 12, 16])
  expect(sizes(splitCases(alone(12), 0.4))).toEqual([3, 3, 6])
  const { train, validation, test: held } = splitCases(alone(30), 0.5)
  expect(new Set([...train, ...validation, ...held]).size).toBe(30)
})

test('cases that ask the same are in the same part', () => {
  const twins = cases(Array.from({ length: 60 }, (_, index) => Math.floor(index / 3)))
  const parts = splitCases(twins, 0.4)
  const rankOf = new Map(twins.map(({ id, rank }) => [id, rank]))
  const ranks = Object.values(parts).map(
    (ids: readonly CaseId[]) => new Set(ids.map((id) => rankOf.get(id))),
  )
  const [a, b, c] = ranks as [Set<string>, Set<string>, Set<string>]
  expect(a.isDisjointFrom(b) && b.isDisjointFrom(c) && a.isDisjointFrom(c)).toBe(true)
})

test('too few different cases are refused, however many there are', () => {
  expect(() => splitCases(alone(11), 0.4)).toThrow('too few')
  expect(() => splitCases(cases(Array<number>(50).fill(1)), 0.4)).toThrow('too few')
})
