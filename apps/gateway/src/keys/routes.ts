import { ApiKeyId, PageQuery, Problem } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { KeyManagement, ShownKey } from './management-service.ts'
import { overlapMsOf } from './overlap.ts'
import {
  ApiKeyPage,
  ApiKeyView,
  CreateApiKey,
  CreatedApiKey,
  RotateApiKey,
  showKey,
  viewOf,
  wantedKeyIn,
} from './view.ts'

export interface KeyRoutesOptions {
  readonly management: KeyManagement
}

const read = { scope: 'api-keys:read' } as const
const write = { scope: 'api-keys:write' } as const
const act = { ...write, idempotency: 'private-transaction' } as const
const tags = ['api-keys']
const params = Type.Object({ apiKeyId: ApiKeyId })
const Descendants = Type.Object({
  descendants: Type.Boolean({
    default: false,
    description: 'Also the keys that were made with it, with those, and so on: for a leak',
  }),
})

/** Under `/v1/api-keys`. */
export const keyRoutes: FastifyPluginAsyncTypebox<KeyRoutesOptions> = async (
  app,
  { management },
) => {
  app.post(
    '/api-keys',
    {
      config: act,
      schema: {
        operationId: 'createApiKey',
        summary: 'Create an API key for this project',
        description:
          'The answer is the only place where the key is ever shown. A key can do no more than the key that makes it: no scope that it lacks, no longer life, no other addresses.',
        tags,
        body: CreateApiKey,
        response: { 201: CreatedApiKey, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const wanted = wantedKeyIn(request.body)
      return show(reply, await management.create(identityOf(request), wanted))
    },
  )

  app.get(
    '/api-keys',
    {
      config: read,
      schema: {
        operationId: 'listApiKeys',
        summary: 'List the API keys of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: ApiKeyPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const { tenant } = identityOf(request)
      const found = await management.page(tenant, limit + 1, pageKeyOf(cursor, 'key'))
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewOf), nextCursor }
    },
  )

  app.get(
    '/api-keys/:apiKeyId',
    {
      config: read,
      schema: {
        operationId: 'getApiKey',
        summary: 'Get an API key: what it may do, and when it was last used',
        tags,
        params,
        response: { 200: ApiKeyView, '4xx': Problem },
      },
    },
    async (request) =>
      viewOf(await management.get(identityOf(request).tenant, request.params.apiKeyId)),
  )

  app.post(
    '/api-keys/:apiKeyId/rotate',
    {
      config: act,
      schema: {
        operationId: 'rotateApiKey',
        summary: 'Replace an API key by a new one; for a while both are valid',
        tags,
        params,
        body: RotateApiKey,
        response: { 201: CreatedApiKey, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const overlapMs = overlapMsOf(request.body.overlap)
      const maker = identityOf(request)
      return show(reply, await management.rotate(maker, request.params.apiKeyId, overlapMs))
    },
  )

  app.post(
    '/api-keys/:apiKeyId/revoke',
    {
      config: act,
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key: it is refused from now on, and stays in the list',
        tags,
        params,
        querystring: Descendants,
        response: { 200: ApiKeyView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const { apiKeyId } = request.params
      await management.revoke(tenant, apiKeyId, request.query)
      return viewOf(await management.get(tenant, apiKeyId))
    },
  )

  app.delete(
    '/api-keys/:apiKeyId',
    {
      config: write,
      schema: {
        operationId: 'deleteApiKey',
        summary: 'The same as to revoke an API key: nothing is lost',
        tags,
        params,
        querystring: Descendants,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await management.revoke(identityOf(request).tenant, request.params.apiKeyId, request.query)
      return reply.code(204).send(null)
    },
  )
}

/** No cache may keep what is shown once. */
function show(reply: FastifyReply, shown: ShownKey) {
  return reply
    .code(201)
    .header('cache-control', 'no-store')
    .header('location', `/v1/api-keys/${shown.managed.id}`)
    .send(showKey(shown))
}
