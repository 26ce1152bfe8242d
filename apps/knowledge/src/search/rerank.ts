import type { SearchHit } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import type { Breaker } from '../breaker.ts'
import { isAboutMoney } from '../money/money.ts'
import type { Reranker, RerankRequest } from '../reranking/provider.ts'

/** Puts passages that were found in a better order. */
export interface HitReranker {
  /** Absent: none is configured. */
  readonly reranker: Reranker | undefined
  readonly rerankBreaker: Breaker
  readonly rerankTimeoutMs: number
}

export interface Reranked {
  readonly hits: SearchHit[]
  /** The code of what went wrong; then the hits are as they were. */
  readonly degradedReason?: string
}

/** Fails for no reason that lies with the reranker, or the money for it: the order by words and vectors is left. */
export async function reranked(
  { reranker, rerankBreaker, rerankTimeoutMs }: HitReranker,
  query: string,
  {
    hits,
    ...paying
  }: { readonly hits: SearchHit[] } & Pick<RerankRequest, 'payer' | 'onPaid' | 'signal'>,
): Promise<Reranked> {
  if (reranker === undefined || hits.length === 0) return { hits }
  const texts = hits.map(({ headings, text }) => [...headings, text].join('\n'))
  try {
    const { scores } = await rerankBreaker.attempt(() =>
      reranker.rerank({ query, texts, timeoutMs: rerankTimeoutMs, ...paying }),
    )
    return { hits: inOrder(hits, scores) }
  } catch (error) {
    if (isAboutMoney(error)) return { hits, degradedReason: error.code }
    if (!(error instanceof DureError) || !error.code.startsWith('reranking.')) throw error
    return { hits, degradedReason: error.code }
  }
}

/** Equal ones keep their order. */
function inOrder(hits: readonly SearchHit[], scores: readonly number[]): SearchHit[] {
  return hits
    .map((hit, at) => {
      const score = scores[at] ?? 0
      const { explanation } = hit
      return {
        ...hit,
        score,
        ...(explanation && { explanation: { ...explanation, rerank: score } }),
      }
    })
    .toSorted((a, b) => b.score - a.score)
}
