import { Page, PageQuery, Problem, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { decodeCursor, encodeCursor, identityOf, invalidCursor } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { Graph } from './graph.ts'
import { viewWorkflow, type WorkflowRoutesOptions, WorkflowView } from './routes.ts'
import type { StoredVersion } from './store.ts'

const VersionView = Type.Object(
  {
    id: WorkflowVersionId,
    workflowId: WorkflowId,
    number: Type.Integer({ minimum: 1 }),
    graph: Graph,
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'WorkflowVersion' },
)

const OfWorkflow = Type.Object({ workflowId: WorkflowId })
const OfVersion = Type.Object({ workflowId: WorkflowId, number: Type.Integer({ minimum: 1 }) })
const tags = ['workflows']
const read = { scope: 'workflows:read' } as const
const write = { scope: 'workflows:write' } as const

export const workflowVersionRoutes: FastifyPluginAsyncTypebox<WorkflowRoutesOptions> = async (
  app,
  { workflows },
) => {
  app.post(
    '/workflows/:workflowId/versions',
    {
      config: write,
      schema: {
        operationId: 'createWorkflowVersion',
        summary: 'Freeze the draft as an immutable version; an unchanged draft makes no new one',
        tags,
        params: OfWorkflow,
        response: { 201: VersionView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { workflowId } = request.params
      const version = await workflows.addVersion(identityOf(request), workflowId)
      return reply
        .code(201)
        .header('location', `/v1/workflows/${workflowId}/versions/${version.number}`)
        .send(viewVersion(version))
    },
  )

  app.get(
    '/workflows/:workflowId/versions',
    {
      config: read,
      schema: {
        operationId: 'listWorkflowVersions',
        summary: 'List the versions of a workflow, newest first',
        tags,
        params: OfWorkflow,
        querystring: PageQuery,
        response: { 200: Page(VersionView, 'WorkflowVersionPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const before = cursor === undefined ? undefined : numberOf(cursor)
      const { tenant } = identityOf(request)
      const page = { limit: limit + 1, before }
      const found = await workflows.versions(tenant, request.params.workflowId, page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewVersion),
        nextCursor: last ? encodeCursor([String(last.number)]) : null,
      }
    },
  )

  app.get(
    '/workflows/:workflowId/versions/:number',
    {
      config: read,
      schema: {
        operationId: 'getWorkflowVersion',
        summary: 'Get one version',
        tags,
        params: OfVersion,
        response: { 200: VersionView, '4xx': Problem },
      },
    },
    async (request) => {
      const { workflowId, number } = request.params
      return viewVersion(await workflows.version(identityOf(request).tenant, workflowId, number))
    },
  )

  app.post(
    '/workflows/:workflowId/versions/:number/publish',
    {
      config: write,
      schema: {
        operationId: 'publishWorkflowVersion',
        summary: 'Make a version the one that new runs take; an older one rolls back',
        tags,
        params: OfVersion,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request) => {
      const { workflowId, number } = request.params
      return viewWorkflow(await workflows.publish(identityOf(request).tenant, workflowId, number))
    },
  )
}

function numberOf(cursor: string): number {
  const [text = ''] = decodeCursor(cursor)
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw invalidCursor()
  return Number(text)
}

function viewVersion(version: StoredVersion): Static<typeof VersionView> {
  const { id, workflowId, number, graph, createdBy, createdAt } = version
  return { id, workflowId, number, graph, createdBy, createdAt: createdAt.toISOString() }
}
