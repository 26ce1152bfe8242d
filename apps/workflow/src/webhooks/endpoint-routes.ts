import { Page, PageQuery, Problem, WebhookEndpointId } from '@dure/contracts'
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
import type { EndpointService } from './endpoint-service.ts'
import { OF_ENDPOINT } from './paths.ts'
import {
  CreatedWebhookEndpoint,
  CreateWebhookEndpoint,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  viewEndpoint,
  WebhookEndpointView,
  WebhookSecretView,
} from './view.ts'

const OfEndpoint = Type.Object({ endpointId: WebhookEndpointId })
const tags = ['webhooks']
const read = { scope: 'webhooks:read' } as const
const write = { scope: 'webhooks:write' } as const
/** Answers have the secret in them. */
const act = { ...write, idempotency: 'private-transaction' } as const
const HOUR_MS = 3_600_000
const DEFAULT_OVERLAP_HOURS = 24

/** Under `/v2`. */
export const endpointRoutes: FastifyPluginAsyncTypebox<{
  readonly endpoints: EndpointService
}> = async (app, { endpoints }) => {
  answerLostUpdates(app)

  app.post(
    '/webhook-endpoints',
    {
      config: act,
      schema: {
        operationId: 'createWebhookEndpoint',
        summary: 'Be told of what happens in runs, by signed requests to a URL',
        description:
          'Requests are signed as https://www.standardwebhooks.com has it; the secret is in this answer alone.',
        tags,
        body: CreateWebhookEndpoint,
        response: { 201: CreatedWebhookEndpoint, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { description = '', ...rest } = request.body
      const { endpoint, secret } = await endpoints.create(identityOf(request), {
        ...{ ...rest, description },
      })
      return reply
        .code(201)
        .header('location', `/v2/webhook-endpoints/${endpoint.id}`)
        .header('etag', etagOf(endpoint))
        .header('cache-control', 'no-store')
        .send({ ...viewEndpoint(endpoint), secret })
    },
  )

  app.get(
    '/webhook-endpoints',
    {
      config: read,
      schema: {
        operationId: 'listWebhookEndpoints',
        summary: 'List the webhook endpoints of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(WebhookEndpointView, 'WebhookEndpointPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor) }
      const found = await endpoints.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewEndpoint), nextCursor }
    },
  )

  app.get(
    '/webhook-endpoints/:endpointId',
    {
      config: read,
      schema: {
        operationId: 'getWebhookEndpoint',
        summary: 'Get a webhook endpoint, and whether it takes what it is sent',
        tags,
        params: OfEndpoint,
        response: { 200: WebhookEndpointView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const endpoint = await endpoints.get(identityOf(request).tenant, request.params.endpointId)
      return reply.header('etag', etagOf(endpoint)).send(viewEndpoint(endpoint))
    },
  )

  app.patch(
    '/webhook-endpoints/:endpointId',
    {
      config: write,
      schema: {
        operationId: 'updateWebhookEndpoint',
        summary: 'Change a webhook endpoint, or enable and disable it',
        tags,
        params: OfEndpoint,
        headers: IfMatch,
        body: UpdateWebhookEndpoint,
        response: { 200: WebhookEndpointView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const expected = expectedRevisions(request.headers)
      const change = { setting: request.body, expected }
      const updated = await endpoints.update(tenant, request.params.endpointId, change)
      return reply.header('etag', etagOf(updated)).send(viewEndpoint(updated))
    },
  )

  app.delete(
    '/webhook-endpoints/:endpointId',
    {
      config: write,
      schema: {
        operationId: 'deleteWebhookEndpoint',
        summary: 'Delete a webhook endpoint with all that waits for it',
        tags,
        params: OfEndpoint,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await endpoints.remove(identityOf(request).tenant, request.params.endpointId, expected)
      return reply.code(204).send(null)
    },
  )

  app.post(
    `${OF_ENDPOINT}/secret::rotate`,
    {
      config: act,
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Sign with a new secret, and for some time with the old one as well',
        tags,
        params: OfEndpoint,
        body: Type.Union([RotateWebhookSecret, Type.Null()]),
        response: { 200: WebhookSecretView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const hours = request.body?.overlapHours ?? DEFAULT_OVERLAP_HOURS
      const secret = await endpoints.rotate(tenant, request.params.endpointId, hours * HOUR_MS)
      return reply.header('cache-control', 'no-store').send({ secret })
    },
  )
}
