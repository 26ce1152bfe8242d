import { identityOf, OpenAiError } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { secondsOf } from './chat.ts'
import type { Model } from './model.ts'
import { ModelList, ModelName, ModelView } from './schema.ts'
import type { OpenAiService } from './service.ts'

const read = { scope: 'workflows:read' } as const
const tags = ['openai']

export const modelRoutes: FastifyPluginAsyncTypebox<{ readonly openAi: OpenAiService }> = async (
  app,
  { openAi },
) => {
  app.get(
    '/models',
    {
      config: read,
      schema: {
        operationId: 'listOpenAiModels',
        summary:
          'List what can be asked: published workflows, then agents, and their aliases, newest first',
        description:
          'Agents are in it for whoever has the scope `agents:read`, and while the agent service answers.',
        tags,
        querystring: Type.Object({
          limit: Type.Integer({
            minimum: 1,
            maximum: 1000,
            default: 1000,
            description: 'How many workflows and agents; all models of one stand together',
          }),
          after: Type.Optional(ModelName),
        }),
        response: { 200: ModelList, '4xx': OpenAiError },
      },
    },
    async (request) => {
      const { limit, after } = request.query
      const { models, hasMore } = await openAi.models(identityOf(request), { limit, after })
      return { object: 'list' as const, data: models.map(view), has_more: hasMore }
    },
  )

  app.get(
    '/models/:model',
    {
      config: read,
      schema: {
        operationId: 'getOpenAiModel',
        summary: 'Get a model: a published workflow or agent, or an alias of one',
        tags,
        params: Type.Object({ model: ModelName }),
        response: { 200: ModelView, '4xx': OpenAiError },
      },
    },
    async (request) => view(await openAi.model(identityOf(request), request.params.model)),
  )
}

function view({ id, createdAt }: Model): Static<typeof ModelView> {
  return { id, object: 'model', created: secondsOf(createdAt), owned_by: 'dure' }
}
