import type { FastifyPluginAsync } from 'fastify'
import type { OpenApiService, Scope } from './service.ts'

export interface OpenApiRoutesOptions {
  readonly openApi: OpenApiService
}

const SCOPES: Readonly<Record<string, Scope>> = {
  '/openapi.json': 'all',
  '/v1/openapi.json': 'v1',
  '/v2/openapi.json': 'v2',
}

/** The merged description, whole and by version, or that it has not changed. */
export const openApiRoutes: FastifyPluginAsync<OpenApiRoutesOptions> = async (app, { openApi }) => {
  for (const [url, scope] of Object.entries(SCOPES)) {
    app.get(
      url,
      { config: { public: true }, schema: { hide: true } },
      async ({ headers }, reply) => {
        const { body, etag } = await openApi.current(scope)
        reply.header('etag', etag).header('cache-control', 'no-cache')
        if (headers['if-none-match'] === etag) return reply.code(304).send()
        return reply.type('application/json').send(body)
      },
    )
  }
}
