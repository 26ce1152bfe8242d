/** One round of choosing. */
export interface Round {
  /** From and to which case of the part for validation, the last one not included. */
  readonly from: number
  readonly to: number
  /** So many candidates run in it, */
  readonly candidates: number
  /** and so many are left after it. */
  readonly kept: number
}

/** A case more tells little: so many are the least of the first round. */
const MIN_CASES = 4

/**
 * Rounds in which many candidates meet few cases, and few candidates many: after each, the worse half is left behind, and the others
 * meet twice as many. What is spent on each round is about the same, and one is left.
 *
 * Source: successive halving, Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, AISTATS
 * 2016 (arXiv 1502.07943).
 *
 * @param candidates at least one
 * @param cases at least one
 */
export function roundsOf(candidates: number, cases: number): Round[] {
  const wanted = Math.max(1, Math.ceil(Math.log2(candidates)))
  const possible = Math.max(1, Math.floor(Math.log2((2 * cases) / MIN_CASES)))
  const count = Math.min(wanted, possible)
  const rounds: Round[] = []
  for (let round = 1; round <= count; round += 1) {
    const before = rounds.at(-1)
    rounds.push({
      from: before?.to ?? 0,
      to: Math.ceil(cases / 2 ** (count - round)),
      candidates: before?.kept ?? candidates,
      kept: round === count ? 1 : Math.ceil(candidates / 2 ** round),
    })
  }
  return rounds
}

/** How often agents are asked in all of choosing. The agent as it was meets every case, too. */
export function runsOf(rounds: readonly Round[], repetitions: number): number {
  return rounds.reduce(
    (sum, { from, to, candidates }) => sum + (to - from) * (candidates + 1) * repetitions,
    0,
  )
}

/** A candidate as choosing sees it. */
export interface Standing {
  readonly number: number
  /** Null: no evaluator had anything to say. */
  readonly score: number | null
  readonly costMicroUsd: number
}

/** The best first; of equal ones the one that costs less, and then the one that came first. */
export function ranked<Ranked extends Standing>(candidates: readonly Ranked[]): Ranked[] {
  return candidates.toSorted(
    (a, b) =>
      (b.score ?? -1) - (a.score ?? -1) || a.costMicroUsd - b.costMicroUsd || a.number - b.number,
  )
}
