import { Problem } from '@dure/contracts'
import { identityOf, signalOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Assistant } from './service.ts'
import { AskAssistant, AssistantReply, viewAnswer } from './view.ts'

/** Under `/v1`. */
export const assistantRoutes: FastifyPluginAsyncTypebox<{ readonly assistant: Assistant }> = async (
  app,
  { assistant },
) => {
  app.post(
    '/ai/assistant/messages',
    {
      config: { scope: 'models:use' },
      schema: {
        operationId: 'askAssistant',
        summary: 'Ask about the workflows and runs of the project',
        description:
          'It knows what the key may see: workflows with `workflows:read`, runs with `runs:read`. It changes nothing.',
        tags: ['ai'],
        body: AskAssistant,
        response: { 200: AssistantReply, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request) => {
      const asked = { identity: identityOf(request), signal: signalOf(request), ...request.body }
      return viewAnswer(await assistant.answer(asked))
    },
  )
}
