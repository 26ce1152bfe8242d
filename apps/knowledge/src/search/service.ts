import type { SearchHit, SearchRequest, SearchResult, Tenant } from '@dure/contracts'
import { withDeadline } from '@dure/kernel'
import {
  type Analyzer,
  best,
  type Candidate,
  candidatesOf,
  isConvincing,
  questionTerms,
} from '@dure/retrieval'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'
import type { IndexCache } from './index-cache.ts'
import { resultOf } from './search.ts'
import type { Passage, SearchStore } from './store.ts'

export interface SearchOptions {
  readonly timeoutMs: number
  /** Says per hit what each field has added to its score. */
  readonly explain?: boolean
}

export interface SearchService {
  /**
   * The passages that share most with the question. None when none shares enough, or when nothing
   * in the question means anything by itself.
   *
   * @throws NotFoundError `knowledge-base.not-found` when the tenant lacks one of the bases
   * @throws DeadlineExceededError `search.timed-out`
   */
  search(tenant: Tenant, request: SearchRequest, options: SearchOptions): Promise<SearchResult>
}

export interface SearchServiceDependencies {
  readonly store: SearchStore
  readonly indexes: IndexCache
  readonly analyzer: () => Analyzer
}

/** Room for passages that turn out to be gone, or to share too little. */
const SLACK = 20
/** How often a search begins again because what it had found was replaced meanwhile. */
const MAX_ROUNDS = 3

interface Round {
  readonly hits: SearchHit[]
  /** Whether something was found that is no longer there: its successor may be. */
  readonly isStale: boolean
}

export function createSearchService(dependencies: SearchServiceDependencies): SearchService {
  return {
    async search(tenant, request, { timeoutMs, explain = false }) {
      const deadline = { timeoutMs, code: 'search.timed-out', what: 'The search' } as const
      return withDeadline(deadline, async (signal) => {
        for (let round = 1; ; round++) {
          const { hits, isStale } = await searchOnce(dependencies, tenant, request)
          if (!isStale || round === MAX_ROUNDS || signal.aborted) {
            return resultOf(explain ? hits : hits.map((hit) => ({ ...hit, contributions: {} })))
          }
        }
      })
    },
  }
}

async function searchOnce(
  { store, indexes, analyzer }: SearchServiceDependencies,
  tenant: Tenant,
  { knowledgeBaseIds, query, topK, minScore }: SearchRequest,
): Promise<Round> {
  const ids = [...new Set(knowledgeBaseIds)]
  const generations = await store.generations(tenant, ids)
  if (generations.size < ids.length) throw knowledgeBaseNotFound()

  const limit = 2 * topK + SLACK
  const found = await Promise.all(
    [...generations].map(async ([id, generation]) => {
      const index = await indexes.get(tenant, id, generation)
      const terms = questionTerms(query, { analyzer: analyzer(), index })
      return candidatesOf(index, terms, { limit, minScore })
    }),
  )
  const candidates = best(found.flat(), limit)
  if (candidates.length === 0) return { hits: [], isStale: false }

  const passages = await store.passages(
    tenant,
    ids,
    candidates.map(({ id }) => id),
  )
  const pairs = analyzer().bigrams(query)
  const hits = candidates.flatMap((candidate) => {
    const passage = passages.get(candidate.id)
    const convinces =
      passage && isConvincing(candidate, pairs, () => analyzer().bigrams(passage.text))
    return convinces ? [hitOf(candidate, passage)] : []
  })
  return { hits: hits.slice(0, topK), isStale: passages.size < candidates.length }
}

function hitOf({ score, contributions }: Candidate, passage: Passage): SearchHit {
  return { ...passage, score, contributions: { ...contributions } }
}
