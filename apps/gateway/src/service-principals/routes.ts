import { Page, PageQuery, Problem, ServicePrincipalId } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RoleField } from '../members/view.ts'
import type { ServicePrincipalService } from './service.ts'
import type { ServicePrincipal } from './store.ts'

export interface ServicePrincipalRoutesOptions {
  readonly principals: ServicePrincipalService
}

const CreateServicePrincipal = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, examples: ['nightly import'] }),
    role: RoleField,
  },
  { additionalProperties: false, $id: 'CreateServicePrincipal' },
)
const ServicePrincipalView = Type.Object(
  {
    id: ServicePrincipalId,
    name: Type.String(),
    role: RoleField,
    disabledAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'ServicePrincipal' },
)

const read = { scope: 'organizations:read' } as const
const act = { scope: 'organizations:write', idempotency: 'transaction' } as const
const tags = ['service-principals']
const params = Type.Object({ servicePrincipalId: ServicePrincipalId })

/** Under `/v2/service-principals`. */
export const servicePrincipalRoutes: FastifyPluginAsyncTypebox<
  ServicePrincipalRoutesOptions
> = async (app, { principals }) => {
  app.post(
    '/service-principals',
    {
      config: act,
      schema: {
        operationId: 'createServicePrincipal',
        summary: 'Create a principal for a program; keys are made for it with `servicePrincipalId`',
        tags,
        body: CreateServicePrincipal,
        response: { 201: ServicePrincipalView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const made = await principals.create(identityOf(request), request.body)
      const location = `/v2/service-principals/${made.id}`
      return reply.code(201).header('location', location).send(viewOf(made))
    },
  )

  app.get(
    '/service-principals',
    {
      config: read,
      schema: {
        operationId: 'listServicePrincipals',
        summary: 'List the service principals of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(ServicePrincipalView, 'ServicePrincipalPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor) }
      const found = await principals.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewOf), nextCursor }
    },
  )

  app.get(
    '/service-principals/:servicePrincipalId',
    {
      config: read,
      schema: {
        operationId: 'getServicePrincipal',
        summary: 'Get a service principal',
        tags,
        params,
        response: { 200: ServicePrincipalView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      return viewOf(await principals.get(tenant, request.params.servicePrincipalId))
    },
  )

  for (const [verb, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    app.post(
      `/service-principals/:servicePrincipalId/${verb}`,
      {
        config: act,
        schema: {
          operationId: `${verb}ServicePrincipal`,
          summary: disabled
            ? 'Refuse all keys of a service principal from now on'
            : 'Take the keys of a service principal again',
          tags,
          params,
          response: { 200: ServicePrincipalView, '4xx': Problem },
        },
      },
      async (request) => {
        const { servicePrincipalId } = request.params
        return viewOf(
          await principals.setDisabled(identityOf(request), servicePrincipalId, disabled),
        )
      },
    )
  }
}

function viewOf({ id, name, role, disabledAt, createdAt }: ServicePrincipal) {
  return {
    id,
    name,
    role,
    disabledAt: disabledAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
