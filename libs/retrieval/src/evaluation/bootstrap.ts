import { createRandom } from './random.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

const RESAMPLES = 1000
const SEED = 20_240_229

/**
 * The 95 % interval of the mean of group means (of one group: of its mean), by the percentile
 * bootstrap: as many values as there are, drawn with replacement within each group, a thousand
 * times. The seed is fixed: the same values give the same interval.
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13; for measures of
 * retrieval: Sakai, Evaluating evaluation metrics based on the bootstrap, SIGIR 2006.
 *
 * @param groups none of them empty
 */
export function bootstrapInterval(groups: readonly (readonly number[])[]): Interval {
  const random = createRandom(SEED)
  const resampledMean = (values: readonly number[]) => {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[random.below(values.length)] ?? 0
    return sum / values.length
  }
  const means = Array.from({ length: RESAMPLES }, () => mean(groups.map(resampledMean)))
  means.sort((a, b) => a - b)
  const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
