import { DeadlineExceededError, DureError, UnavailableError } from '@dure/kernel'
import { boundedFetch, withSpan } from '@dure/platform'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

export interface RerankRequest {
  readonly query: string
  readonly texts: readonly string[]
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** Reads a question and each passage together, which says more than two vectors do, and takes longer. */
export interface Reranker {
  /**
   * How well each text answers, in the order of the texts; what that means is the model's to say.
   *
   * @throws DureError `reranking.*`; `signal.reason` when it is aborted
   */
  rerank(request: RerankRequest): Promise<number[]>
}

export interface RerankerConfig {
  readonly RERANK_BASE_URL: string
  readonly RERANK_API_KEY: string
  readonly RERANK_MODEL: string
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
      return withSpan(`rerank ${config.RERANK_MODEL}`, attributesOf(config), async () => {
        try {
          const signal = AbortSignal.any([request.signal, timeout])
          return scoresIn(await ask(config, request, signal), request.texts.length)
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
function attributesOf({ RERANK_MODEL: model }: RerankerConfig) {
  return { 'gen_ai.operation.name': 'rerank', 'gen_ai.request.model': model }
}

/** It was asked several times, in vain. */
export function rerankerLeftAlone(): DureError {
  return unavailable('has failed several times and is left alone for a while')
}
