import { DatasetId, Page, PageQuery, Problem } from '@dure/contracts'
import {
  acceptJsonLines,
  allowsTag,
  answerLostUpdates,
  decodeCursor,
  encodeCursor,
  etagOf,
  IfMatch,
  identityOf,
  invalidCursor,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { CaseBody, CaseId, type DatasetCase, MAX_ADDED } from './dataset.ts'
import type { DatasetService } from './service.ts'
import { AddCases, CasesAdded, CaseView, viewCase, viewDataset } from './view.ts'

const OfDataset = Type.Object({ datasetId: DatasetId })
const OfCase = Type.Object({ datasetId: DatasetId, caseId: CaseId })
const tags = ['datasets']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const
const MAX_BODY_BYTES = 8 * 1024 * 1024

/** Under `/v2`. */
export const caseRoutes: FastifyPluginAsyncTypebox<{ readonly datasets: DatasetService }> = async (
  app,
  { datasets },
) => {
  answerLostUpdates(app)
  acceptJsonLines(app, { maxLines: MAX_ADDED })

  app.post(
    '/datasets/:datasetId/cases',
    {
      bodyLimit: MAX_BODY_BYTES,
      config: { ...write, idempotency: 'transaction' },
      schema: {
        operationId: 'addDatasetCases',
        summary: 'Add cases to a dataset: all of them, or none',
        tags,
        params: OfDataset,
        consumes: ['application/json', 'application/x-ndjson'],
        body: AddCases,
        response: { 201: CasesAdded, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { datasetId } = request.params
      const key = { tenant: identityOf(request).tenant, datasetId }
      const { dataset, ids } = await datasets.addCases(key, request.body)
      return reply
        .code(201)
        .header('location', `/v2/datasets/${datasetId}/cases`)
        .send({ ids: [...ids], dataset: viewDataset(dataset) })
    },
  )

  app.get(
    '/datasets/:datasetId/cases',
    {
      config: read,
      schema: {
        operationId: 'listDatasetCases',
        summary: 'List the cases of a dataset, in the order in which they were added',
        tags,
        params: OfDataset,
        querystring: PageQuery,
        response: { 200: Page(CaseView, 'DatasetCasePage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const key = { tenant: identityOf(request).tenant, datasetId: request.params.datasetId }
      const found = await datasets.cases(key, { from: ordinalOf(cursor), limit: limit + 1 })
      const next = found[limit]
      return {
        data: found.slice(0, limit).map(viewCase),
        nextCursor: next ? encodeCursor([String(next.ordinal)]) : null,
      }
    },
  )

  app.get(
    '/datasets/:datasetId/cases/:caseId',
    {
      config: read,
      schema: {
        operationId: 'getDatasetCase',
        summary: 'Get a case of a dataset',
        tags,
        params: OfCase,
        response: { 200: CaseView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { datasetId, caseId } = request.params
      const key = { tenant: identityOf(request).tenant, datasetId }
      const found = await datasets.getCase(key, caseId)
      return reply.header('etag', tagOf(found)).send(viewCase(found))
    },
  )

  app.put(
    '/datasets/:datasetId/cases/:caseId',
    {
      config: write,
      schema: {
        operationId: 'replaceDatasetCase',
        summary: 'Replace a case of a dataset; experiments that ran on it keep the one that it was',
        tags,
        params: OfCase,
        headers: IfMatch,
        body: CaseBody,
        response: { 200: CaseView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { datasetId, caseId: id } = request.params
      const key = { tenant: identityOf(request).tenant, datasetId }
      const isExpected = (before: DatasetCase) => allowsTag(request.headers, tagOf(before))
      const replaced = await datasets.replaceCase(key, { id, isExpected }, request.body)
      return reply.header('etag', tagOf(replaced)).send(viewCase(replaced))
    },
  )

  app.delete(
    '/datasets/:datasetId/cases/:caseId',
    {
      config: write,
      schema: {
        operationId: 'deleteDatasetCase',
        summary: 'Take a case out of a dataset',
        tags,
        params: OfCase,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { datasetId, caseId: id } = request.params
      const key = { tenant: identityOf(request).tenant, datasetId }
      const isExpected = (before: DatasetCase) => allowsTag(request.headers, tagOf(before))
      await datasets.removeCase(key, { id, isExpected })
      return reply.code(204).send(null)
    },
  )
}

function tagOf({ since }: DatasetCase): string {
  return etagOf({ revision: since })
}

/** Where a page of a list in its own order begins. */
function ordinalOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [ordinal = '', ...more] = decodeCursor(cursor)
  if (!/^\d{1,9}$/.test(ordinal) || more.length > 0) throw invalidCursor()
  return Number(ordinal)
}
