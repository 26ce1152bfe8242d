import type {
  Caller,
  KnowledgeBaseId,
  SearchHit,
  SearchRequest,
  SearchResult,
  Spender,
  Tenant,
} from '@dure/contracts'
import { InvalidInputError, withDeadline } from '@dure/kernel'
import {
  candidatesOf,
  type Found,
  type FusedCandidate,
  isConvincing,
  questionTerms,
  rank,
} from '@dure/retrieval'
import type { QuestionAnalyzerParts } from '../analysis/question-analyzer.ts'
import { type Reader, readerOf } from '../documents/access.ts'
import { childrenPerParent } from '../ingestion/chunking.ts'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'
import type { OnPaid } from '../money/money.ts'
import type { BaseSearch, RetrievalStore } from '../stores/retrieval-store.ts'
import { type Matches, matcherOf } from './filter.ts'
import { type OpenBase, openBase } from './open-base.ts'
import { planOf, type SearchPlan } from './plan.ts'
import { type QuestionEmbedder, type QuestionVector, questionVector } from './question-vector.ts'
import { withoutRepeats } from './repeats.ts'
import { type HitReranker, reranked } from './rerank.ts'
import { resultOf } from './search.ts'
import type { Passage, SearchableBase, SearchStore } from './store.ts'

export interface SearchOptions {
  readonly timeoutMs: number
  readonly caller: Caller
  /** Who pays, besides the project; absent: nobody. */
  readonly spender?: Spender
  readonly onPaid?: OnPaid
  /** Says per hit what each field has added to its score, what each leg gave, and which words are shared. */
  readonly explain?: boolean
}

export interface SearchService {
  /**
   * The passages that share most with the question, in words and, where there are vectors, in meaning, of the documents that
   * the caller may see, and whoever it asks for. By words alone,
   * none when none shares enough. When nobody can make a vector of the question, the answer by words is `degraded`.
   *
   * @throws NotFoundError `knowledge-base.not-found` when the tenant lacks one of the bases
   * @throws InvalidInputError `search.no-vectors`, `search.several-models`, `search.no-reranker`, `search.invalid-filter`
   * @throws DureError `budget.exceeded` where vectors alone are asked for
   * @throws DeadlineExceededError `search.timed-out`
   */
  search(tenant: Tenant, request: SearchRequest, options: SearchOptions): Promise<SearchResult>
}

export interface SearchServiceDependencies
  extends QuestionEmbedder,
    HitReranker,
    QuestionAnalyzerParts {
  readonly store: SearchStore
  readonly passages: RetrievalStore
}

/** Room for passages that turn out to be gone, or to share too little. */
const SLACK = 20
/** Passages to be found for one to be given, at the most: more seldom are all among the best. */
const MAX_CHILDREN = 4
/** Of each leg, where there are two: what is far down in one may be the best of both. */
const DEPTH = 100
/** How often a search begins again because what it had found was replaced meanwhile. */
const MAX_ROUNDS = 3

/** One question, whatever round it is in. */
interface Search {
  readonly tenant: Tenant
  readonly reader: Reader
  /** Absent: every document is asked for. */
  readonly matches: Matches | undefined
  readonly request: SearchRequest
  readonly plan: SearchPlan
  readonly question: Promise<QuestionVector>
  readonly explain: boolean
}

interface Round {
  readonly hits: SearchHit[]
  /** Whether something was found that is no longer there: its successor may be. */
  readonly isStale: boolean
  /** Whether the question was read as the passages of each base were. */
  readonly isExact: boolean
}

type Bases = ReadonlyMap<KnowledgeBaseId, SearchableBase>

export function createSearchService(parts: SearchServiceDependencies): SearchService {
  return {
    async search(tenant, request, { timeoutMs, caller, spender, onPaid, explain = false }) {
      const reader = readerOf(caller, request.onBehalfOf)
      const matches = request.filter && matcherOf(request.filter)
      const deadline = { timeoutMs, code: 'search.timed-out', what: 'The search' } as const
      return withDeadline(deadline, async (signal) => {
        if (request.rerank === true && parts.reranker === undefined) throw noReranker()
        const about = { tenant, spender, onPaid, text: request.query, timeoutMs, signal }
        for (let round = 1; ; round++) {
          const bases = await basesOf(parts, tenant, request)
          // Between two rounds a base may have got vectors by another model. The vector of a question is kept.
          const plan = planOf(request, [...bases.values()])
          const question = questionVector(parts, plan, about)
          const search = { tenant, reader, matches, request, plan, question, explain }
          const { hits, isStale, isExact } = await searchOnce(parts, search, bases)
          if (!isStale || round === MAX_ROUNDS || signal.aborted) {
            const wanted = plan.rerank ? parts : { ...parts, reranker: undefined }
            const paying = { payer: { ...spender, tenant }, onPaid, signal }
            const final = await reranked(wanted, request.query, { hits, ...paying })
            const otherwise = final.degradedReason ?? (isExact ? undefined : OTHER_ANALYZER.code)
            const { degradedReason = otherwise } = await question
            return {
              ...resultOf(final.hits.slice(0, request.topK)),
              ...degradation(degradedReason),
            }
          }
        }
      })
    },
  }
}

/** The terms of a base are by rules that only processes of another release have. */
const OTHER_ANALYZER = { code: 'search.other-analyzer' } as const

function degradation(degradedReason: string | undefined) {
  return degradedReason === undefined ? {} : { degraded: true, degradedReason }
}

function noReranker(): InvalidInputError {
  return new InvalidInputError(
    'search.no-reranker',
    'No reranker is configured: leave `rerank` out, or the operator sets RERANK_BASE_URL',
    [{ pointer: '#/rerank', message: 'needs a reranker' }],
  )
}

