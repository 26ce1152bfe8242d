import { keyOf, Problem } from '@dure/contracts'
import { identityOf, signalOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DraftService } from './service.ts'
import { GeneratedWorkflow, GenerateWorkflow, viewDrafted } from './view.ts'

/** Under `/v1`. Nothing is stored: whoever likes the draft sends it to `POST /v1/workflows`. */
export const draftRoutes: FastifyPluginAsyncTypebox<{ readonly drafts: DraftService }> = async (
  app,
  { drafts },
) => {
  app.post(
    '/ai/workflows::generate',
    {
      config: { scope: 'models:use' },
      schema: {
        operationId: 'generateWorkflow',
        summary: 'Draft a workflow from a description in Korean or English',
        description:
          'The draft is valid, and is stored nowhere. Without a model, it is the nearest template.',
        tags: ['ai'],
        body: GenerateWorkflow,
        response: { 200: GeneratedWorkflow, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { tenant } = identity
      const asked = { tenant, keyId: keyOf(identity), signal: signalOf(request), ...request.body }
      return viewDrafted(await drafts.draft(asked))
    },
  )
}
