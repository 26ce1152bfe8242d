import type { ModelRequest } from './completion.ts'
import type { EmbeddingRequest, RerankRequest } from './embedding.ts'
import type { ModerationRequest } from './moderation.ts'
import { failing, type Reply, text } from './reply.ts'
import { type Headers, type ModelServer, serveModel } from './server.ts'

export interface ModelCall extends ModelRequest {
  readonly headers: Headers
}

/** The replies in their order, or a rule that finds one for each call (counted from 0). */
export type Script = readonly Reply[] | ((call: ModelCall, index: number) => Reply)

export interface ScriptedModel extends ModelServer {
  /** Every request that came in, in order. */
  readonly calls: readonly ModelCall[]
  /** From now on answers by this script, and forgets the calls so far. */
  rewrite(script: Script): void
  /** From now on answers requests for embeddings by this rule; undefined: with vectors. */
  rewriteEmbeddings(rule: (request: EmbeddingRequest) => Reply | undefined): void
  /** From now on answers requests to moderate by this rule; undefined: by what stands in capitals. */
  rewriteModerations(rule: (request: ModerationRequest) => Reply | undefined): void
  /** From now on answers requests to rerank by this rule; undefined: by how texts are spelled. */
  rewriteReranking(rule: (request: RerankRequest) => Reply | undefined): void
}

export interface ScriptedModelOptions {
  readonly port?: number
  /** Absent: every call is answered with `ok`. */
  readonly script?: Script
}

/**
 * A model without a mind, for tests: OpenAI's API over real HTTP, answered by a script. A call after
 * the end of the list gets a 400 that says so, which no client tries again.
 */
export async function startScriptedModel({
  port,
  script = () => text('ok'),
}: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const calls: ModelCall[] = []
  let current = script
  let embed: (request: EmbeddingRequest) => Reply | undefined = () => undefined
  let moderate: (request: ModerationRequest) => Reply | undefined = () => undefined
  let rerank: (request: RerankRequest) => Reply | undefined = () => undefined
  const server = await serveModel({
    port,
    models: ['scripted'],
    embed: (request) => embed(request),
    moderate: (request) => moderate(request),
    rerank: (request) => rerank(request),
    answer: (request, headers) => {
      const call = { ...request, headers }
      const index = calls.push(call) - 1
      if (typeof current === 'function') return current(call, index)
      return (
        current[index] ??
        failing(400, { message: `The script is over: call ${index + 1} is not in it` })
      )
    },
  })
  return {
    ...server,
    calls,
    rewrite: (next) => {
      calls.length = 0
      current = next
    },
    rewriteEmbeddings: (rule) => {
      embed = rule
    },
    rewriteModerations: (rule) => {
      moderate = rule
    },
    rewriteReranking: (rule) => {
      rerank = rule
    },
  }
}
