export interface Interval {
  readonly low: number
  readonly high: number
}

/** One case under both versions. */
export interface Pair {
  readonly before: number
  readonly after: number
}

const RESAMPLES = 2000
const SEED = 20_260_228

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * Numbers in [0, 1) that a seed fixes: mulberry32 by Tommy Ettinger, in the public domain. Good enough to draw with, and of no use for
 * secrets.
 */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * The 95 % interval of the mean difference, by the paired percentile bootstrap: as many cases as there are, drawn with replacement, each
 * with both of its scores, 2,000 times. The seed is fixed: the same scores give the same interval.
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13.
 *
 * @param pairs at least one
 */
export function differenceInterval(pairs: readonly Pair[]): Interval {
  return intervalOf(pairs.map(({ before, after }) => after - before))
}

/** A mean with its 95 % interval, by the same bootstrap. @param values at least one */
export function meanInterval(values: readonly number[]): Interval & { readonly score: number } {
  return { score: mean(values), ...intervalOf(values) }
}

function intervalOf(values: readonly number[]): Interval {
  const random = createRandom(SEED)
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let drawn = 0; drawn < values.length; drawn += 1) {
      sum += values[Math.floor(random() * values.length)] ?? 0
    }
    return sum / values.length
  }).sort((a, b) => a - b)
  const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))] ?? 0
  return { low: at(0.025), high: at(0.975) }
}

/**
 * The exact test of McNemar, of two sides: how likely at least so uneven a split of the cases that passed under one version alone is when
 * neither version is better. 1 where there is no such case.
 *
 * Source: McNemar, Note on the sampling error of the difference between correlated proportions, Psychometrika 12, 1947; in its exact form
 * a sign test: Conover, Practical Nonparametric Statistics, 1999, section 3.5.
 */
export function mcNemar(onlyBefore: number, onlyAfter: number): number {
  const all = onlyBefore + onlyAfter
  if (all === 0) return 1
  let tail = 0
  for (let wins = 0; wins <= Math.min(onlyBefore, onlyAfter); wins += 1) {
    tail += Math.exp(logChoose(all, wins) - all * Math.LN2)
  }
  return Math.min(1, 2 * tail)
}

function logChoose(of: number, taken: number): number {
  let sum = 0
  for (let at = 1; at <= taken; at += 1) sum += Math.log(of - taken + at) - Math.log(at)
  return sum
}

/** Beyond it, the normal distribution is as good, and the exact one slow. */
const MAX_EXACT = 50

/**
 * The signed-rank test of Wilcoxon, of two sides, on the differences that are not 0. Ties share the mean of their ranks. Exact up to 50 of
 * them, by counting every way in which signs can fall; beyond, by the normal distribution, corrected for ties and for steps. 1 where
 * nothing differs.
 *
 * Source: Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945; Conover, Practical Nonparametric Statistics,
 * 1999, section 5.7.
 */
export function wilcoxon(pairs: readonly Pair[]): number {
  const differences = pairs
    .map(({ before, after }) => after - before)
    .filter((difference) => Math.abs(difference) > 1e-12)
  if (differences.length === 0) return 1
  const ranks = ranksOf(differences.map(Math.abs))
  let positive = 0
  for (const [index, rank] of ranks.entries()) if ((differences[index] ?? 0) > 0) positive += rank
  return ranks.length <= MAX_EXACT ? exactTail(ranks, positive) : normalTail(ranks, positive)
}

/** From 1; equal values share the mean of their places. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let first = 0; first < order.length; ) {
    let last = first
    const value = values[order[first] ?? 0] ?? 0
    while (last + 1 < order.length && (values[order[last + 1] ?? 0] ?? 0) - value < 1e-12) last += 1
    for (let at = first; at <= last; at += 1) ranks[order[at] ?? 0] = (first + last) / 2 + 1
    first = last + 1
  }
  return ranks
}

/** Ranks are doubled, so that shared ones are whole numbers. */
function exactTail(ranks: readonly number[], positive: number): number {
  const doubled = ranks.map((rank) => Math.round(rank * 2))
  const all = doubled.reduce((sum, rank) => sum + rank, 0)
  let chances = new Array<number>(all + 1).fill(0)
  chances[0] = 1
  for (const rank of doubled) {
    chances = chances.map((chance, sum) => (chance + (chances[sum - rank] ?? 0)) / 2)
  }
  const smaller = Math.min(Math.round(positive * 2), all - Math.round(positive * 2))
  const tail = chances.slice(0, smaller + 1).reduce((sum, chance) => sum + chance, 0)
  return Math.min(1, 2 * tail)
}

function normalTail(ranks: readonly number[], positive: number): number {
  const expected = ranks.reduce((sum, rank) => sum + rank, 0) / 2
  // With shared ranks, the sum of their squares is what the usual formula corrects for.
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4
  const z = Math.max(0, Math.abs(positive - expected) - 0.5) / Math.sqrt(variance)
  return Math.min(1, 2 * upperTail(z))
}

/**
 * Chance of more than z under the standard normal distribution, z ≥ 0.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.2.17 (error below 7.5e-8).
 */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const factors = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  return density * factors.reduce((sum, factor, power) => sum + factor * t ** (power + 1), 0)
}
