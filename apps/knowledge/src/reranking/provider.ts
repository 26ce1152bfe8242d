import type { PaidUse } from '@dure/contracts'
import { atMostTokens, DeadlineExceededError, DureError, UnavailableError } from '@dure/kernel'
import { boundedFetch, withSpan } from '@dure/platform'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { OnPaid, Payer } from '../money/money.ts'

export interface RerankRequest {
  readonly query: string
  readonly texts: readonly string[]
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly payer: Payer
  readonly onPaid?: OnPaid | undefined
  /** For the trace. */
  readonly costOf?: (used: PaidUse) => number
}

export interface Reranking {
  /** How well each text answers, in the order of the texts; what that means is the model's to say. */
  readonly scores: number[]
  readonly used: PaidUse
}

/** Reads a question and each passage together, which says more than two vectors do, and takes longer. */
export interface Reranker {
  /** @throws DureError `reranking.*`, `budget.*`; `signal.reason` when it is aborted */
  rerank(request: RerankRequest): Promise<Reranking>
}

export interface RerankerConfig {
  readonly RERANK_BASE_URL: string
  readonly RERANK_API_KEY: string
  readonly RERANK_MODEL: string
  readonly RERANK_PROVIDER: string
}

/** What Cohere, Jina, vLLM and LiteLLM answer, as far as it matters here. */
const answer = Compile(
  Type.Object({
    results: Type.Array(
      Type.Object({ index: Type.Integer({ minimum: 0 }), relevance_score: Type.Number() }),
    ),
  }),
)

/** `POST /rerank`, of which the AI SDK has no provider for APIs that are merely compatible. */
export function createReranker(config: RerankerConfig): Reranker {
  return {
    async rerank(request) {
      const timeout = AbortSignal.timeout(request.timeoutMs)
      return withSpan(`rerank ${config.RERANK_MODEL}`, attributesOf(config), async (span) => {
        try {
          const signal = AbortSignal.any([request.signal, timeout])
          const body = await ask(config, request, signal)
          const used = usedIn(body, request)
          span.setAttribute('gen_ai.usage.input_tokens', used.tokens)
          if (request.costOf) span.setAttribute('dure.cost_micro_usd', request.costOf(used))
          return { scores: scoresIn(body, request.texts.length), used }
        } catch (error) {
          request.signal.throwIfAborted()
          if (timeout.aborted) throw timedOut(request.timeoutMs)
          throw error instanceof DureError ? error : unavailable('cannot be reached', error)
        }
      })
    },
  }
}

async function ask(
  { RERANK_BASE_URL, RERANK_API_KEY, RERANK_MODEL: model }: RerankerConfig,
  { query, texts: documents }: RerankRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const response = await boundedFetch(`${RERANK_BASE_URL.replace(/\/$/, '')}/rerank`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(RERANK_API_KEY && { authorization: `Bearer ${RERANK_API_KEY}` }),
    },
    body: JSON.stringify({ model, query, documents, top_n: documents.length }),
    signal,
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw unavailable(`answers with ${response.status}`)
  }
  return response.json().catch((cause: unknown) => {
    if (cause instanceof SyntaxError) throw badScores(cause)
    throw cause
  })
}

const Count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })
/** As Cohere bills. */
const billed = Compile(
  Type.Object({ meta: Type.Object({ billed_units: Type.Object({ search_units: Count }) }) }),
)
/** As Jina and Voyage bill. */
const counted = Compile(Type.Object({ usage: Type.Object({ total_tokens: Count }) }))

/** What the provider says, or else the most that it may be. */
function usedIn(body: unknown, request: RerankRequest): PaidUse {
  const { tokens, searches } = mostUsed(request)
  const isCounted = counted.Check(body)
  if (billed.Check(body)) {
    return {
      tokens: isCounted ? body.usage.total_tokens : 0,
      searches: body.meta.billed_units.search_units,
    }
  }
  return { tokens: isCounted ? body.usage.total_tokens : tokens, searches }
}

/** A search is a question and so many pieces of text; a text of more tokens is several. */
const PIECES_PER_SEARCH = 100
const PIECE_TOKENS = 500

export function mostUsed({ query, texts }: Pick<RerankRequest, 'query' | 'texts'>): PaidUse {
  const question = atMostTokens(query)
  let tokens = 0
  let pieces = 0
  for (const text of texts) {
    const together = question + atMostTokens(text)
    tokens += together
    pieces += Math.ceil(together / PIECE_TOKENS)
  }
  return { tokens, searches: Math.ceil(pieces / PIECES_PER_SEARCH) }
}

function scoresIn(body: unknown, count: number): number[] {
  const scores = new Array<number | undefined>(count)
  if (answer.Check(body)) {
    for (const { index, relevance_score } of body.results) scores[index] = relevance_score
  }
  const whole = scores.slice(0, count).filter((score) => score !== undefined)
  if (whole.length !== count || scores.length !== count) {
    throw badScores()
  }
  return whole
}

function badScores(cause?: unknown): DureError {
  const message = 'The reranker did not say how well each passage answers'
  return new UnavailableError('reranking.bad-response', message, {}, { cause })
}

function unavailable(what: string, cause?: unknown): DureError {
  return new UnavailableError('reranking.unavailable', `The reranker ${what}`, {}, { cause })
}

function timedOut(timeoutMs: number): DureError {
  const message = `The reranker took longer than ${timeoutMs} ms`
  return new DeadlineExceededError('reranking.timeout', message, { timeoutMs })
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ */
function attributesOf({ RERANK_MODEL: model, RERANK_PROVIDER: provider }: RerankerConfig) {
  return {
    'gen_ai.operation.name': 'rerank',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': model,
  }
}

/** It was asked several times, in vain. */
export function rerankerLeftAlone(): DureError {
  return unavailable('has failed several times and is left alone for a while')
}
