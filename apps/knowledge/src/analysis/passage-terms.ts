import type { Analyzer, UserDictionary } from '@dure/retrieval'

/** A passage as it stands in its document. */
export interface PassageText {
  readonly headings: readonly string[]
  readonly text: string
}

/** What it is found by. */
export interface PassageTerms {
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headingMorphemes: readonly string[]
}

/** What a thread is sent. Words are in shared memory: only their address travels. */
export interface AnalysisTask {
  readonly passages: readonly PassageText[]
  /** Of the project, if it has any. */
  readonly words?: UserDictionary | undefined
}

export function termsOf(analyzer: Analyzer, { headings, text }: PassageText): PassageTerms {
  return {
    morphemes: analyzer.terms(text),
    bigrams: analyzer.bigrams(text),
    headingMorphemes: analyzer.terms(headings.join('\n')),
  }
}
