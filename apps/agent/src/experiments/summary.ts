import { EvaluatorId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { Experiment, ExperimentRun } from './experiment.ts'
import { differenceInterval, mcNemar, mean, type Pair, wilcoxon } from './statistics.ts'

const Share = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })
const whole = Type.Integer({ minimum: 0 })

const VersionSummary = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  runs: whole,
  failed: Type.Integer({
    minimum: 0,
    description: 'Runs that ended without an answer: they score 0',
  }),
  score: Share('Mean of its cases; null: no evaluator had anything to say'),
  passRate: Share('Share of runs that every evaluator passed'),
  evaluators: Type.Array(
    Type.Object({
      evaluatorId: EvaluatorId,
      name: Type.String(),
      scored: whole,
      errors: Type.Integer({ minimum: 0, description: 'Runs that it could not score' }),
      mean: Share('Of the runs that it scored'),
      passRate: Share('Of the runs that it scored'),
    }),
  ),
  costMicroUsd: whole,
  inputTokens: whole,
  outputTokens: whole,
  durationMs: Type.Object({ mean: whole, p50: whole, p95: whole }),
})
type VersionSummary = Static<typeof VersionSummary>

export const Comparison = Type.Object(
  {
    a: Type.Integer({ minimum: 1 }),
    b: Type.Integer({ minimum: 1 }),
    cases: Type.Integer({ minimum: 1, description: 'That both versions were scored on' }),
    difference: Type.Number({ description: 'Mean score of b less that of a, over the cases' }),
    low: Type.Number({ description: '95 % interval of the difference (paired bootstrap)' }),
    high: Type.Number(),
    wilcoxonP: Type.Number({ description: 'Signed-rank test of the scores, two sides' }),
    mcNemar: Type.Object(
      { onlyA: whole, onlyB: whole, p: Type.Number() },
      {
        description: 'Cases that most runs of one version alone passed, and the exact test of them',
      },
    ),
    verdict: Type.Enum(['better', 'worse', 'no-difference'], {
      description: 'Of b, where the interval is on one side of 0 and `wilcoxonP` is below 0.05',
    }),
  },
  { $id: 'ExperimentComparison' },
)
export type Comparison = Static<typeof Comparison>

export const Summary = Type.Object({
  versions: Type.Array(VersionSummary),
  comparison: Type.Optional(Comparison),
})
export type Summary = Static<typeof Summary>

/** What is summed up of a run. */
export type ScoredRun = Pick<ExperimentRun, 'version' | 'caseId' | 'outcome' | 'scores'>

const SIGNIFICANT = 0.05

/** Of the runs that were scored, and of no others. */
export function summaryOf(
  { versions, evaluators }: Pick<Experiment, 'versions' | 'evaluators'>,
  runs: readonly ScoredRun[],
): Summary {
  const [a, b] = versions
  const comparison = a === undefined || b === undefined ? undefined : compare(runs, { a, b })
  return {
    versions: versions.map((version) =>
      summaryOfVersion(
        version,
        evaluators,
        runs.filter((run) => run.version === version),
      ),
    ),
    ...(comparison && { comparison }),
  }
}

function summaryOfVersion(
  version: number,
  evaluators: Experiment['evaluators'],
  runs: readonly ScoredRun[],
): VersionSummary {
  const cases = [...scoresOfCases(runs).values()]
  const passes = runs.flatMap((run) => passOf(run) ?? [])
  const total = (of: (run: NonNullable<ScoredRun['outcome']>) => number) =>
    runs.reduce((sum, { outcome }) => sum + (outcome ? of(outcome) : 0), 0)
  return {
    version,
    runs: runs.length,
    failed: runs.filter(({ outcome }) => outcome?.status !== 'succeeded').length,
    score: meanOrNull(cases),
    passRate: meanOrNull(passes.map(Number)),
    evaluators: evaluators.map(({ id: evaluatorId, name }) => {
      const given = runs.flatMap(
        ({ scores }) => scores?.find((one) => one.evaluatorId === evaluatorId) ?? [],
      )
      const results = given.flatMap(({ result }) => result ?? [])
      return {
        ...{ evaluatorId, name, scored: results.length },
        errors: given.filter(({ error }) => error).length,
        mean: meanOrNull(results.map(({ score }) => score)),
        passRate: meanOrNull(results.map(({ passed }) => Number(passed))),
      }
    }),
    costMicroUsd: total(({ costMicroUsd }) => costMicroUsd),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    durationMs: durations(runs),
  }
}

