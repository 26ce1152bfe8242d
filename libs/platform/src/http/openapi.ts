import { createHash } from 'node:crypto'
import { TAGS } from '@dure/contracts'
import swagger from '@fastify/swagger'
import { collectComponents } from './openapi-components.ts'
import type { JsonObject } from './openapi-json.ts'
import { describeRoute } from './openapi-route.ts'
import { describeWebhook, type WebhookDescription } from './openapi-webhook.ts'
import type { Service } from './service.ts'

/** From here on, every route that is added is part of what `descriptionOf` tells. */
export async function describeRoutes(
  service: Service,
  name: string,
  webhooks: Readonly<Record<string, WebhookDescription>>,
): Promise<void> {
  const described = Object.entries(webhooks).map(([event, one]) => [event, describeWebhook(one)])
  await service.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `Dure ${name}`, version: '1.0.0', license: { name: 'Apache-2.0' } },
      ...(described.length > 0 && { webhooks: Object.fromEntries(described) }),
      tags: Object.entries(TAGS).map(([tag, description]) => ({ name: tag, description })),
    },
    transform: ({ schema, url, route: { method, config } }) => ({
      schema: describeRoute(schema, { method: [method].flat(), config }) as never,
      url,
    }),
    transformObject: (document) =>
      'openapiObject' in document
        ? (collectComponents(document.openapiObject as unknown as JsonObject) as never)
        : document.swaggerObject,
  })
}

/** OpenAPI 3.1 of a service that is ready, made of the same schemas that check the requests. */
export function descriptionOf(service: Service): JsonObject {
  return service.swagger() as unknown as JsonObject
}

/** The description at `/openapi.json`, for the gateway. */
export function openApiRoute(service: Service): void {
  let cached: { readonly etag: string; readonly body: string } | undefined
  service.get(
    '/openapi.json',
    { config: { public: true }, logLevel: 'silent', schema: { hide: true } },
    async (request, reply) => {
      cached ??= withEtag(JSON.stringify(descriptionOf(service)))
      reply.header('etag', cached.etag)
      if (request.headers['if-none-match'] === cached.etag) return reply.code(304).send()
      return reply.type('application/json').send(cached.body)
    },
  )
}

function withEtag(body: string) {
  return { etag: `"${createHash('sha256').update(body).digest('base64url')}"`, body }
}