async function basesOf(
  { store }: SearchServiceDependencies,
  tenant: Tenant,
  { knowledgeBaseIds }: SearchRequest,
): Promise<Bases> {
  const ids = [...new Set(knowledgeBaseIds)]
  const bases = await store.bases(tenant, ids)
  if (bases.size < ids.length) throw knowledgeBaseNotFound()
  return bases
}

async function searchOnce(
  parts: SearchServiceDependencies,
  search: Search,
  bases: Bases,
): Promise<Round> {
  const { tenant, reader, request, plan } = search
  // The vector of the question is on its way while indexes are loaded.
  const [indexes, { vector }] = await Promise.all([
    Promise.all(Array.from(bases, (base) => openBase(parts, tenant, base))),
    search.question,
  ])
  const limit = limitOf(request, bases)
  // A question meets vectors by its own model alone; without them, this round is by words.
  const isOther = ({ build }: BaseSearch, { vectorBuild }: SearchableBase) =>
    build !== undefined && build !== vectorBuild
  const areOthers = [...bases.values()].some((base, at) => {
    const index = indexes[at]?.index
    return index !== undefined && isOther(index, base)
  })
  const isExact = indexes.every(({ reader: { isExact: is } }) => is)
  const found = await find({
    ...search,
    ...{ indexes, limit },
    vector: areOthers ? undefined : vector,
  })
  const candidates = rank(found, plan, { limit, minScore: plan.minScore })
  if (candidates.length === 0) return { hits: [], isStale: areOthers, isExact }

  const ids = candidates.map(({ id }) => id)
  const passages = asked(
    await parts.store.passages({ tenant, ids: [...bases.keys()], reader }, ids),
    search.matches,
  )
  const hits = hitsOf(indexes, search, { candidates, passages })
  const isStale = areOthers || passages.size < candidates.length
  return { hits: withoutRepeats(hits), isStale, isExact }
}

/** Several of what is found may be given as one. */
function limitOf({ topK }: SearchRequest, bases: Bases): number {
  const perParent = Array.from(bases.values(), ({ chunking }) => childrenPerParent(chunking))
  return (2 * topK + SLACK) * Math.min(Math.max(...perParent), MAX_CHILDREN)
}

/** What is said of a document may have changed since the index has heard of it. */
function asked(
  passages: ReadonlyMap<string, Passage>,
  matches: Matches | undefined,
): ReadonlyMap<string, Passage> {
  if (matches === undefined) return passages
  return new Map([...passages].filter(([, { metadata }]) => matches(metadata)))
}

interface Look extends Search {
  readonly indexes: readonly OpenBase[]
  readonly vector: Float32Array | undefined
  readonly limit: number
}

/** What each index has: by words, by the vector, and the cosines of what was found by words. */
async function find({
  indexes: bases,
  vector,
  request,
  plan,
  reader,
  limit,
}: Look): Promise<Found> {
  const indexes = bases.map(({ index }) => index)
  const depth = plan.mode === 'keyword' ? limit : Math.max(limit, DEPTH)
  // A score of words alone can be compared with the least one that is wanted; any other is not known yet.
  const minScore = plan.mode === 'keyword' ? plan.minScore : 0
  const selection = { reader, filter: request.filter }
  const wantedOf = (index: BaseSearch) => ({ limit: depth, accepts: index.acceptedBy(selection) })
  const keyword =
    plan.mode === 'vector' && vector
      ? []
      : await Promise.all(
          bases.map(async ({ index, reader: { analyzer } }) => {
            const terms = questionTerms(request.query, { analyzer, index })
            const words = await index.words(terms, wantedOf(index))
            return candidatesOf(words, terms, { limit: depth, minScore })
          }),
        )
  const words = keyword.flat()
  if (!vector) return { keyword: words, vector: undefined, cosines: new Map() }
  const ids = words.map(({ id }) => id)
  const near = await Promise.all(indexes.map((index) => index.nearest(vector, wantedOf(index))))
  const cosines = await Promise.all(indexes.map((index) => index.cosines(vector, ids)))
  return {
    keyword: words,
    vector: near.flat(),
    cosines: new Map(cosines.flatMap((some) => [...some])),
  }
}

function hitsOf(
  bases: readonly OpenBase[],
  { request, explain }: Search,
  {
    candidates,
    passages,
  }: { candidates: readonly FusedCandidate[]; passages: ReadonlyMap<string, Passage> },
): SearchHit[] {
  const analyzers = new Map(bases.map(({ id, reader }) => [id, reader.analyzer]))
  const [first] = analyzers.values()
  if (first === undefined) return []
  // Of all analyzers that one process has, pairs are the same.
  const pairs = first.bigrams(request.query)
  return candidates.flatMap((candidate) => {
    const passage = passages.get(candidate.id)
    const convinces = passage && isConvincing(candidate, pairs, () => first.bigrams(passage.found))
    if (!convinces) return []
    const { score, contributions } = candidate
    const hit = quoted(passage)
    if (!explain) return [{ ...hit, score, contributions: {} }]
    const analyzer = analyzers.get(passage.knowledgeBaseId) ?? first
    const has = new Set(analyzer.terms([...passage.headings, passage.text].join('\n')))
    const shared = new Set(analyzer.terms(request.query)).intersection(has)
    const explanation = { ...candidate.legs, matched: [...shared] }
    return [{ ...hit, score, contributions: { ...contributions }, explanation }]
  })
}

function quoted({ metadata, found: _found, ...passage }: Passage) {
  return Object.keys(metadata).length === 0 ? passage : { ...passage, metadata }
}
