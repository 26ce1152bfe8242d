import {
  bootstrapInterval,
  fitWeight,
  mean,
  type QueryMetrics,
  type SearchMode,
} from '@dure/retrieval'
import {
  MIN_QUERIES_TO_FIT,
  type ModeScores,
  type Outcome,
  type QueryResult,
  WEIGHTS,
} from './evaluation.ts'

/** @param vectorWeight that the base has now */
export function outcomeOf(
  results: readonly QueryResult[],
  { modes, vectorWeight }: { readonly modes: readonly SearchMode[]; readonly vectorWeight: number },
): Outcome {
  const weighed = results.flatMap(({ byWeight, scores }) =>
    byWeight && scores.hybrid ? [{ byWeight, now: scores.hybrid.ndcg10 }] : [],
  )
  return {
    scores: modes.map((mode) => scoresOf(mode, results)),
    ...(weighed.length >= MIN_QUERIES_TO_FIT && {
      fitted: fitWeight(weighed, { weights: WEIGHTS, present: vectorWeight }),
    }),
  }
}

function scoresOf(mode: SearchMode, results: readonly QueryResult[]): ModeScores {
  const metrics = results.flatMap(({ scores }) => scores[mode] ?? [])
  const of = (field: keyof QueryMetrics) => metrics.map((each) => each[field])
  return {
    mode,
    ndcg10: mean(of('ndcg10')),
    recall10: mean(of('recall10')),
    recall100: mean(of('recall100')),
    mrr10: mean(of('mrr10')),
    ...bootstrapInterval([of('ndcg10')]),
  }
}
