import type { ConfigOf, Score } from './evaluator.ts'

/** Cosine of two vectors; 0 for what has no direction. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, ofA, ofB] = [0, 0, 0]
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0]
    dot += x * y
    ofA += x * x
    ofB += y * y
  }
  return ofA === 0 || ofB === 0 ? 0 : dot / Math.sqrt(ofA * ofB)
}

/** What points away is as far from it as what has nothing to do with it. */
export function scoreSimilarity(
  { passAt }: Pick<ConfigOf<'similarity'>, 'passAt'>,
  [expected, given]: readonly [readonly number[], readonly number[]],
): Score {
  const score = Math.min(1, Math.max(0, cosine(expected, given)))
  const passed = score >= passAt
  return { score, passed, reason: `cosine ${score.toFixed(3)}, ${passAt} is enough` }
}
