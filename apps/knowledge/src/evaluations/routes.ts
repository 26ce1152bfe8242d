import { EvaluationId, Filter, KnowledgeBaseId, Page, PageQuery, Problem } from '@dure/contracts'
import { allowsTag, answerLostUpdates, IfMatch, identityOf } from '@dure/platform'
import { type FittedWeight, SEARCH_MODES } from '@dure/retrieval'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { KnowledgeBase } from '../knowledge-bases/knowledge-base.ts'
import { KnowledgeBaseView, tagOf, view as viewOfBase } from '../knowledge-bases/routes.ts'
import { Label as OneLine } from '../label.ts'
import { type Evaluation, Label, LabelledQuery, MAX_QUERIES, STATUSES } from './evaluation.ts'
import type { EvaluationService } from './service.ts'
import type { EvaluatedQuery } from './store.ts'

const CreateEvaluation = Type.Object(
  {
    name: OneLine({ maxLength: 200, default: 'Evaluation', examples: ['고객 질문 50개'] }),
    queries: Type.Array(LabelledQuery, { minItems: 1, maxItems: MAX_QUERIES }),
    filter: Type.Optional(Filter),
  },
  { additionalProperties: false, $id: 'CreateEvaluation' },
)

const METRICS = {
  ndcg10: Type.Number({ description: 'nDCG@10' }),
  recall10: Type.Number(),
  recall100: Type.Number(),
  mrr10: Type.Number({ description: 'MRR@10' }),
}
const Metrics = Type.Object(METRICS)
const Mode = Type.Enum([...SEARCH_MODES])
const INTERVAL = {
  low: Type.Number({ description: 'Lower bound of nDCG@10 or of the gain, 95 % (bootstrap)' }),
  high: Type.Number(),
}

const EvaluationView = Type.Object(
  {
    id: EvaluationId,
    knowledgeBaseId: KnowledgeBaseId,
    name: Type.String(),
    status: Type.Enum(STATUSES),
    progress: Type.Object({ done: Type.Integer(), total: Type.Integer() }),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        { description: 'Why it failed' },
      ),
    ),
    modes: Type.Array(Mode, { description: 'Those that the knowledge base can do' }),
    filter: Type.Optional(Filter),
    scores: Type.Array(Type.Object({ mode: Mode, ...METRICS, ...INTERVAL }), {
      description: 'Of all queries, per mode, as searches find now; empty until it is done',
    }),
    fitted: Type.Optional(
      Type.Object(
        {
          vectorWeight: Type.Number(),
          gain: Type.Number({
            description:
              'What fitting adds to nDCG@10 of queries that it was not fitted to, on the mean (cross-validation)',
          }),
          ...INTERVAL,
        },
        { description: 'From 50 queries on, where there are vectors. Nothing is changed unasked' },
      ),
    ),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Evaluation' },
)

const EvaluatedQueryView = Type.Object(
  {
    query: Type.String(),
    relevant: Type.Array(Label),
    scores: Type.Object(
      {
        keyword: Type.Optional(Metrics),
        vector: Type.Optional(Metrics),
        hybrid: Type.Optional(Metrics),
      },
      { description: 'Empty: still to be asked' },
    ),
  },
  { $id: 'EvaluatedQuery' },
)

const EvaluationPage = Page(EvaluationView, 'EvaluationPage')
const EvaluatedQueryPage = Page(EvaluatedQueryView, 'EvaluatedQueryPage')

const shelf = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const key = Type.Object({ knowledgeBaseId: KnowledgeBaseId, evaluationId: EvaluationId })
const tags = ['knowledge']
const MAX_BODY_BYTES = 4 * 1024 * 1024

export interface EvaluationRoutesOptions {
  readonly evaluations: EvaluationService
}

