import { UsageError } from '@dure/bench/usage-error'
import { describe, expect, test } from 'vitest'
import { parseExperimentOptions } from './options.ts'
import { type Experiment, experimentReport, shortfall } from './report.ts'

const version = (number: number, score: number, errors = 0) => ({
  ...{ version: number, runs: 12, failed: number === 1 ? 0 : 1, score, passRate: score },
  evaluators: [{ name: 'names the days', errors, mean: score, passRate: score }],
  ...{ costMicroUsd: 1234, inputTokens: 300, outputTokens: 60 },
  durationMs: { p50: 800, p95: 1900 },
})

function experiment(scores: readonly number[], errors = 0): Experiment {
  return {
    ...{ id: 'exp_1', status: 'done', progress: { done: 24, total: 24 }, costMicroUsd: 2468 },
    summary: {
      versions: scores.map((score, index) => version(index + 1, score, errors)),
      ...(scores.length === 2 && {
        comparison: {
          ...{ a: 1, b: 2, cases: 12, difference: -0.5, low: -0.75, high: -0.25 },
          ...{ wilcoxonP: 0.0312, verdict: 'worse' },
          mcNemar: { onlyA: 6, onlyB: 0, p: 0.03125 },
        },
      }),
    },
  }
}

test('a report has a column for each version, and says how they compare', () => {
  expect(experimentReport(experiment([1, 0.5]))).toMatchInlineSnapshot(`
    "                        version 1       version 2
    score                       1.000           0.500
    passed                    100.0 %          50.0 %
      names the days  1.000 (100.0 %)  0.500 (50.0 %)
    runs                           12   12 (1 failed)
    cost                      $0.0012         $0.0012
    tokens in/out              300/60          300/60
    time p50/p95          800/1900 ms     800/1900 ms

    version 2 is worse than version 1: -0.500 [-0.750, -0.250] over 12 cases, p = 0.0312; passed by 1 alone: 6, by 2 alone: 0 (p = 0.0313)"
  `)
})

describe('the bar', () => {
  const bar = { version: 2, minScore: 0.5, noWorse: false }

  test('is reached by a score that is high enough', () => {
    expect(shortfall(experiment([1, 0.5]), bar)).toBeUndefined()
    expect(shortfall(experiment([1, 0.5]), { ...bar, minScore: 0.6 })).toContain('0.6 is needed')
  })

  test('is not reached by what is worse, where that counts', () => {
    expect(shortfall(experiment([1, 0.5]), { ...bar, noWorse: true })).toContain('is worse than')
  })

  test('is not reached by what is not known', () => {
    expect(shortfall(experiment([1, 0.5], 2), bar)).toContain('could not be scored')
    expect(shortfall({ ...experiment([1]), status: 'cancelled' }, bar)).toContain('cancelled')
    expect(shortfall(experiment([1]), bar)).toContain('to say')
  })
})

describe('options', () => {
  const env = { DURE_URL: 'http://127.0.0.1:3000/', DURE_KEY: 'dure_test' }

  test('name what is run, and where', () => {
    const args = ['--agent', 'desk', '--version', '3', '--dataset', 'refunds', '--min-score', '0.8']
    expect(parseExperimentOptions(args, env)).toMatchObject({
      ...{ url: 'http://127.0.0.1:3000', agent: 'desk', version: 3, dataset: 'refunds' },
      ...{ minScore: 0.8, repetitions: 1, concurrency: 4, evaluators: [] },
    })
    expect(parseExperimentOptions(['--agent', 'a', '--version', 'draft'], env).version).toBe(
      'draft',
    )
  })

  test.each([
    ['nothing', [], env],
    ['no version', ['--agent', 'a'], env],
    ['no key', ['--agent', 'a', '--version', '1'], { DURE_URL: 'http://x' }],
    ['another version', ['--agent', 'a', '--version', 'latest'], env],
    ['another score', ['--agent', 'a', '--version', '1', '--min-score', '80'], env],
    ['an option that is none', ['--agent', 'a', '--version', '1', '--fast'], env],
  ])('with %s are refused', (_what, args, of) => {
    expect(() => parseExperimentOptions(args, of)).toThrow(UsageError)
  })
})
