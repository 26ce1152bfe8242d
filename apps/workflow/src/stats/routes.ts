import { Problem, WorkflowId } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { rangeOf } from './range.ts'
import type { StatsStore } from './store.ts'
import { viewStats, WorkflowStatsView } from './view.ts'

export interface StatsRoutesOptions {
  readonly stats: StatsStore
  /** Epoch milliseconds. */
  readonly nowMs: () => number
}

const Moment = (description: string) =>
  Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description }))

/** To be registered without a prefix. */
export const statsRoutes: FastifyPluginAsyncTypebox<StatsRoutesOptions> = async (
  app,
  { stats, nowMs },
) => {
  app.get(
    '/v1/workflows/:workflowId/stats',
    {
      config: { scope: 'workflows:read' },
      schema: {
        operationId: 'getWorkflowStats',
        summary: 'How the runs of a workflow went: counts, durations, costs and failures',
        tags: ['workflows'],
        params: Type.Object({ workflowId: WorkflowId }),
        querystring: Type.Object({
          from: Moment('Absent: 30 days before `to`; at most 90 days before it'),
          to: Moment('Not part of it; absent: now'),
        }),
        response: { 200: WorkflowStatsView, '4xx': Problem },
      },
    },
    async (request) => {
      const range = rangeOf(request.query, nowMs())
      const { tenant } = identityOf(request)
      const found = await stats.read(tenant, request.params.workflowId, range)
      if (!found) throw new NotFoundError('workflow.not-found', 'There is no such workflow')
      return viewStats(range, found)
    },
  )
}
