import { KnowledgeBaseId, Page, PageQuery, Problem } from '@dure/contracts'
import { allowsTag, answerLostUpdates, contentTag, IfMatch, identityOf } from '@dure/platform'
import { DEFAULT_VECTOR_WEIGHT } from '@dure/retrieval'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { Chunking } from '../ingestion/chunking.ts'
import { Label } from '../label.ts'
import type { KnowledgeBase } from './knowledge-base.ts'
import type { KnowledgeBaseService } from './service.ts'

const SETTINGS = {
  vectorWeight: Type.Number({
    minimum: 0,
    maximum: 1,
    description: `What vectors count for in a search by both; words count for the rest. Absent: ${DEFAULT_VECTOR_WEIGHT}`,
  }),
  fusion: Type.Enum(['weighted', 'rrf'], {
    description: 'How a search by both makes one list of two. Absent: `weighted`',
  }),
  minScore: Type.Number({
    minimum: 0,
    examples: [0.4],
    description:
      'What is less good is never found: the least cosine with the question, or, in a search by `keyword`, the least BM25 score. A search may ask for more. Absent: 0',
  }),
  rerank: Type.Boolean({
    description:
      'Whether a reranker has the last word, where one is configured, in searches that do not say. Absent: true',
  }),
  chunking: Type.Union([Chunking, Type.Null()], {
    description:
      'Looks for small passages, and gives the larger ones around them. Absent or null: what is found is given. After a change, documents are made anew in the background; until each is ready, it is found as it was',
  }),
}

const Name = Label({ maxLength: 200, examples: ['고객 지원'] })

const CreateKnowledgeBase = Type.Object(
  {
    name: Name,
    embeddingModel: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()], {
        description:
          'Makes the vectors that it is searched by, besides words. Absent: the model of this installation, if it has one. null: none',
      }),
    ),
    ...Type.Partial(Type.Object(SETTINGS)).properties,
  },
  { additionalProperties: false, $id: 'CreateKnowledgeBase' },
)

const UpdateKnowledgeBase = Type.Partial(
  Type.Object({
    name: Name,
    ...SETTINGS,
    embeddingModel: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()], {
      description:
        'Only the one that it has: another one needs vectors of all passages, which `POST …/reindex` makes',
    }),
  }),
  { additionalProperties: false, minProperties: 1, $id: 'UpdateKnowledgeBase' },
)

export const KnowledgeBaseView = Type.Object(
  {
    id: KnowledgeBaseId,
    name: Type.String(),
    embeddingModel: Type.Union([Type.String(), Type.Null()], {
      description: 'null: it is searched by words alone',
    }),
    vectorWeight: Type.Number({ description: 'What its vectors count for in a search by both' }),
    fusion: Type.Enum(['weighted', 'rrf']),
    minScore: Type.Number(),
    rerank: Type.Boolean(),
    chunking: Type.Union([Chunking, Type.Null()]),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'KnowledgeBase' },
)

const KnowledgeBasePage = Page(KnowledgeBaseView, 'KnowledgeBasePage')

const params = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const tags = ['knowledge']

export interface KnowledgeBaseRoutesOptions {
  readonly bases: KnowledgeBaseService
}

export const knowledgeBaseRoutes: FastifyPluginAsyncTypebox<KnowledgeBaseRoutesOptions> = async (
  app,
  { bases },
) => {
  answerLostUpdates(app)

  app.post(
    '/knowledge-bases',
    {
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      schema: {
        operationId: 'createKnowledgeBase',
        summary: 'Create a knowledge base',
        tags,
        body: CreateKnowledgeBase,
        response: { 201: KnowledgeBaseView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const base = await bases.create(identityOf(request).tenant, request.body)
      return reply
        .code(201)
        .header('location', `/v1/knowledge-bases/${base.id}`)
        .header('etag', tagOf(base))
        .send(view(base))
    },
  )

  app.get(
    '/knowledge-bases',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'listKnowledgeBases',
        summary: 'List knowledge bases, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: KnowledgeBasePage, '4xx': Problem },
      },
    },
    async (request) => {
      const { data, nextCursor } = await bases.list(identityOf(request).tenant, request.query)
      return { data: data.map(view), nextCursor }
    },
  )

  app.get(
    '/knowledge-bases/:knowledgeBaseId',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'getKnowledgeBase',
        summary: 'Get a knowledge base',
        tags,
        params,
        response: { 200: KnowledgeBaseView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const base = await bases.get(identityOf(request).tenant, request.params.knowledgeBaseId)
      return reply.header('etag', tagOf(base)).send(view(base))
    },
  )

  app.patch(
    '/knowledge-bases/:knowledgeBaseId',
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'updateKnowledgeBase',
        summary: 'Change the name of a knowledge base, or how it is searched',
        tags,
        params,
        headers: IfMatch,
        body: UpdateKnowledgeBase,
        response: { 200: KnowledgeBaseView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const isExpected = (base: KnowledgeBase) => allowsTag(request.headers, tagOf(base))
      const change = { ...request.body, isExpected }
      const base = await bases.update(tenant, request.params.knowledgeBaseId, change)
      return reply.header('etag', tagOf(base)).send(view(base))
    },
  )

  app.delete(
    '/knowledge-bases/:knowledgeBaseId',
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'deleteKnowledgeBase',
        summary: 'Delete a knowledge base with all its documents',
        tags,
        params,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const isExpected = (base: KnowledgeBase) => allowsTag(request.headers, tagOf(base))
      await bases.remove(tenant, request.params.knowledgeBaseId, isExpected)
      return reply.code(204).send(null)
    },
  )
}

export function tagOf(base: KnowledgeBase): string {
  return contentTag(view(base))
}

export function view(base: KnowledgeBase): Static<typeof KnowledgeBaseView> {
  const { embeddingModel = null, chunking = null, createdAt, ...rest } = base
  return { ...rest, embeddingModel, chunking, createdAt: createdAt.toISOString() }
}
