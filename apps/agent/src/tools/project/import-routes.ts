import { HttpAuth, Problem } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ImportService } from './import-service.ts'
import { ToolView, viewTool } from './view.ts'

const ImportOpenApi = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9_-]{0,62}$',
      description:
        'Of the import: with the same one it is done again, and changes what has changed',
      examples: ['shop'],
    }),
    document: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'OpenAPI 3.0 or 3.1, as JSON',
        examples: [
          {
            openapi: '3.1.0',
            servers: [{ url: 'https://api.example.com' }],
            paths: { '/orders': { get: { operationId: 'listOrders', summary: 'List orders' } } },
          },
        ],
      }),
    ),
    url: Type.Optional(
      Type.String({ maxLength: 4000, description: 'Where the document is, instead of `document`' }),
    ),
    auth: Type.Optional(HttpAuth),
    include: Type.Optional(
      Type.Array(Type.String({ maxLength: 500 }), {
        ...{ minItems: 1, maxItems: 200 },
        description: 'Operation ids, or `GET /path`; absent: all operations',
        examples: [['listOrders']],
      }),
    ),
  },
  { additionalProperties: false, $id: 'ImportOpenApi' },
)

const ImportedTools = Type.Object(
  {
    operations: Type.Array(
      Type.Object({
        operation: Type.String({ examples: ['GET /orders'] }),
        change: Type.Enum(['created', 'updated', 'unchanged', 'refused']),
        tool: Type.Optional(ToolView),
        problem: Type.Optional(Type.String({ description: 'Why it became no tool' })),
      }),
    ),
    missing: Type.Array(ToolView, {
      description: 'Tools of an earlier import whose operations are gone. They stay',
    }),
  },
  { $id: 'ImportedTools' },
)

/** Under `/v1`. */
export const importRoutes: FastifyPluginAsyncTypebox<{ readonly imports: ImportService }> = async (
  app,
  { imports },
) => {
  app.post(
    '/tools/import/openapi',
    {
      config: { scope: 'tools:write', idempotency: 'effect' },
      schema: {
        operationId: 'importOpenApi',
        summary: 'Make a tool of each operation of an OpenAPI document',
        tags: ['tools'],
        body: ImportOpenApi,
        response: { 200: ImportedTools, '4xx': Problem },
      },
    },
    async (request) => {
      const { operations, missing } = await imports.run(identityOf(request), request.body)
      return {
        operations: operations.map(({ tool, ...rest }) => ({
          ...rest,
          ...(tool && { tool: viewTool(tool) }),
        })),
        missing: missing.map(viewTool),
      }
    },
  )
}
