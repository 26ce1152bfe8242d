import { bootstrapInterval, type Interval, mean } from './bootstrap.ts'

/** What one labelled query gave. */
export interface WeighedQuery {
  /** nDCG@10 as it is searched now. */
  readonly now: number
  /** nDCG@10 with each of the weights, in their order. */
  readonly byWeight: readonly number[]
}

export interface FittedWeight extends Interval {
  readonly weight: number
  /** What a weight fitted to other queries adds to nDCG@10, on the mean; `low` and `high` bound it with 95 % confidence. */
  readonly gain: number
}

const FOLDS = 5

/**
 * The weight that serves all the queries best, and what can be expected of it: each fifth of the queries is judged with
 * the weight that was best for the other four (cross-validation), or a fit to chance would look like a gain.
 * Of weights that are equally good, the one nearest to the present one.
 *
 * @param queries at least `FOLDS`
 */
export function fitWeight(
  queries: readonly WeighedQuery[],
  { weights, present }: { readonly weights: readonly number[]; readonly present: number },
): FittedWeight {
  const bestOf = (some: readonly WeighedQuery[]) => bestWeight(some, weights, present)
  const gains = Array.from({ length: FOLDS }, (_, fold) => {
    const isHeldOut = (at: number) => at % FOLDS === fold
    const best = bestOf(queries.filter((_query, at) => !isHeldOut(at)))
    return queries
      .filter((_query, at) => isHeldOut(at))
      .map(({ now, byWeight }) => (byWeight[best] ?? 0) - now)
  }).flat()
  return {
    weight: weights[bestOf(queries)] ?? present,
    gain: mean(gains),
    ...bootstrapInterval([gains]),
  }
}

/** @returns its place among the weights */
function bestWeight(
  queries: readonly WeighedQuery[],
  weights: readonly number[],
  present: number,
): number {
  const scored = weights.map((weight, place) => ({
    place,
    score: mean(queries.map(({ byWeight }) => byWeight[place] ?? 0)),
    distance: Math.abs(weight - present),
  }))
  const [best] = scored.toSorted((a, b) => b.score - a.score || a.distance - b.distance)
  return best?.place ?? 0
}
