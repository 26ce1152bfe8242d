import { DatasetId, Page, PageQuery, Problem } from '@dure/contracts'
import {
  allowsTag,
  answerLostUpdates,
  contentTag,
  IfMatch,
  identityOf,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Dataset } from './dataset.ts'
import type { DatasetService } from './service.ts'
import { CreateDataset, DatasetView, Name, UpdateDataset, viewDataset } from './view.ts'

const OfDataset = Type.Object({ datasetId: DatasetId })
const tags = ['datasets']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const

/** Under `/v2`. */
export const datasetRoutes: FastifyPluginAsyncTypebox<{
  readonly datasets: DatasetService
}> = async (app, { datasets }) => {
  answerLostUpdates(app)

  app.post(
    '/datasets',
    {
      config: { ...write, idempotency: 'transaction' },
      schema: {
        operationId: 'createDataset',
        summary: 'Begin a collection of cases that agents are tested with',
        tags,
        body: CreateDataset,
        response: { 201: DatasetView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { name, description = '' } = request.body
      const created = await datasets.create(identityOf(request), { name, description })
      return reply
        .code(201)
        .header('location', `/v2/datasets/${created.id}`)
        .header('etag', tagOf(created))
        .send(viewDataset(created))
    },
  )

  app.get(
    '/datasets',
    {
      config: read,
      schema: {
        operationId: 'listDatasets',
        summary: 'List the datasets of the project, newest first',
        tags,
        querystring: Type.Object({ ...PageQuery.properties, name: Type.Optional(Name) }),
        response: { 200: Page(DatasetView, 'DatasetPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, name } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'dst'), name }
      const { data, nextCursor } = pageOf(
        await datasets.page(identityOf(request).tenant, page),
        limit,
      )
      return { data: data.map(viewDataset), nextCursor }
    },
  )

  app.get(
    '/datasets/:datasetId',
    {
      config: read,
      schema: {
        operationId: 'getDataset',
        summary: 'Get a dataset; its cases are a list of their own',
        tags,
        params: OfDataset,
        response: { 200: DatasetView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const dataset = await datasets.get(keyOf(request))
      return reply.header('etag', tagOf(dataset)).send(viewDataset(dataset))
    },
  )

  app.patch(
    '/datasets/:datasetId',
    {
      config: write,
      schema: {
        operationId: 'updateDataset',
        summary: 'Change the name or the description of a dataset',
        tags,
        params: OfDataset,
        headers: IfMatch,
        body: UpdateDataset,
        response: { 200: DatasetView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const isExpected = (dataset: Dataset) => allowsTag(request.headers, tagOf(dataset))
      const updated = await datasets.update(keyOf(request), request.body, isExpected)
      return reply.header('etag', tagOf(updated)).send(viewDataset(updated))
    },
  )

  app.delete(
    '/datasets/:datasetId',
    {
      config: write,
      schema: {
        operationId: 'deleteDataset',
        summary: 'Delete a dataset; experiments that ran on it keep their results',
        tags,
        params: OfDataset,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const isExpected = (dataset: Dataset) => allowsTag(request.headers, tagOf(dataset))
      await datasets.remove(keyOf(request), isExpected)
      return reply.code(204).send(null)
    },
  )
}

function tagOf(dataset: Dataset): string {
  return contentTag(viewDataset(dataset))
}

function keyOf(request: Parameters<typeof identityOf>[0] & { params: { datasetId: DatasetId } }) {
  return { tenant: identityOf(request).tenant, datasetId: request.params.datasetId }
}
