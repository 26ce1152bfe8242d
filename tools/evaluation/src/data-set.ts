import type { Judgements } from '@dure/retrieval'

export interface Passage {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface Question {
  readonly text: string
  readonly judgements: Judgements
}

/** A corpus with the questions that are asked of it, and of no other. */
export interface DataSet {
  readonly name: string
  readonly passages: readonly Passage[]
  /** Those that have at least one relevant passage: of the others nothing can be measured. */
  readonly questions: readonly Question[]
}
