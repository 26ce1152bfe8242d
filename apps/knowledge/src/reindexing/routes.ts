import { KnowledgeBaseId, Problem } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { type Reindexing, STATUSES } from './reindexing.ts'
import type { ReindexingService } from './service.ts'

const ReindexKnowledgeBase = Type.Object(
  {
    embeddingModel: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Makes the new vectors. Absent: the model of this installation',
      }),
    ),
  },
  { additionalProperties: false, $id: 'ReindexKnowledgeBase', examples: [{}] },
)

const ReindexingView = Type.Object(
  {
    knowledgeBaseId: KnowledgeBaseId,
    embeddingModel: Type.String(),
    status: Type.Enum(STATUSES),
    progress: Type.Object(
      { done: Type.Integer(), total: Type.Integer() },
      { description: 'Passages; more may have come since it began' },
    ),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        {
          description:
            'Why it failed, or what it waits for until `nextAt`; the knowledge base is searched as before',
        },
      ),
    ),
    nextAt: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          'When it goes on where it was, as the provider was down or a budget used up; another POST does so at once',
      }),
    ),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Reindexing' },
)

const params = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const tags = ['knowledge']
const path = '/knowledge-bases/:knowledgeBaseId/reindex'

export interface ReindexingRoutesOptions {
  readonly reindexing: ReindexingService
}

export const reindexingRoutes: FastifyPluginAsyncTypebox<ReindexingRoutesOptions> = async (
  app,
  { reindexing },
) => {
  app.post(
    path,
    {
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      schema: {
        operationId: 'reindexKnowledgeBase',
        summary: 'Make the vectors of a knowledge base anew, by another model',
        description:
          'In the background, beside those by which it is searched. When all are there, searches find by the new ones alone, from one moment to the next; documents that come meanwhile have both. While the provider is down or a budget is used up, it waits, and then goes on where it was. When it fails or is cancelled, nothing changes.',
        tags,
        params,
        body: ReindexKnowledgeBase,
        response: { 202: ReindexingView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { embeddingModel } = request.body
      const begun = await reindexing.begin(
        { tenant: identityOf(request).tenant, ...request.params },
        embeddingModel,
      )
      return reply
        .code(202)
        .header('location', `/v1/knowledge-bases/${begun.knowledgeBaseId}/reindex`)
        .send(view(begun))
    },
  )

  app.get(
    path,
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'getReindexing',
        summary: 'Get how far the last re-indexing of a knowledge base is, or how it ended',
        tags,
        params,
        response: { 200: ReindexingView, '4xx': Problem },
      },
    },
    async (request) =>
      view(await reindexing.get({ tenant: identityOf(request).tenant, ...request.params })),
  )

  app.delete(
    path,
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'cancelReindexing',
        summary: 'Stop re-indexing a knowledge base, which stays as it is',
        tags,
        params,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await reindexing.cancel({ tenant: identityOf(request).tenant, ...request.params })
      return reply.code(204).send(null)
    },
  )
}

function view({
  doneCount,
  totalCount,
  error,
  nextAt,
  createdAt,
  updatedAt,
  ...rest
}: Reindexing): Static<typeof ReindexingView> {
  return {
    ...rest,
    progress: { done: doneCount, total: Math.max(totalCount, doneCount) },
    ...(error && { error }),
    ...(nextAt && { nextAt: nextAt.toISOString() }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