export const evaluationRoutes: FastifyPluginAsyncTypebox<EvaluationRoutesOptions> = async (
  app,
  { evaluations },
) => {
  answerLostUpdates(app)
  const evaluationPath = '/knowledge-bases/:knowledgeBaseId/evaluations/:evaluationId'

  app.post(
    '/knowledge-bases/:knowledgeBaseId/evaluations',
    {
      bodyLimit: MAX_BODY_BYTES,
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      schema: {
        operationId: 'createEvaluation',
        summary: 'Measure how well a knowledge base finds what answers your questions',
        description:
          'Asks each question in the background, as searches ask it, without the reranker, in each mode that the knowledge base can do; one evaluation at a time. Documents that not everybody may see are left out. A label is found by the first passage that has it; further passages of the same document count neither for nor against.',
        tags,
        params: shelf,
        body: CreateEvaluation,
        response: { 202: EvaluationView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const { knowledgeBaseId } = request.params
      const evaluation = await evaluations.create({ tenant, knowledgeBaseId }, request.body)
      return reply
        .code(202)
        .header('location', `/v1/knowledge-bases/${knowledgeBaseId}/evaluations/${evaluation.id}`)
        .send(view(evaluation))
    },
  )

  app.get(
    '/knowledge-bases/:knowledgeBaseId/evaluations',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'listEvaluations',
        summary: 'List the evaluations of a knowledge base, newest first',
        tags,
        params: shelf,
        querystring: PageQuery,
        response: { 200: EvaluationPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const of = { tenant, ...request.params }
      const { data, nextCursor } = await evaluations.list(of, request.query)
      return { data: data.map(view), nextCursor }
    },
  )

  app.get(
    evaluationPath,
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'getEvaluation',
        summary: 'Get an evaluation: how far it is, then its scores',
        tags,
        params: key,
        response: { 200: EvaluationView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      return view(await evaluations.get({ tenant, ...request.params }))
    },
  )

  app.get(
    `${evaluationPath}/results`,
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'listEvaluationResults',
        summary: 'List what each question of an evaluation gave, in their order',
        tags,
        params: key,
        querystring: PageQuery,
        response: { 200: EvaluatedQueryPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const of = { tenant, ...request.params }
      const { data, nextCursor } = await evaluations.results(of, request.query)
      return { data: data.map(viewQuery), nextCursor }
    },
  )

  app.post(
    `${evaluationPath}/apply`,
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'applyEvaluation',
        summary: 'Give the knowledge base the weight that was fitted',
        description: '`If-Match` is about the knowledge base, which is answered.',
        tags,
        params: key,
        headers: IfMatch,
        response: { 200: KnowledgeBaseView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const isExpected = (base: KnowledgeBase) => allowsTag(request.headers, tagOf(base))
      const base = await evaluations.apply({ tenant, ...request.params }, isExpected)
      return reply.header('etag', tagOf(base)).send(viewOfBase(base))
    },
  )

  app.delete(
    evaluationPath,
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'deleteEvaluation',
        summary: 'Delete an evaluation, also one that is under way',
        tags,
        params: key,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      await evaluations.remove({ tenant, ...request.params })
      return reply.code(204).send(null)
    },
  )
}

function view({
  outcome,
  doneCount,
  queryCount,
  error,
  ...evaluation
}: Evaluation): Static<typeof EvaluationView> {
  const { id, knowledgeBaseId, name, status, modes, filter, createdAt, updatedAt } = evaluation
  return {
    ...{ id, knowledgeBaseId, name, status },
    progress: { done: doneCount, total: queryCount },
    ...(error && { error }),
    modes: [...modes],
    ...(filter && { filter }),
    scores: [...(outcome?.scores ?? [])],
    ...(outcome?.fitted && { fitted: viewFitted(outcome.fitted) }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

function viewFitted({ weight: vectorWeight, gain, low, high }: FittedWeight) {
  return { vectorWeight, gain, low, high }
}

function viewQuery({ query, relevant, result }: EvaluatedQuery) {
  return { query, relevant, scores: result?.scores ?? {} }
}
