import { Problem, WorkflowId } from '@dure/contracts'
import { identityOf, signalOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { WorkflowAdvisor } from './service.ts'
import { AdvisedWorkflow, AdviseWorkflow, viewAdvised } from './view.ts'

/** Under `/v1`. Nothing is stored: whoever likes a graph sends it to `PUT /v1/workflows/{id}`. */
export const workflowAdviceRoutes: FastifyPluginAsyncTypebox<{
  readonly advisor: WorkflowAdvisor
}> = async (app, { advisor }) => {
  app.post(
    '/ai/workflows/:workflowId/optimize',
    {
      config: { scope: 'workflows:read' },
      schema: {
        operationId: 'adviseWorkflow',
        summary: 'Advice on a workflow: what recorded runs show, and what a model proposes',
        description:
          'Every proposal is a valid graph, with what it would save. With `models:use` a model is asked; without, and without a model, there is only what recorded runs show. Nothing is changed.',
        tags: ['ai'],
        params: Type.Object({ workflowId: WorkflowId }),
        body: AdviseWorkflow,
        response: { 200: AdvisedWorkflow, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request) => {
      const { version, ...rest } = request.body
      const asked = { identity: identityOf(request), signal: signalOf(request), ...rest, version }
      return viewAdvised(await advisor.advise({ ...asked, workflowId: request.params.workflowId }))
    },
  )
}
