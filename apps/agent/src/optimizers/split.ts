import { type Parts, tooFewCases } from './optimization.ts'
import type { RankedCase } from './store.ts'

/** Fewer pairs can show no difference: the test of Wilcoxon needs six for p < 0.05. */
const MIN_TEST = 6
const MIN_TRAIN = 3
const MIN_VALIDATION = 3

/**
 * Cases into three parts. Those that ask the same are in the same part: what was learned from one is not confirmed on its twin.
 *
 * @param cases in their order by chance, those that ask the same next to each other
 * @throws ConflictError `prompt-optimization.too-few-cases`
 */
export function splitCases(cases: readonly RankedCase[], heldOutShare: number): Parts {
  const groups = [...Map.groupBy(cases, ({ rank }) => rank).values()]
  const test = Math.max(MIN_TEST, Math.round(cases.length * heldOutShare))
  const validation = Math.max(MIN_VALIDATION, Math.ceil((cases.length - test) / 2))
  const parts = { test: [], validation: [], train: [] } as {
    -readonly [Part in keyof Parts]: Parts[Part][number][]
  }
  for (const group of groups) {
    const isFull = {
      test: parts.test.length >= test,
      validation: parts.validation.length >= validation,
    }
    const part = !isFull.test ? 'test' : !isFull.validation ? 'validation' : 'train'
    parts[part].push(...group.map(({ id }) => id))
  }
  const isEnough =
    parts.test.length >= MIN_TEST &&
    parts.validation.length >= MIN_VALIDATION &&
    parts.train.length >= MIN_TRAIN
  if (!isEnough) throw tooFewCases(groups.length)
  return parts
}
