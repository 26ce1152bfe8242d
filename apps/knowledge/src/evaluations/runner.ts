import type { Caller } from '@dure/contracts'
import { DureError, UnavailableError } from '@dure/kernel'
import { metricsOf, type QueryMetrics, type SearchMode } from '@dure/retrieval'
import type { SearchService } from '../search/service.ts'
import { type EvaluationKey, MIN_QUERIES_TO_FIT, type QueryResult, WEIGHTS } from './evaluation.ts'
import { judge } from './judge.ts'
import { outcomeOf } from './score.ts'
import {
  type Claim,
  type EvaluationWorkStore,
  type Failure,
  GAVE_UP,
  MAX_ATTEMPTS,
  type PendingQuery,
} from './work-store.ts'

export interface EvaluationRunner {
  /**
   * Asks what is still to be asked, and makes the scores of it. Does nothing when that is done, or in other hands.
   *
   * @throws UnavailableError `evaluation.interrupted` when the service stops meanwhile; what is measured is kept
   */
  run(key: EvaluationKey, signal: AbortSignal): Promise<void>
}

export interface EvaluationRunnerDependencies {
  readonly store: EvaluationWorkStore
  readonly search: SearchService
}

/** recall@100 needs so many. */
const DEPTH = 100
const SEARCH_TIMEOUT_MS = 4000

export function createEvaluationRunner(parts: EvaluationRunnerDependencies): EvaluationRunner {
  const { store } = parts
  return {
    async run(key, signal) {
      const claim = await store.claim(key)
      if (!claim) return
      try {
        await work(parts, claim, signal)
      } catch (error) {
        if (signal.aborted) await store.release(claim)
        else await store.fail(claim, failureOf(error, claim))
        throw error
      }
    },
  }
}

async function work(
  parts: EvaluationRunnerDependencies,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  const { store } = parts
  for (;;) {
    const pending = await store.pending(claim)
    if (pending.length === 0) break
    for (const query of pending) {
      if (signal.aborted) throw interrupted()
      const holds = await store.record(claim, query.ordinal, await ask(parts, claim, query))
      // Deleted, or taken over: whoever has it now does the rest.
      if (!holds) return
    }
  }
  await store.finish(claim, outcomeOf(await store.results(claim), claim))
}

/** Of no name: scores say what a document has, and whoever may read the base may read them. */
const ANYBODY: Caller = { principals: [], seesAll: false }

async function ask(
  { search }: EvaluationRunnerDependencies,
  { tenant, knowledgeBaseId, modes, filter, queryCount }: Claim,
  { query, relevant }: PendingQuery,
): Promise<QueryResult> {
  const metrics = async (mode: SearchMode, topK: number, vectorWeight?: number) => {
    const weighted = vectorWeight !== undefined && { vectorWeight, fusion: 'weighted' as const }
    const request = { knowledgeBaseIds: [knowledgeBaseId], query, topK, minScore: 0, mode }
    const found = await search.search(
      tenant,
      { ...request, ...weighted, ...(filter && { filter }), rerank: false },
      { timeoutMs: SEARCH_TIMEOUT_MS, caller: ANYBODY },
    )
    // By words alone it would be another question that is answered.
    if (found.degraded) throw withoutVectors(found.degradedReason)
    const { ranked, judgements } = judge(found.chunks, relevant)
    return metricsOf(ranked, judgements)
  }
  const scores: Partial<Record<SearchMode, QueryMetrics>> = {}
  for (const mode of modes) scores[mode] = await metrics(mode, DEPTH)
  if (queryCount < MIN_QUERIES_TO_FIT || !modes.includes('hybrid')) return { scores }
  const byWeight: number[] = []
  for (const weight of WEIGHTS) byWeight.push((await metrics('hybrid', 10, weight)).ndcg10)
  return { scores, byWeight }
}

function interrupted(): UnavailableError {
  return new UnavailableError('evaluation.interrupted', 'The service is stopping')
}

function withoutVectors(reason = 'embedding.unavailable'): UnavailableError {
  return new UnavailableError(
    'evaluation.no-vectors',
    `No vectors can be made of the queries now (${reason})`,
  )
}

/** A rule that said no will say no again; anything else is tried as often as is allowed. */
function failureOf(error: unknown, { attempt }: Claim): Failure | undefined {
  if (error instanceof DureError && (!error.transient || attempt >= MAX_ATTEMPTS)) {
    return { code: error.code, message: error.message }
  }
  return attempt >= MAX_ATTEMPTS ? GAVE_UP : undefined
}
