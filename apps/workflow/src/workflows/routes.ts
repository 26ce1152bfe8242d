import { Page, PageQuery, Problem, WorkflowId } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { Graph } from './graph.ts'
import type { WorkflowService } from './service.ts'
import type { StoredWorkflow } from './store.ts'

const SaveWorkflow = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    description: Type.String({ maxLength: 2000, default: '' }),
    graph: Graph,
  },
  { additionalProperties: false, $id: 'SaveWorkflow' },
)

export const WorkflowView = Type.Object(
  {
    id: WorkflowId,
    name: Type.String(),
    description: Type.String(),
    graph: Graph,
    latestVersion: Type.Integer({ description: '0 when there is no version yet' }),
    publishedVersion: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The version that new runs take',
    }),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Workflow' },
)
const { graph: _graph, ...summaryFields } = WorkflowView.properties
const WorkflowSummary = Type.Object(summaryFields, { $id: 'WorkflowSummary' })

const Validation = Type.Object(
  {
    valid: Type.Boolean(),
    problems: Type.Array(
      Type.Object({
        pointer: Type.String(),
        message: Type.String(),
        code: Type.Optional(Type.String()),
      }),
    ),
  },
  { $id: 'GraphValidation' },
)

const OfWorkflow = Type.Object({ workflowId: WorkflowId })
const tags = ['workflows']
const read = { scope: 'workflows:read' } as const
const write = { scope: 'workflows:write' } as const

export interface WorkflowRoutesOptions {
  readonly workflows: WorkflowService
}

export const workflowRoutes: FastifyPluginAsyncTypebox<WorkflowRoutesOptions> = async (
  app,
  { workflows },
) => {
  app.post(
    '/workflows',
    {
      config: write,
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
      const page = { limit: limit + 1, after: pageKeyOf(cursor) }
      const found = await workflows.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(summary), nextCursor }
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
        body: Type.Object({ graph: Graph }, { additionalProperties: false, $id: 'ValidateGraph' }),
        response: { 200: Validation, '4xx': Problem },
      },
    },
    async ({ body }) => {
      const problems = workflows.problems(body.graph)
      return { valid: problems.length === 0, problems }
    },
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
    async (request) =>
      viewWorkflow(await workflows.get(identityOf(request).tenant, request.params.workflowId)),
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
        body: SaveWorkflow,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request) => {
      const { graph: draft, ...rest } = request.body
      const { tenant } = identityOf(request)
      return viewWorkflow(
        await workflows.update(tenant, request.params.workflowId, { ...rest, draft }),
      )
    },
  )
}

export function viewWorkflow(workflow: StoredWorkflow): Static<typeof WorkflowView> {
  return { ...summary(workflow), graph: workflow.draft }
}

function summary({
  id,
  name,
  description,
  latestVersion,
  publishedVersion,
  createdAt,
  updatedAt,
}: StoredWorkflow): Static<typeof WorkflowSummary> {
  return {
    id,
    name,
    description,
    latestVersion,
    publishedVersion,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
