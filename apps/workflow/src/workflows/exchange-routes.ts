import { Problem, WorkflowId } from '@dure/contracts'
import { etagOf, identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { draftOf, exportHeader, exportOf } from './export-format.ts'
import { SaveWorkflow, type WorkflowRoutesOptions } from './routes.ts'
import { VersionNumber } from './version-number.ts'
import { GraphView, Validation, viewValidation, viewWorkflow, WorkflowView } from './view.ts'

const ExportedWorkflow = Type.Object(
  { ...exportHeader, ...SaveWorkflow.properties },
  { additionalProperties: false, $id: 'ExportedWorkflow' },
)
const OfWorkflow = Type.Object({ workflowId: WorkflowId })
const OfVersion = Type.Object({
  version: Type.Optional(VersionNumber({ description: 'Absent: the draft' })),
})
const tags = ['workflows']
const read = { scope: 'workflows:read' } as const
const act = { scope: 'workflows:write', idempotency: 'transaction' } as const

/** Checking, copying, and taking a workflow from one installation to another. */
export const workflowExchangeRoutes: FastifyPluginAsyncTypebox<WorkflowRoutesOptions> = async (
  app,
  { workflows },
) => {
  app.post(
    '/workflows/:workflowId/validate',
    {
      config: read,
      schema: {
        operationId: 'validateWorkflow',
        summary: 'Everything that is wrong with the draft, or with a graph that may replace it',
        tags,
        params: OfWorkflow,
        body: Type.Union([
          Type.Object(
            { graph: Type.Optional(GraphView) },
            { additionalProperties: false, $id: 'ValidateWorkflow' },
          ),
          Type.Null(),
        ]),
        response: { 200: Validation, '4xx': Problem },
      },
    },
    async (request) => {
      const { draft, id } = await workflows.get(
        identityOf(request).tenant,
        request.params.workflowId,
      )
      return viewValidation(workflows.validate(request.body?.graph ?? draft, id))
    },
  )

  app.post(
    '/workflows/:workflowId/duplicate',
    {
      config: act,
      schema: {
        operationId: 'duplicateWorkflow',
        summary: 'A new workflow with the same draft; versions and runs stay with the old one',
        tags,
        params: OfWorkflow,
        body: Type.Union([
          Type.Object(
            { name: Type.Optional(SaveWorkflow.properties.name) },
            { additionalProperties: false, $id: 'DuplicateWorkflow' },
          ),
          Type.Null(),
        ]),
        response: { 201: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const { workflowId } = request.params
      const copy = await workflows.duplicate(tenant, workflowId, request.body?.name)
      return reply
        .code(201)
        .header('location', `/v1/workflows/${copy.id}`)
        .header('etag', etagOf(copy))
        .send(viewWorkflow(copy))
    },
  )

  app.get(
    '/workflows/:workflowId/export',
    {
      config: read,
      schema: {
        operationId: 'exportWorkflow',
        summary: 'The draft or a version as a file that can be imported elsewhere',
        tags,
        params: OfWorkflow,
        querystring: OfVersion,
        response: { 200: ExportedWorkflow, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const { workflowId } = request.params
      const { version } = request.query
      const workflow = await workflows.get(tenant, workflowId)
      const draft =
        version === undefined
          ? workflow.draft
          : (await workflows.version(tenant, workflowId, version)).graph
      return reply
        .header('content-disposition', `attachment; filename="${workflowId}.json"`)
        .send(exportOf({ ...workflow, draft }))
    },
  )

  app.post(
    '/workflows/import',
    {
      config: act,
      schema: {
        operationId: 'importWorkflow',
        summary: 'A new workflow from an export',
        tags,
        body: ExportedWorkflow,
        response: { 201: WorkflowView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const imported = await workflows.create(identityOf(request).tenant, draftOf(request.body))
      return reply
        .code(201)
        .header('location', `/v1/workflows/${imported.id}`)
        .header('etag', etagOf(imported))
        .send(viewWorkflow(imported))
    },
  )
}
