import { Page, PageQuery, Problem, WebhookDeliveryId, WebhookEndpointId } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DELIVERY_STATES } from './endpoint.ts'
import type { EndpointService } from './endpoint-service.ts'
import { OF_ENDPOINT } from './paths.ts'
import { viewDelivery, WebhookDeliveryDetails, WebhookDeliveryView } from './view.ts'

const OfEndpoint = Type.Object({ endpointId: WebhookEndpointId })
const OfDelivery = Type.Object({ endpointId: WebhookEndpointId, deliveryId: WebhookDeliveryId })
const ListQuery = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional(Type.Enum(DELIVERY_STATES)),
})
const tags = ['webhooks']
const read = { scope: 'webhooks:read' } as const
const act = { scope: 'webhooks:write', idempotency: 'transaction' } as const

/** Under `/v2`. */
export const deliveryRoutes: FastifyPluginAsyncTypebox<{
  readonly endpoints: EndpointService
}> = async (app, { endpoints }) => {
  app.post(
    `${OF_ENDPOINT}::test`,
    {
      config: act,
      schema: {
        operationId: 'testWebhookEndpoint',
        summary: 'Send an event `webhook.test` to an endpoint',
        description: 'Its delivery says how the endpoint took it.',
        tags,
        params: OfEndpoint,
        response: { 202: WebhookDeliveryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { endpointId } = request.params
      const delivery = await endpoints.test(identityOf(request).tenant, endpointId)
      const location = `/v2/webhook-endpoints/${endpointId}/deliveries/${delivery.id}`
      return reply.code(202).header('location', location).send(viewDelivery(delivery))
    },
  )

  app.get(
    '/webhook-endpoints/:endpointId/deliveries',
    {
      config: read,
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'List what an endpoint was told in the last 7 days, newest first',
        tags,
        params: OfEndpoint,
        querystring: ListQuery,
        response: { 200: Page(WebhookDeliveryView, 'WebhookDeliveryPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, status } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor), status }
      const { tenant } = identityOf(request)
      const found = await endpoints.deliveries(tenant, request.params.endpointId, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewDelivery), nextCursor }
    },
  )

  app.get(
    '/webhook-endpoints/:endpointId/deliveries/:deliveryId',
    {
      config: read,
      schema: {
        operationId: 'getWebhookDelivery',
        summary: 'Get a delivery, with what is sent',
        tags,
        params: OfDelivery,
        response: { 200: WebhookDeliveryDetails, '4xx': Problem },
      },
    },
    async (request) => {
      const { endpointId, deliveryId } = request.params
      const found = await endpoints.delivery(identityOf(request).tenant, endpointId, deliveryId)
      return { ...viewDelivery(found), payload: found.payload }
    },
  )

  app.post(
    `${OF_ENDPOINT}/deliveries/:deliveryId(^[a-z0-9_]+)::redeliver`,
    {
      config: act,
      schema: {
        operationId: 'redeliverWebhook',
        summary: 'Deliver once more, under the same `webhook-id`, with all tries anew',
        tags,
        params: OfDelivery,
        response: { 202: WebhookDeliveryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { endpointId, deliveryId } = request.params
      const { tenant } = identityOf(request)
      const delivery = await endpoints.redeliver(tenant, endpointId, deliveryId)
      return reply.code(202).send(viewDelivery(delivery))
    },
  )
}
