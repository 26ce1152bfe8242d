import { answerOpenAiErrors } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { chatRoutes } from './chat-routes.ts'
import { modelRoutes } from './model-routes.ts'
import { type ResponseRoutesOptions, responseRoutes } from './response-routes.ts'

/** The API of OpenAI, errors included: to be registered under `/openai/v1`. */
export const openAiRoutes: FastifyPluginAsyncTypebox<ResponseRoutesOptions> = async (
  app,
  { openAi, responses, doorRuns, streams },
) => {
  answerOpenAiErrors(app)
  await app.register(modelRoutes, { openAi })
  await app.register(chatRoutes, { openAi, doorRuns, streams })
  await app.register(responseRoutes, { openAi, responses, doorRuns, streams })
}
