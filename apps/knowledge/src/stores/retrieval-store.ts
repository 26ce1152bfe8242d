import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import type { LexicalSearch, PairStatistics, QuestionTerms, VectorHit } from '@dure/retrieval'
import type { Selection } from '../search/facts.ts'

/**
 * Where passages are looked for. PostgreSQL is the truth of all of them: a store can be lost and is filled again, and what
 * it finds is shown only after PostgreSQL was asked.
 */
export interface RetrievalStore {
  /**
   * A knowledge base, at least as new as `generation`. Whoever asks has checked that the tenant has this base in this
   * generation.
   *
   * @throws UnavailableError `search.index-behind` when bringing it up does not get there
   */
  open(tenant: Tenant, id: KnowledgeBaseId, generation: bigint): Promise<BaseSearch>
  close(): Promise<void>
}

/** What is searched of one knowledge base; nothing of another one is ever in it. */
export interface BaseSearch extends PairStatistics {
  /** What has made its terms, and reads questions; absent: the analyzer of now. */
  readonly analyzerVersion?: string | null
  /** Which of the vectors of its base it has; undefined: it can have no others. */
  readonly build?: string | undefined
  /**
   * Which documents may be found for a reader, by a filter, as far as the store knows: what is shown is looked up in the rows of truth.
   *
   * @returns the same function until something changes; undefined: all
   * @throws InvalidInputError `search.invalid-filter`
   */
  acceptedBy(selection: Selection): Accepts | undefined
  /** The passages that share most with a question: those with a morpheme of it, or where none has, with a pair of syllables. */
  words(terms: QuestionTerms, options: Wanted): Promise<LexicalSearch>
  /** Nearest first; none where no passage has a vector. */
  nearest(vector: Float32Array, options: Wanted): Promise<readonly VectorHit[]>
  /** The cosines with some of the passages, by id; those without a vector are missing. */
  cosines(vector: Float32Array, ids: readonly string[]): Promise<ReadonlyMap<string, number>>
}

export interface Wanted {
  /** How many passages at most. */
  readonly limit: number
  /** Passages of documents that it accepts alone; absent: of all. */
  readonly accepts?: Accepts | undefined
}

/** Whether a search may find a document. */
export type Accepts = (documentId: string) => boolean
