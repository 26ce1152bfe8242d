import { Page, PageQuery, Problem, WorkflowId } from '@dure/contracts'
import { decodeCursor, encodeCursor, etagOf, identityOf, invalidCursor } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { WorkflowRoutesOptions } from './routes.ts'
import { VersionNumber } from './version-number.ts'
import {
  DiffView,
  PublicationView,
  VersionView,
  viewPublication,
  viewVersion,
  viewWorkflow,
  WorkflowView,
} from './view.ts'

const OfWorkflow = Type.Object({ workflowId: WorkflowId })
const OfVersion = Type.Object({ workflowId: WorkflowId, number: VersionNumber() })
const OfTwoVersions = Type.Object({
  workflowId: WorkflowId,
  a: VersionNumber(),
  b: VersionNumber(),
})
const tags = ['workflows']
const read = { scope: 'workflows:read' } as const
const act = { scope: 'workflows:write', idempotency: 'transaction' } as const

export const workflowVersionRoutes: FastifyPluginAsyncTypebox<WorkflowRoutesOptions> = async (
  app,
  { workflows },
) => {
  app.post(
    '/workflows/:workflowId/versions',
    {
      config: act,
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
      const before = cursor === undefined ? undefined : Number(digitsOf(cursor))
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
      config: act,
      schema: {
        operationId: 'publishWorkflowVersion',
        summary: 'Make a version the one that new runs take; an older one rolls back',
        tags,
        params: OfVersion,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { workflowId, number } = request.params
      const published = await workflows.publish(identityOf(request), workflowId, number)
      return reply.header('etag', etagOf(published)).send(viewWorkflow(published))
    },
  )

  app.get(
    '/workflows/:workflowId/versions/:a/diff/:b',
    {
      config: read,
      schema: {
        operationId: 'diffWorkflowVersions',
        summary: 'What became of version a in version b',
        tags,
        params: OfTwoVersions,
        response: { 200: DiffView, '4xx': Problem },
      },
    },
    async (request) => {
      const { workflowId, a, b } = request.params
      return workflows.diff(identityOf(request).tenant, workflowId, { a, b })
    },
  )

  app.post(
    '/workflows/:workflowId/rollback',
    {
      config: act,
      schema: {
        operationId: 'rollBackWorkflow',
        summary: 'Publish again what was published before; each call goes one step further back',
        tags,
        params: OfWorkflow,
        response: { 200: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const published = await workflows.rollBack(identityOf(request), request.params.workflowId)
      return reply.header('etag', etagOf(published)).send(viewWorkflow(published))
    },
  )

  app.get(
    '/workflows/:workflowId/publications',
    {
      config: read,
      schema: {
        operationId: 'listWorkflowPublications',
        summary: 'What new runs took from when on, newest first',
        tags,
        params: OfWorkflow,
        querystring: PageQuery,
        response: { 200: Page(PublicationView, 'WorkflowPublicationPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const before = cursor === undefined ? undefined : BigInt(digitsOf(cursor))
      const { tenant } = identityOf(request)
      const page = { limit: limit + 1, before }
      const found = await workflows.publications(tenant, request.params.workflowId, page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewPublication),
        nextCursor: last ? encodeCursor([String(last.id)]) : null,
      }
    },
  )
}

function digitsOf(cursor: string): string {
  const [text = ''] = decodeCursor(cursor)
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw invalidCursor()
  return text
}
