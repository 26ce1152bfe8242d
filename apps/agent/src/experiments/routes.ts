import { AgentId, ExperimentId, Page, PageQuery, Problem } from '@dure/contracts'
import {
  decodeCursor,
  encodeCursor,
  identityOf,
  invalidCursor,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ExperimentService } from './service.ts'
import { CreateExperiment, ExperimentView, ResultView, viewExperiment, viewResult } from './view.ts'

const OfExperiment = Type.Object({ experimentId: ExperimentId })
const tags = ['experiments']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

/** Under `/v2`. */
export const experimentRoutes: FastifyPluginAsyncTypebox<{
  readonly experiments: ExperimentService
}> = async (app, { experiments }) => {
  app.post(
    '/experiments',
    {
      config: act,
      schema: {
        operationId: 'createExperiment',
        summary: 'Run versions of an agent on the cases of a dataset, and score their answers',
        description:
          'The runs are made in the background, on the dataset and by the evaluators as they are now. Of two versions it says at the end whether one is better.',
        tags,
        body: CreateExperiment,
        response: { 202: ExperimentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { name = 'Experiment', budgetMicroUsd = null, ...wanted } = request.body
      const all = { ...wanted, name, budgetMicroUsd }
      const experiment = await experiments.create(identityOf(request), all)
      return reply
        .code(202)
        .header('location', `/v2/experiments/${experiment.id}`)
        .send(viewExperiment(experiment))
    },
  )

  app.get(
    '/experiments',
    {
      config: read,
      schema: {
        operationId: 'listExperiments',
        summary: 'List the experiments of the project, newest first',
        tags,
        querystring: Type.Object({ ...PageQuery.properties, agentId: Type.Optional(AgentId) }),
        response: { 200: Page(ExperimentView, 'ExperimentPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, agentId } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'exp'), agentId }
      const found = await experiments.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewExperiment), nextCursor }
    },
  )

  app.get(
    '/experiments/:experimentId',
    {
      config: read,
      schema: {
        operationId: 'getExperiment',
        summary: 'Get an experiment: how far it is, then what came of it',
        tags,
        params: OfExperiment,
        response: { 200: ExperimentView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      return viewExperiment(await experiments.get({ tenant, ...request.params }))
    },
  )

  app.get(
    '/experiments/:experimentId/results',
    {
      config: read,
      schema: {
        operationId: 'listExperimentResults',
        summary: 'List the runs of an experiment, case by case, with their answers and scores',
        tags,
        params: OfExperiment,
        querystring: PageQuery,
        response: { 200: Page(ResultView, 'ExperimentResultPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const key = { tenant: identityOf(request).tenant, ...request.params }
      const found = await experiments.runs(key, { from: ordinalOf(cursor), limit: limit + 1 })
      const next = found[limit]
      return {
        data: found.slice(0, limit).map(viewResult),
        nextCursor: next ? encodeCursor([String(next.ordinal)]) : null,
      }
    },
  )

  app.post(
    '/experiments/:experimentId/cancel',
    {
      config: act,
      schema: {
        operationId: 'cancelExperiment',
        summary: 'Cancel an experiment, and the runs of it that are under way',
        tags,
        params: OfExperiment,
        response: { 200: ExperimentView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      return viewExperiment(await experiments.cancel({ tenant, ...request.params }))
    },
  )

  app.delete(
    '/experiments/:experimentId',
    {
      config: write,
      schema: {
        operationId: 'deleteExperiment',
        summary: 'Delete an experiment that is over, with its results',
        tags,
        params: OfExperiment,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      await experiments.remove({ tenant, ...request.params })
      return reply.code(204).send(null)
    },
  )
}

/** Where a page of a list in its own order begins. */
function ordinalOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [ordinal = '', ...more] = decodeCursor(cursor)
  if (!/^\d{1,9}$/.test(ordinal) || more.length > 0) throw invalidCursor()
  return Number(ordinal)
}
