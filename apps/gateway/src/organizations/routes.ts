import { PageQuery, Problem, ProjectId } from '@dure/contracts'
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
import { showKey, wantedKeyIn } from '../keys/view.ts'
import type { OrganizationService } from './service.ts'
import {
  CreatedOrganization,
  CreatedProject,
  CreateOrganization,
  CreateProject,
  OrganizationView,
  ProjectPage,
  ProjectView,
  UpdateOrganization,
  UpdateProject,
  viewOf,
} from './view.ts'

export interface OrganizationRoutesOptions {
  readonly organizations: OrganizationService
}

const read = { scope: 'organizations:read' } as const
const write = { scope: 'organizations:write' } as const
const act = { ...write, idempotency: 'private-transaction' } as const
const foundNew = { scope: 'organizations:create', idempotency: 'private-transaction' } as const
const tags = ['organizations']
const params = Type.Object({ projectId: ProjectId })

/** Under `/v2`: the organization of whoever asks, and its projects. */
export const organizationRoutes: FastifyPluginAsyncTypebox<OrganizationRoutesOptions> = async (
  app,
  { organizations },
) => {
  answerLostUpdates(app)

  app.post(
    '/organizations',
    {
      config: foundNew,
      schema: {
        operationId: 'createOrganization',
        summary: 'Create an organization with a first project and its first API key',
        description:
          'For whoever runs the installation: only the first key of it has the scope, and keys that it gives it to. The key that is made has all scopes of its maker but this one; nobody outside of the new organization sees anything of it.',
        tags,
        body: CreateOrganization,
        response: { 201: CreatedOrganization, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const made = await organizations.found(identityOf(request), request.body)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({
          ...viewOf(made.organization),
          project: viewOf(made.project),
          apiKey: showKey(made.apiKey),
        })
    },
  )

  app.get(
    '/organizations/current',
    {
      config: read,
      schema: {
        operationId: 'getOrganization',
        summary: 'Get the organization that the key belongs to',
        tags,
        response: { 200: OrganizationView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const organization = await organizations.get(identityOf(request).tenant)
      // One address, and another organization for each key: a cache has to keep them apart.
      const varies = [reply.getHeader('vary'), 'authorization, x-api-key']
        .filter(Boolean)
        .join(', ')
      reply.header('vary', varies).header('etag', etagOf(organization))
      return reply.send(viewOf(organization))
    },
  )

  app.patch(
    '/organizations/current',
    {
      config: write,
      schema: {
        operationId: 'updateOrganization',
        summary: 'Rename the organization',
        tags,
        headers: IfMatch,
        body: UpdateOrganization,
        response: { 200: OrganizationView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const renaming = { ...request.body, expected: expectedRevisions(request.headers) }
      const renamed = await organizations.rename(identityOf(request).tenant, renaming)
      return reply.header('etag', etagOf(renamed)).send(viewOf(renamed))
    },
  )

  app.get(
    '/projects',
    {
      config: read,
      schema: {
        operationId: 'listProjects',
        summary: 'List the projects of the organization, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: ProjectPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor) }
      const found = await organizations.projects(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewOf), nextCursor }
    },
  )

  app.post(
    '/projects',
    {
      config: act,
      schema: {
        operationId: 'createProject',
        summary: 'Create a project, and a first API key for it where one is asked for',
        description:
          'A key is for one project. The first key of another one is made here; it can do no more than the key that makes it.',
        tags,
        body: CreateProject,
        response: { 201: CreatedProject, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { name, apiKey } = request.body
      const wanted = { name, apiKey: apiKey && wantedKeyIn(apiKey) }
      const made = await organizations.addProject(identityOf(request), wanted)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .header('location', `/v2/projects/${made.project.id}`)
        .header('etag', etagOf(made.project))
        .send({ ...viewOf(made.project), apiKey: made.apiKey ? showKey(made.apiKey) : null })
    },
  )

  app.get(
    '/projects/:projectId',
    {
      config: read,
      schema: {
        operationId: 'getProject',
        summary: 'Get a project of the organization',
        tags,
        params,
        response: { 200: ProjectView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const project = await organizations.project(tenant, request.params.projectId)
      return reply.header('etag', etagOf(project)).send(viewOf(project))
    },
  )

  app.patch(
    '/projects/:projectId',
    {
      config: write,
      schema: {
        operationId: 'updateProject',
        summary: 'Rename a project',
        tags,
        params,
        headers: IfMatch,
        body: UpdateProject,
        response: { 200: ProjectView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const renaming = { ...request.body, expected: expectedRevisions(request.headers) }
      const { tenant } = identityOf(request)
      const renamed = await organizations.renameProject(tenant, request.params.projectId, renaming)
      return reply.header('etag', etagOf(renamed)).send(viewOf(renamed))
    },
  )
}
