import { type Static, Type } from 'typebox'
import type { CaseId } from '../datasets/dataset.ts'
import { meanInterval } from '../experiments/statistics.ts'
import { type ScoredRun, scoresOfCases } from '../experiments/summary.ts'

const whole = Type.Integer({ minimum: 0 })

export const PartScore = Type.Object(
  {
    cases: Type.Integer({ minimum: 0, description: 'That it was scored on' }),
    score: Type.Union([Type.Number(), Type.Null()], { description: 'Mean of these cases' }),
    low: Type.Union([Type.Number(), Type.Null()], {
      description: '95 % interval of the score (bootstrap)',
    }),
    high: Type.Union([Type.Number(), Type.Null()]),
    runs: whole,
    failed: whole,
    costMicroUsd: Type.Integer({ minimum: 0, description: 'Of its runs, without judges' }),
    inputTokens: whole,
    outputTokens: whole,
  },
  { $id: 'PromptOptimizationScore' },
)
export type PartScore = Static<typeof PartScore>

/** Of the agent as it was. */
export const Scores = Type.Object({
  train: Type.Union([PartScore, Type.Null()]),
  validation: Type.Union([PartScore, Type.Null()]),
  test: Type.Union([PartScore, Type.Null()]),
})
export type Scores = Static<typeof Scores>

export const NO_SCORES: Scores = { train: null, validation: null, test: null }

export const Conclusion = Type.Object(
  {
    verdict: Type.Enum(['better', 'nothing-better', 'nothing-to-improve'], {
      description: '`better`: shown on cases that nobody had learned from or chosen by',
    }),
    explanation: Type.String(),
    candidate: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The one that was chosen, whether it is better or not',
    }),
    gain: Type.Optional(
      Type.Object(
        {
          difference: Type.Number({ description: 'Mean score of the candidate less that before' }),
          low: Type.Number({ description: '95 % interval of the difference (paired bootstrap)' }),
          high: Type.Number(),
          wilcoxonP: Type.Number(),
          cases: whole,
          costMicroUsdPerRun: Type.Number({ description: 'What a run costs more' }),
          inputTokensPerRun: Type.Number({ description: 'What a run takes more' }),
          outputTokensPerRun: Type.Number(),
        },
        { description: 'On the part for testing' },
      ),
    ),
  },
  { $id: 'PromptOptimizationConclusion' },
)
export type Conclusion = Static<typeof Conclusion>

/** What one version came to on one part, over all rounds in which it met some of it. */
export function partScoreOf(runs: readonly ScoredRun[]): PartScore {
  const scores = [...scoresOfCases(runs).values()]
  const total = (of: (run: NonNullable<ScoredRun['outcome']>) => number) =>
    runs.reduce((sum, { outcome }) => sum + (outcome ? of(outcome) : 0), 0)
  return {
    cases: scores.length,
    ...(scores.length === 0 ? { score: null, low: null, high: null } : meanInterval(scores)),
    runs: runs.length,
    failed: runs.filter(({ outcome }) => outcome?.status !== 'succeeded').length,
    costMicroUsd: total(({ costMicroUsd }) => costMicroUsd),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
  }
}

/** Cases of the part for training, from the worst to the best. */
export interface LearnedCase {
  readonly caseId: CaseId
  readonly score: number
  readonly run: ScoredRun
}

/** @param runs with what was answered */
export function learnedFrom<Run extends ScoredRun>(
  runs: readonly Run[],
): (LearnedCase & { readonly run: Run })[] {
  const scores = scoresOfCases(runs)
  const seen = new Set<string>()
  return runs
    .flatMap((run) => {
      const score = scores.get(run.caseId)
      if (score === undefined || seen.has(run.caseId)) return []
      seen.add(run.caseId)
      return [{ caseId: run.caseId, score, run }]
    })
    .toSorted((a, b) => a.score - b.score)
}
