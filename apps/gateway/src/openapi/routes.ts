import type { FastifyPluginAsync } from 'fastify'
import type { OpenApiService } from './service.ts'

export interface OpenApiRoutesOptions {
  readonly openApi: OpenApiService
}

/** The merged description, or that it has not changed. */
export const openApiRoutes: FastifyPluginAsync<OpenApiRoutesOptions> = async (app, { openApi }) => {
  for (const url of ['/openapi.json', '/v1/openapi.json']) {
    app.get(
      url,
      { config: { public: true }, schema: { hide: true } },
      async ({ headers }, reply) => {
        const { body, etag } = await openApi.current()
        reply.header('etag', etag).header('cache-control', 'no-cache')
        if (headers['if-none-match'] === etag) return reply.code(304).send()
        return reply.type('application/json').send(body)
      },
    )
  }
}
