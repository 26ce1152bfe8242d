import type { Comparison } from '../experiments/summary.ts'
import type { Conclusion, PartScore } from './scores.ts'

export const NOTHING_TO_IMPROVE: Conclusion = {
  verdict: 'nothing-to-improve',
  explanation:
    'The agent as it is has full marks on every case of the part for training: there was nothing to learn from. Harder cases would show more.',
  candidate: null,
}

export const NOTHING_CHOSEN: Conclusion = {
  verdict: 'nothing-better',
  explanation:
    'No candidate scored higher than the agent as it is on the part for validation. The instructions stay as they are.',
  candidate: null,
}

/** What confirming has shown. Nothing but a difference beyond chance is `better`. */
export function concludeFrom({
  candidate,
  comparison,
  before,
  after,
}: {
  readonly candidate: number
  readonly comparison: Comparison | undefined
  readonly before: PartScore
  readonly after: PartScore
}): Conclusion {
  if (!comparison) {
    const explanation = 'No evaluator had anything to say about the cases of the part for testing.'
    return { verdict: 'nothing-better', explanation, candidate }
  }
  const { difference, low, high, wilcoxonP, cases, verdict } = comparison
  const perRun = (of: 'costMicroUsd' | 'inputTokens' | 'outputTokens') =>
    rounded(after[of] / Math.max(1, after.runs) - before[of] / Math.max(1, before.runs))
  return {
    verdict: verdict === 'better' ? 'better' : 'nothing-better',
    explanation: EXPLANATIONS[verdict](candidate, cases),
    candidate,
    gain: {
      ...{ difference, low, high, wilcoxonP, cases },
      costMicroUsdPerRun: perRun('costMicroUsd'),
      inputTokensPerRun: perRun('inputTokens'),
      outputTokensPerRun: perRun('outputTokens'),
    },
  }
}

const EXPLANATIONS: Readonly<
  Record<Comparison['verdict'], (candidate: number, cases: number) => string>
> = {
  better: (candidate, cases) =>
    `Candidate ${candidate} scores higher than the agent as it is on ${cases} cases that nobody had learned from or chosen by, beyond chance.`,
  worse: (candidate, cases) =>
    `Candidate ${candidate} was the best on the part for validation, and is worse on the ${cases} cases of the part for testing. The instructions stay as they are.`,
  'no-difference': (candidate, cases) =>
    `Candidate ${candidate} was the best on the part for validation, but on the ${cases} cases of the part for testing the difference is not beyond chance. The instructions stay as they are; more cases would show smaller gains.`,
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
