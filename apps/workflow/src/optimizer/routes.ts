import { Problem, WorkflowId } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { VersionNumber } from '../workflows/version-number.ts'
import type { OptimizerService } from './service.ts'
import { OptimizationView, viewOptimization } from './view.ts'

export interface OptimizerRoutesOptions {
  readonly optimizer: OptimizerService
}

/** To be registered without a prefix. */
export const optimizerRoutes: FastifyPluginAsyncTypebox<OptimizerRoutesOptions> = async (
  app,
  { optimizer },
) => {
  app.post(
    '/v1/workflows/:workflowId/optimize',
    {
      config: { scope: 'workflows:read' },
      schema: {
        operationId: 'optimizeWorkflow',
        summary: 'Advice on a version by what was recorded of its runs; changes nothing',
        description:
          'Each change is tried out on the recorded runs before it is said: `expectedGain` is what they would have taken less. With `patch`, `draft` is the graph with all that is safe; it is valid, and gives the same output for every run in `check`.',
        tags: ['workflows'],
        params: Type.Object({ workflowId: WorkflowId }),
        body: Type.Object(
          {
            version: Type.Optional(
              VersionNumber({ description: 'Absent: the published one, else the newest' }),
            ),
            runs: Type.Integer({
              minimum: 1,
              maximum: 200,
              default: 50,
              description: 'How many of the last runs that have ended are looked at',
            }),
            patch: Type.Boolean({ default: false, description: 'Give the patched graph, too' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: OptimizationView, '4xx': Problem },
      },
    },
    async (request) => {
      const { version, runs, patch } = request.body
      const { workflowId } = request.params
      const { tenant } = identityOf(request)
      return viewOptimization(
        await optimizer.optimize({ tenant, workflowId, version, runs }),
        patch,
      )
    },
  )
}
