import { Page, PageQuery, Problem, SecretId } from '@dure/contracts'
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
import type { SecretInfo } from './secret.ts'
import type { SecretService } from './service.ts'
import { CreateSecret, ReplaceSecret, SecretView, viewSecret } from './view.ts'

const OfSecret = Type.Object({ secretId: SecretId })
const tags = ['secrets']
const read = { scope: 'secrets:read' } as const
const write = { scope: 'secrets:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

/** Under `/v1`. No answer has anything of a value in it. */
export const secretRoutes: FastifyPluginAsyncTypebox<{ readonly secrets: SecretService }> = async (
  app,
  { secrets },
) => {
  answerLostUpdates(app)

  app.post(
    '/secrets',
    {
      config: act,
      schema: {
        operationId: 'createSecret',
        summary: 'Keep a secret for `http` nodes to authenticate with',
        description: 'It is encrypted, shown to nobody, and sent to the hosts that it names alone.',
        tags,
        body: CreateSecret,
        response: { 201: SecretView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await secrets.create(identityOf(request), request.body)
      return reply
        .code(201)
        .header('location', `/v1/secrets/${created.id}`)
        .header('etag', tagOf(created))
        .send(viewSecret(created))
    },
  )

  app.get(
    '/secrets',
    {
      config: read,
      schema: {
        operationId: 'listSecrets',
        summary: 'List the secrets of the project, newest first, without their values',
        tags,
        querystring: PageQuery,
        response: { 200: Page(SecretView, 'SecretPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'sec') }
      const found = await secrets.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewSecret), nextCursor }
    },
  )

  app.get(
    '/secrets/:secretId',
    {
      config: read,
      schema: {
        operationId: 'getSecret',
        summary: 'Get what is known of a secret, without its value',
        tags,
        params: OfSecret,
        response: { 200: SecretView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const secret = await secrets.get(identityOf(request).tenant, request.params.secretId)
      return reply.header('etag', tagOf(secret)).send(viewSecret(secret))
    },
  )

  app.put(
    '/secrets/:secretId',
    {
      config: write,
      schema: {
        operationId: 'replaceSecret',
        summary: 'Give a secret a new value, and other hosts if the request names some',
        description:
          'Hosts cannot be changed without the value: who does not know it cannot send it elsewhere.',
        tags,
        params: OfSecret,
        headers: IfMatch,
        body: ReplaceSecret,
        response: { 200: SecretView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const setting = { ...request.body, expected: expectedRevisions(request.headers) }
      const replaced = await secrets.replace(tenant, request.params.secretId, setting)
      return reply.header('etag', tagOf(replaced)).send(viewSecret(replaced))
    },
  )

  app.delete(
    '/secrets/:secretId',
    {
      config: write,
      schema: {
        operationId: 'deleteSecret',
        summary: 'Delete a secret: nodes that name it fail from now on',
        tags,
        params: OfSecret,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await secrets.remove(identityOf(request).tenant, request.params.secretId, expected)
      return reply.code(204).send(null)
    },
  )
}

function tagOf({ version }: SecretInfo): string {
  return etagOf({ revision: version })
}
