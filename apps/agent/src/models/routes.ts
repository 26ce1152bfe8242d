import { Page, Problem } from '@dure/contracts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { priceOf } from './cost.ts'
import type { Models } from './index.ts'
import { DEMO_MODEL } from './prices.ts'

const ModelPrice = Type.Object({
  from: Type.String({ format: 'date' }),
  inputMicroUsd: Type.Integer({ description: 'Micro-US-dollars per million tokens' }),
  outputMicroUsd: Type.Integer({ description: 'Micro-US-dollars per million tokens' }),
})

const ModelView = Type.Object(
  {
    id: Type.String(),
    isDefault: Type.Boolean({ description: 'Used by nodes that name no model' }),
    isDemo: Type.Boolean({
      description: 'Quotes the passages of its prompt and costs nothing: the price is a pretence',
    }),
    price: Type.Union([ModelPrice, Type.Null()], {
      description: 'Null when unknown: calls are then counted as free',
    }),
  },
  { $id: 'Model' },
)

const ModelPage = Page(ModelView, 'ModelPage')

export interface ModelRoutesOptions {
  readonly models: Models
}

export const modelRoutes: FastifyPluginAsyncTypebox<ModelRoutesOptions> = async (
  app,
  { models },
) => {
  app.get(
    '/models',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'listModels',
        summary: 'List the models that are configured, with their prices',
        tags: ['models'],
        response: { 200: ModelPage, '4xx': Problem },
      },
    },
    async () => ({
      data: models.defaultId === undefined ? [] : [view(models.defaultId, new Date())],
      nextCursor: null,
    }),
  )
}

function view(id: string, at: Date): Static<typeof ModelView> {
  return { id, isDefault: true, isDemo: id === DEMO_MODEL, price: priceOf(id, at) ?? null }
}
