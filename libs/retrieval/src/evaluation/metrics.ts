/** How well one query was answered; each from 0 to 1. */
export interface QueryMetrics {
  readonly ndcg10: number
  readonly recall10: number
  readonly recall100: number
  readonly mrr10: number
}

/** What somebody has judged of the passages of one query: how relevant each is; 0 is not at all. */
export type Judgements = ReadonlyMap<string, number>

/**
 * The measures of one ranked list, as `trec_eval` defines them: the gain of a passage is its grade.
 *
 * @param ranked ids, best first, none twice
 * @param judgements at least one with a grade above 0; what is not judged counts as 0
 */
export function metricsOf(ranked: readonly string[], judgements: Judgements): QueryMetrics {
  return {
    ndcg10: ndcg(ranked, judgements, 10),
    recall10: recall(ranked, judgements, 10),
    recall100: recall(ranked, judgements, 100),
    mrr10: reciprocalRank(ranked, judgements, 10),
  }
}

/**
 * Normalised discounted cumulated gain: Σ grade / log2(rank + 1) over the first `depth`, divided by
 * the same of the best possible order.
 *
 * Source: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4),
 * 2002; with the discount from rank 1 on, as `trec_eval -m ndcg_cut` has it.
 */
function ndcg(ranked: readonly string[], judgements: Judgements, depth: number): number {
  const gains = ranked.map((id) => judgements.get(id) ?? 0)
  const best = [...judgements.values()].sort((a, b) => b - a)
  return discountedGain(gains, depth) / discountedGain(best, depth)
}

function discountedGain(gains: readonly number[], depth: number): number {
  return gains
    .slice(0, depth)
    .reduce((sum, gain, i) => sum + Math.max(0, gain) / Math.log2(i + 2), 0)
}

/** The share of the relevant passages that stand among the first `depth`. */
function recall(ranked: readonly string[], judgements: Judgements, depth: number): number {
  const relevant = [...judgements.values()].filter((grade) => grade > 0).length
  return ranked.slice(0, depth).filter(isRelevantIn(judgements)).length / relevant
}

/**
 * One divided by the rank of the first relevant passage; 0 where the first `depth` have none.
 *
 * Source: Voorhees, The TREC-8 Question Answering Track Report, 1999.
 */
function reciprocalRank(ranked: readonly string[], judgements: Judgements, depth: number): number {
  const index = ranked.slice(0, depth).findIndex(isRelevantIn(judgements))
  return index < 0 ? 0 : 1 / (index + 1)
}

function isRelevantIn(judgements: Judgements) {
  return (id: string) => (judgements.get(id) ?? 0) > 0
}
