import { type Identity, keyOf } from '@dure/contracts'
import { answerOpenAiErrors, identityOf, OpenAiError, patienceOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Payer } from '../models/model-call.ts'
import { EmbeddingList, EmbeddingRequest, viewEmbedded } from './embedding.ts'
import type { EmbeddingService } from './service.ts'

export interface EmbeddingRoutesOptions {
  readonly embeddings: EmbeddingService
}

/** To be registered under `/openai/v1`: the rest of that API is in the workflow service. */
export const embeddingRoutes: FastifyPluginAsyncTypebox<EmbeddingRoutesOptions> = async (
  app,
  { embeddings },
) => {
  answerOpenAiErrors(app)

  app.post(
    '/embeddings',
    {
      config: { scope: 'models:use' },
      schema: {
        operationId: 'createEmbeddings',
        summary: 'Turn texts into vectors, as clients of OpenAI ask for them',
        tags: ['openai'],
        body: EmbeddingRequest,
        response: { 200: EmbeddingList, '4xx': OpenAiError, '5xx': OpenAiError },
      },
    },
    async (request) => {
      const { input, model, dimensions, encoding_format } = request.body
      const texts = typeof input === 'string' ? [input] : input
      const signal = patienceOf(request)
      const payer = payerOf(identityOf(request))
      return viewEmbedded(
        await embeddings.embed({ texts, model, dimensions, payer, kind: 'direct', signal }),
        encoding_format,
      )
    },
  )
}

/** A call has no run and no agent: its project pays, and its key may have a budget of its own. */
function payerOf(identity: Identity): Payer {
  const keyId = keyOf(identity)
  return { tenant: identity.tenant, ...(keyId !== undefined && { keyId }) }
}
