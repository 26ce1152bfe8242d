import type { EvaluatorId } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import type { CaseId } from '../datasets/dataset.ts'
import type { Outcome } from './experiment.ts'
import { type ScoredRun, summaryOf } from './summary.ts'

const exact = 'evr_1' as EvaluatorId
const judge = 'evr_2' as EvaluatorId
const evaluators = [exact, judge].map((id) => ({
  ...{ id, name: id, revision: 1 },
  config: { kind: 'exact' as const },
}))

const OUTCOME: Outcome = {
  ...{ status: 'succeeded', output: 'x', toolCalls: [], error: null },
  ...{ costMicroUsd: 10, inputTokens: 3, outputTokens: 2, durationMs: 100 },
}

function run(
  version: number,
  at: number,
  scores: readonly (number | null)[],
  outcome: Partial<Outcome> = {},
): ScoredRun {
  return {
    version,
    caseId: `case_${at}` as CaseId,
    outcome: { ...OUTCOME, ...outcome },
    scores: scores.map((score, index) => ({
      evaluatorId: evaluators[index]?.id ?? exact,
      result: score === null ? null : { score, passed: score >= 0.5, reason: '' },
    })),
  }
}

describe('a summary', () => {
  test('is of cases, each once, and of each evaluator', () => {
    const runs = [
      // Asked twice: 0.75 and 0.25 make one case of 0.5.
      run(1, 1, [1, 0.5], { durationMs: 300 }),
      run(1, 1, [0, 0.5], { durationMs: 100 }),
      run(1, 2, [1, null], { durationMs: 200 }),
      run(1, 3, [null, null], { status: 'failed', durationMs: 1 }),
    ]

    const SOME = expect.closeTo(2 / 3, 8)
    const { versions, comparison } = summaryOf({ versions: [1], evaluators }, runs)

    expect(comparison).toBeUndefined()
    expect(versions).toEqual([
      {
        ...{ version: 1, runs: 4, failed: 1, score: 0.75, passRate: SOME },
        evaluators: [
          { evaluatorId: exact, name: exact, scored: 3, errors: 0, mean: SOME, passRate: SOME },
          { evaluatorId: judge, name: judge, scored: 2, errors: 0, mean: 0.5, passRate: 1 },
        ],
        ...{ costMicroUsd: 40, inputTokens: 12, outputTokens: 8 },
        durationMs: { mean: 150, p50: 100, p95: 300 },
      },
    ])
  })

  test('of nothing says so', () => {
    const { versions } = summaryOf({ versions: [1], evaluators: [] }, [])
    expect(versions[0]).toMatchObject({ runs: 0, score: null, passRate: null })
  })
})

describe('a comparison', () => {
  const compared = (scores: readonly (readonly [number, number])[]) =>
    summaryOf(
      { versions: [1, 2], evaluators },
      scores.flatMap(([a, b], at) => [run(1, at, [a]), run(2, at, [b])]),
    ).comparison

  test('finds a version better that is better on most cases', () => {
    const found = compared([...Array(12)].map((_, at) => [at < 2 ? 1 : 0, 1]))
    expect(found).toMatchObject({
      ...{ a: 1, b: 2, cases: 12, verdict: 'better' },
      mcNemar: { onlyA: 0, onlyB: 10 },
    })
    expect(found?.difference).toBeCloseTo(10 / 12, 10)
    expect(found?.low).toBeGreaterThan(0)
    expect(found?.wilcoxonP).toBeLessThan(0.01)
    expect(compared([...Array(12)].map(() => [1, 0]))?.verdict).toBe('worse')
  })

  test('finds no difference in few cases, or in chance', () => {
    expect(
      compared([
        [0, 1],
        [0, 1],
        [0, 1],
      ])?.verdict,
    ).toBe('no-difference')
    const chance = [...Array(20)].map((_, at): [number, number] => (at % 2 ? [0, 1] : [1, 0]))
    expect(compared(chance)).toMatchObject({ difference: 0, wilcoxonP: 1 })
  })

  test('is of the cases that both were scored on', () => {
    const runs = [run(1, 1, [1]), run(2, 1, [0]), run(1, 2, [1])]
    expect(summaryOf({ versions: [1, 2], evaluators }, runs).comparison?.cases).toBe(1)
    expect(summaryOf({ versions: [1, 2], evaluators }, [run(1, 1, [1])]).comparison).toBeUndefined()
  })
})
