import type { Analyzer, UserDictionary } from '@dure/retrieval'

/** A passage as it stands in its document. */
export interface PassageText {
  readonly headings: readonly string[]
  readonly text: string
}

/** What it is found by. Terms are lines, as none has a line feed: one string travels where hundreds would be copied one by one. */
export interface PassageTerms {
  readonly morphemes: string
  readonly bigrams: string
  readonly headingMorphemes: string
}

/** What a thread is sent. Words are in shared memory: only their address travels. */
export interface AnalysisTask {
  readonly passages: readonly PassageText[]
  /** Of the project, if it has any. */
  readonly words?: UserDictionary | undefined
}

/** Titles of chapters, and not texts that somebody has marked as such: they are in every passage below. */
const MAX_HEADINGS = 4000

export function termsOf(analyzer: Analyzer, { headings, text }: PassageText): PassageTerms {
  return {
    morphemes: analyzer.terms(text).join('\n'),
    bigrams: analyzer.bigrams(text).join('\n'),
    headingMorphemes: analyzer.terms(headings.join('\n').slice(0, MAX_HEADINGS)).join('\n'),
  }
}
