import { expect, test } from 'vitest'
import type { PromptOptimization } from './optimization.ts'
import { planOf } from './plan.ts'

const of = (settings: object = {}) =>
  ({
    settings: {
      ...{ maxCandidates: 5, methods: ['rewrite', 'few-shot'], maxExamples: 2, repetitions: 1 },
      ...{ maxRunCostMicroUsd: 100, ...settings },
    },
    parts: { train: Array(8).fill(''), validation: Array(8).fill(''), test: Array(10).fill('') },
  }) as unknown as Pick<PromptOptimization, 'settings' | 'parts'>
const rich = { leftMicroUsd: 1_000_000, perRunMicroUsd: 10, perProposalMicroUsd: 50 }
const known = { examples: 5, canRewrite: true }

test('rewriting and examples take turns, and the last one has both', () => {
  expect(planOf(of(), known, rich)).toEqual([
    'rewrite',
    'few-shot',
    'rewrite',
    'few-shot',
    'rewrite-and-few-shot',
  ])
  expect(planOf(of(), { ...known, examples: 0 }, rich)).toEqual(Array(5).fill('rewrite'))
  expect(planOf(of(), { ...known, canRewrite: false }, rich)).toEqual(Array(5).fill('few-shot'))
  expect(planOf(of({ methods: ['rewrite'] }), known, rich)).toEqual(Array(5).fill('rewrite'))
})

test('examples are not drawn twice where there are no others', () => {
  const few = { examples: 2, canRewrite: true }
  expect(planOf(of(), few, rich).filter((method) => method === 'few-shot')).toHaveLength(1)
  expect(planOf(of(), { ...few, canRewrite: false }, rich)).toEqual(['few-shot'])
})

test('there are only as many as the money lasts for, with what confirming needs', () => {
  // Confirming: 1.5 × 10 × 20 runs + 100. One candidate: a proposal, and 1.5 × 10 × 16 runs.
  const one = 400 + 50 + 240
  expect(planOf(of(), known, { ...rich, leftMicroUsd: one })).toEqual(['rewrite'])
  expect(planOf(of(), known, { ...rich, leftMicroUsd: one - 1 })).toEqual(['few-shot'])
  expect(planOf(of(), known, { ...rich, leftMicroUsd: one - 51 })).toEqual([])
  expect(planOf(of(), known, { ...rich, leftMicroUsd: 900 }).length).toBeLessThan(5)
})

test('without anything to make candidates from, there are none', () => {
  expect(planOf(of(), { examples: 0, canRewrite: false }, rich)).toEqual([])
})
