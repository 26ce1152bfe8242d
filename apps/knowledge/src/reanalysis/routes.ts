import { KnowledgeBaseId, Problem } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { type Reanalysis, STATUSES } from './reanalysis.ts'
import type { ReanalysisService } from './service.ts'

const ReanalysisView = Type.Object(
  {
    knowledgeBaseId: KnowledgeBaseId,
    analyzerVersion: Type.String({
      description: 'Of the rules, and of the words of the project, that terms are made by',
    }),
    status: Type.Enum(STATUSES),
    progress: Type.Object(
      { done: Type.Integer(), total: Type.Integer() },
      { description: 'Passages; more may have come since it began' },
    ),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        { description: 'Why it failed; the knowledge base is searched as before' },
      ),
    ),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Reanalysis' },
)

const params = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const tags = ['knowledge']
const path = '/knowledge-bases/:knowledgeBaseId/reanalysis'

export interface ReanalysisRoutesOptions {
  readonly reanalysis: ReanalysisService
}

export const reanalysisRoutes: FastifyPluginAsyncTypebox<ReanalysisRoutesOptions> = async (
  app,
  { reanalysis },
) => {
  app.post(
    path,
    {
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      schema: {
        operationId: 'reanalyzeKnowledgeBase',
        summary: 'Analyse the passages of a knowledge base anew, by the words of its project',
        description:
          'This begins by itself when the words change: it is for what was cancelled or has failed. In the background, beside the terms by which it is searched. When all are there, searches find by the new ones alone, from one moment to the next.',
        tags,
        params,
        response: { 202: ReanalysisView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const begun = await reanalysis.begin({
        tenant: identityOf(request).tenant,
        ...request.params,
      })
      return reply
        .code(202)
        .header('location', `/v1/knowledge-bases/${begun.knowledgeBaseId}/reanalysis`)
        .send(view(begun))
    },
  )

  app.get(
    path,
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'getReanalysis',
        summary: 'Get how far the last analysis of a knowledge base anew is, or how it ended',
        tags,
        params,
        response: { 200: ReanalysisView, '4xx': Problem },
      },
    },
    async (request) =>
      view(await reanalysis.get({ tenant: identityOf(request).tenant, ...request.params })),
  )

  app.delete(
    path,
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'cancelReanalysis',
        summary: 'Stop analysing a knowledge base anew, which stays as it is',
        tags,
        params,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await reanalysis.cancel({ tenant: identityOf(request).tenant, ...request.params })
      return reply.code(204).send(null)
    },
  )
}

function view({
  doneCount,
  totalCount,
  error,
  createdAt,
  updatedAt,
  ...rest
}: Reanalysis): Static<typeof ReanalysisView> {
  return {
    ...rest,
    progress: { done: doneCount, total: Math.max(totalCount, doneCount) },
    ...(error && { error }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
