import { Page, PageQuery, Problem, WorkflowId } from '@dure/contracts'
import {
  answerLostUpdates,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { MAX_NAME, type WorkflowService } from './service.ts'
import {
  GraphView,
  Validation,
  viewSummary,
  viewValidation,
  viewWorkflow,
  WorkflowSummary,
  WorkflowView,
} from './view.ts'

export const SaveWorkflow = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: MAX_NAME }),
    description: Type.String({ maxLength: 2000, default: '' }),
    graph: GraphView,
  },
  { additionalProperties: false, $id: 'SaveWorkflow' },
)

const PatchWorkflow = Type.Object(
  {
    name: Type.Optional(SaveWorkflow.properties.name),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    graph: Type.Optional(GraphView),
  },
  { additionalProperties: false, minProperties: 1, $id: 'PatchWorkflow' },
)

const OfWorkflow = Type.Object({ workflowId: WorkflowId })
const tags = ['workflows']
const read = { scope: 'workflows:read' } as const
const write = { scope: 'workflows:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

export interface WorkflowRoutesOptions {
  readonly workflows: WorkflowService
}

export const workflowRoutes: FastifyPluginAsyncTypebox<WorkflowRoutesOptions> = async (
  app,
  { workflows },
) => {
  answerLostUpdates(app)

  app.post(
    '/workflows',
    {
      config: act,
      schema: {
        operationId: 'createWorkflow',
        summary: 'Create a workflow; a graph with problems is refused with all of them',
        tags,
        body: SaveWorkflow,
        response: { 201: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { graph: draft, ...rest } = request.body
      const created = await workflows.create(identityOf(request).tenant, { ...rest, draft })
      return reply
        .code(201)
        .header('location', `/v1/workflows/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewWorkflow(created))
    },
  )

  app.get(
    '/workflows',
    {
      config: read,
      schema: {
        operationId: 'listWorkflows',
        summary: 'List workflows, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(WorkflowSummary, 'WorkflowPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'wf') }
      const found = await workflows.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewSummary), nextCursor }
    },
  )

  app.post(
    '/workflows/validate',
    {
      config: read,
      schema: {
        operationId: 'validateGraph',
        summary: 'Everything that is wrong with a graph, without storing it',
        tags,
        body: Type.Object(
          { graph: GraphView },
          { additionalProperties: false, $id: 'ValidateGraph' },
        ),
        response: { 200: Validation, '4xx': Problem },
      },
    },
    async ({ body }) => viewValidation(workflows.validate(body.graph)),
  )

  app.get(
    '/workflows/:workflowId',
    {
      config: read,
      schema: {
        operationId: 'getWorkflow',
        summary: 'Get a workflow with its draft',
        tags,
        params: OfWorkflow,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const found = await workflows.get(identityOf(request).tenant, request.params.workflowId)
      return reply.header('etag', etagOf(found)).send(viewWorkflow(found))
    },
  )

  app.put(
    '/workflows/:workflowId',
    {
      config: write,
      schema: {
        operationId: 'updateWorkflow',
        summary: 'Replace the draft; versions and runs stay as they are',
        tags,
        params: OfWorkflow,
        headers: IfMatch,
        body: SaveWorkflow,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { graph: draft, ...rest } = request.body
      const changed = await workflows.update(
        identityOf(request).tenant,
        request.params.workflowId,
        { draft: { ...rest, draft }, expected: expectedRevisions(request.headers) },
      )
      return reply.header('etag', etagOf(changed)).send(viewWorkflow(changed))
    },
  )

  app.patch(
    '/workflows/:workflowId',
    {
      config: write,
      schema: {
        operationId: 'patchWorkflow',
        summary: 'Change some fields of the draft; what is not sent stays as it is',
        tags,
        params: OfWorkflow,
        headers: IfMatch,
        body: PatchWorkflow,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { graph, ...rest } = request.body
      const changed = await workflows.update(
        identityOf(request).tenant,
        request.params.workflowId,
        {
          draft: { ...rest, ...(graph && { draft: graph }) },
          expected: expectedRevisions(request.headers),
        },
      )
      return reply.header('etag', etagOf(changed)).send(viewWorkflow(changed))
    },
  )

  app.delete(
    '/workflows/:workflowId',
    {
      config: write,
      schema: {
        operationId: 'deleteWorkflow',
        summary: 'Delete a workflow: no new runs; runs and versions can still be read',
        tags,
        params: OfWorkflow,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { workflowId } = request.params
      const expected = expectedRevisions(request.headers)
      await workflows.remove(identityOf(request).tenant, workflowId, expected)
      return reply.code(204).send(null)
    },
  )
}