/** Undefined when there is no case that both were scored on. */
function compare(
  runs: readonly ScoredRun[],
  { a, b }: { readonly a: number; readonly b: number },
): Comparison | undefined {
  const [ofA, ofB] = [a, b].map((version) => byCase(runs.filter((run) => run.version === version)))
  const both = [...(ofA ?? [])].flatMap(([caseId, before]) => {
    const after = ofB?.get(caseId) ?? []
    const [scoreA, scoreB] = [scoreOfCase(before), scoreOfCase(after)]
    if (scoreA === undefined || scoreB === undefined) return []
    return [{ before: scoreA, after: scoreB, passedA: mostPass(before), passedB: mostPass(after) }]
  })
  if (both.length === 0) return undefined
  const onlyA = both.filter(({ passedA, passedB }) => passedA && !passedB).length
  const onlyB = both.filter(({ passedA, passedB }) => passedB && !passedA).length
  return { a, b, ...significance(both), mcNemar: { onlyA, onlyB, p: mcNemar(onlyA, onlyB) } }
}

function significance(pairs: readonly Pair[]): Omit<Comparison, 'a' | 'b' | 'mcNemar'> {
  const { low, high } = differenceInterval(pairs)
  const wilcoxonP = wilcoxon(pairs)
  const isSure = wilcoxonP < SIGNIFICANT
  const verdict = isSure && low > 0 ? 'better' : isSure && high < 0 ? 'worse' : 'no-difference'
  const difference = mean(pairs.map(({ before, after }) => after - before))
  return { cases: pairs.length, difference, low, high, wilcoxonP, verdict }
}

/** Of one version: the cases that some evaluator had something to say about. */
export function scoresOfCases(
  runs: readonly Pick<ScoredRun, 'caseId' | 'scores'>[],
): Map<ScoredRun['caseId'], number> {
  const scored = [...Map.groupBy(runs, ({ caseId }) => caseId)].flatMap(
    ([caseId, of]): [ScoredRun['caseId'], number][] => {
      const score = scoreOfCase(of)
      return score === undefined ? [] : [[caseId, score]]
    },
  )
  return new Map(scored)
}

function byCase(runs: readonly ScoredRun[]): Map<string, ScoredRun[]> {
  return Map.groupBy(runs, ({ caseId }) => caseId)
}

/** Mean of its evaluators, then of its repetitions: a case counts once, however often it is asked. */
function scoreOfCase(runs: readonly Pick<ScoredRun, 'scores'>[]): number | undefined {
  const scores = runs.flatMap(({ scores }) => {
    const given = (scores ?? []).flatMap(({ result }) => (result ? [result.score] : []))
    return given.length > 0 ? [mean(given)] : []
  })
  return scores.length > 0 ? mean(scores) : undefined
}

function passOf({ scores }: ScoredRun): boolean | undefined {
  const results = (scores ?? []).flatMap(({ result }) => result ?? [])
  return results.length > 0 ? results.every(({ passed }) => passed) : undefined
}

function mostPass(runs: readonly ScoredRun[]): boolean {
  return runs.filter(passOf).length * 2 > runs.length
}

/** Rounded, so that ten times 0.8 is no less than 0.8. */
function meanOrNull(values: readonly number[]): number | null {
  return values.length > 0 ? Math.round(mean(values) * 1e9) / 1e9 : null
}

function durations(runs: readonly ScoredRun[]): VersionSummary['durationMs'] {
  const sorted = runs.flatMap(({ outcome }) => outcome?.durationMs ?? []).sort((a, b) => a - b)
  if (sorted.length === 0) return { mean: 0, p50: 0, p95: 0 }
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)
  return { mean: Math.round(mean(sorted)), p50: at(0.5), p95: at(0.95) }
}
