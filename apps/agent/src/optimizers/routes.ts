import { Page, PageQuery, Problem, PromptOptimizationId } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { AgentView, viewAgent } from '../agents/view.ts'
import type { OptimizationService } from './service.ts'
import {
  ApplyOptimization,
  OptimizationSummary,
  OptimizationView,
  OptimizePrompt,
  viewOptimization,
  viewSummary,
} from './view.ts'

const OfOptimization = Type.Object({ optimizationId: PromptOptimizationId })
const tags = ['ai']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

/** Under `/v1`. */
export const optimizationRoutes: FastifyPluginAsyncTypebox<{
  readonly optimizations: OptimizationService
}> = async (app, { optimizations }) => {
  const keyOf = (
    request: Parameters<typeof identityOf>[0] & {
      readonly params: { readonly optimizationId: PromptOptimizationId }
    },
  ) => ({ tenant: identityOf(request).tenant, id: request.params.optimizationId })

  app.post(
    '/ai/prompts::optimize',
    {
      config: act,
      schema: {
        operationId: 'optimizePrompt',
        summary: 'Look for better instructions of an agent, by the cases of a dataset',
        description:
          'Candidates are made from some cases, chosen on others, and the best is confirmed on cases that neither has met. It goes on in the background. Nothing is published.',
        tags,
        body: OptimizePrompt,
        response: { 202: OptimizationSummary, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request, reply) => {
      const { agentId, version, datasetId, evaluatorIds, ...more } = request.body
      const { maxRunCostMicroUsd = null, model = null, ...settings } = more
      const wanted = { agentId, version, datasetId, evaluatorIds, maxRunCostMicroUsd }
      const identity = identityOf(request)
      const begun = await optimizations.create(identity, {
        ...wanted,
        settings: { ...settings, model },
      })
      return reply
        .code(202)
        .header('location', `/v1/ai/prompt-optimizations/${begun.id}`)
        .send(viewSummary(begun))
    },
  )

  app.get(
    '/ai/prompt-optimizations',
    {
      config: read,
      schema: {
        operationId: 'listPromptOptimizations',
        summary: 'List the searches for better instructions, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(OptimizationSummary, 'PromptOptimizationPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'opt') }
      const found = await optimizations.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewSummary), nextCursor }
    },
  )

  app.get(
    '/ai/prompt-optimizations/:optimizationId',
    {
      config: read,
      schema: {
        operationId: 'getPromptOptimization',
        summary:
          'Get a search for better instructions: its candidates, their scores, and what came of it',
        tags,
        params: OfOptimization,
        response: { 200: OptimizationView, '4xx': Problem },
      },
    },
    async (request) => viewOptimization(await optimizations.get(keyOf(request))),
  )

  app.post(
    '/ai/prompt-optimizations/:optimizationId/cancel',
    {
      config: act,
      schema: {
        operationId: 'cancelPromptOptimization',
        summary: 'Cancel a search for better instructions, and the runs of it that are under way',
        tags,
        params: OfOptimization,
        response: { 200: OptimizationSummary, '4xx': Problem },
      },
    },
    async (request) => viewSummary(await optimizations.cancel(keyOf(request))),
  )

  app.post(
    '/ai/prompt-optimizations/:optimizationId/apply',
    {
      config: act,
      schema: {
        operationId: 'applyPromptOptimization',
        summary: 'Put the better instructions into the draft of the agent',
        description: 'Nothing is published: that goes by its own route, through the gate.',
        tags,
        params: OfOptimization,
        body: ApplyOptimization,
        response: { 200: AgentView, '4xx': Problem },
      },
    },
    async (request) => viewAgent(await optimizations.apply(keyOf(request), request.body)),
  )

  app.delete(
    '/ai/prompt-optimizations/:optimizationId',
    {
      config: write,
      schema: {
        operationId: 'deletePromptOptimization',
        summary: 'Delete a search that is over, with its experiments; versions of the agent stay',
        tags,
        params: OfOptimization,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await optimizations.remove(keyOf(request))
      return reply.code(204).send(null)
    },
  )
}
