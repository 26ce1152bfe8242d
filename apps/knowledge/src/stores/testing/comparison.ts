import { candidatesOf } from '@dure/retrieval'
import { expect } from 'vitest'
import type { Accepts, BaseSearch } from '../retrieval-store.ts'
import type { questionOf } from './passages.ts'

/** Scores of two engines may differ by how floats are added up. */
const TIE = 1e-5

interface Asked {
  readonly terms: ReturnType<typeof questionOf>
  readonly limit: number
  readonly accepts?: Accepts | undefined
}

export async function wordsIn(base: BaseSearch, asked: Asked) {
  const index = await base.words(asked.terms, asked)
  return candidatesOf(index, asked.terms, { limit: asked.limit, minScore: 0 })
}

interface Scored {
  readonly id: string
  readonly score: number
}

/** The same scores in the same order; where two are equal, either may come first. */
export function expectSame(actual: readonly Scored[], expected: readonly Scored[]): void {
  expect(actual).toHaveLength(expected.length)
  const scores = new Map(expected.map(({ id, score }) => [id, score]))
  for (const [at, { id, score }] of actual.entries()) {
    const place = expected[at]?.score ?? 0
    expect(Math.abs(score - place)).toBeLessThan(TIE)
    // One that is not among the others is as good as their last one.
    expect(Math.abs(score - (scores.get(id) ?? expected.at(-1)?.score ?? 0))).toBeLessThan(TIE)
  }
}
