import { CostReport, Problem, ReportQuery, UsageReport } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ReportService } from './service.ts'

export interface ReportRoutesOptions {
  readonly reports: ReportService
}

const tags = ['analytics']

export const reportRoutes: FastifyPluginAsyncTypebox<ReportRoutesOptions> = async (
  app,
  { reports },
) => {
  app.get(
    '/usage',
    {
      config: { scope: 'analytics:read' },
      schema: {
        operationId: 'getUsage',
        summary: 'Count runs, model calls and tokens by day, workflow or model',
        description: 'Days are days in UTC. A range has 366 days at the most.',
        tags,
        querystring: ReportQuery,
        response: { 200: UsageReport, '4xx': Problem },
      },
    },
    async (request) => reports.usage(identityOf(request).tenant, request.query),
  )

  app.get(
    '/costs',
    {
      config: { scope: 'analytics:read' },
      schema: {
        operationId: 'getCosts',
        summary: 'Add up what models cost by day, workflow or model',
        description: 'Days are days in UTC. A range has 366 days at the most.',
        tags,
        querystring: ReportQuery,
        response: { 200: CostReport, '4xx': Problem },
      },
    },
    async (request) => reports.costs(identityOf(request).tenant, request.query),
  )
}
