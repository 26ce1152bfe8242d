import { Page, Problem } from '@dure/contracts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Breakers } from './breakers.ts'
import type { Governor } from './governor/governor.ts'
import { type ChosenModel, isSame, type Models, type Provider } from './index.ts'
import { DEMO_MODEL } from './prices.ts'
import { PROVIDER_KINDS } from './providers/provider-config.ts'

const ModelPrice = Type.Object({
  from: Type.String({ format: 'date' }),
  inputMicroUsd: Type.Integer({ description: 'Micro-US-dollars per million tokens' }),
  outputMicroUsd: Type.Integer({ description: 'Micro-US-dollars per million tokens' }),
  cachedInputMicroUsd: Type.Optional(
    Type.Integer({ description: 'Of what comes from the cache of the provider' }),
  ),
})

const ModelCapabilities = Type.Object(
  {
    tools: Type.Boolean(),
    parallelTools: Type.Boolean(),
    jsonSchema: Type.Boolean({
      description: 'Its provider holds it to a schema; else it is asked to, and its answer checked',
    }),
    vision: Type.Boolean(),
    reasoning: Type.Boolean(),
    promptCaching: Type.Enum(['none', 'automatic', 'explicit'], {
      description: '`explicit`: with `cachePrompt` alone',
    }),
    contextTokens: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: unknown' }),
    maxOutputTokens: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: unknown' }),
  },
  { $id: 'ModelCapabilities' },
)

const ModelView = Type.Object(
  {
    id: Type.String(),
    provider: Type.String({ description: '`provider/id` names the model without a doubt' }),
    isDefault: Type.Boolean({ description: 'Used by nodes that name no model' }),
    isDemo: Type.Boolean({
      description: 'Quotes the passages of its prompt and costs nothing: the price is a pretence',
    }),
    capabilities: ModelCapabilities,
    price: Type.Union([ModelPrice, Type.Null()], {
      description: 'Null when unknown: calls are then counted as those of the dearest known model',
    }),
  },
  { $id: 'Model' },
)

const ProviderView = Type.Object(
  {
    name: Type.String(),
    kind: Type.Enum(PROVIDER_KINDS),
    limits: Type.Object({
      requestsPerMinute: Type.Optional(Type.Integer()),
      tokensPerMinute: Type.Optional(Type.Integer()),
      concurrency: Type.Optional(Type.Integer()),
    }),
    pausedUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'The provider has asked everybody to wait until then',
    }),
    breakers: Type.Array(
      Type.Object({
        model: Type.String(),
        state: Type.Enum(['closed', 'open', 'half-open'], {
          description: '`open`: it fails so often that it is not asked now',
        }),
      }),
      { description: 'Of models that have failed lately; all others are asked as usual' },
    ),
  },
  { $id: 'Provider' },
)

const ModelPage = Page(ModelView, 'ModelPage')
const ProviderPage = Page(ProviderView, 'ProviderPage')

export interface ModelRoutesOptions {
  readonly models: Models
  readonly governor: Pick<Governor, 'pausedUntil'>
  readonly breakers: Pick<Breakers, 'view'>
}

export const modelRoutes: FastifyPluginAsyncTypebox<ModelRoutesOptions> = async (
  app,
  { models, governor, breakers },
) => {
  app.get(
    '/models',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'listModels',
        summary: 'List the models that are configured, with what they can do and their prices',
        tags: ['models'],
        response: { 200: ModelPage, '4xx': Problem },
      },
    },
    async () => {
      const day = new Date()
      const usual = models.defaultId === undefined ? undefined : models.choose()
      const data = models.list().map((model) => ({
        ...viewModel(model, day),
        isDefault: usual !== undefined && isSame(model, usual),
      }))
      return { data, nextCursor: null }
    },
  )

  app.get(
    '/providers',
    {
      config: { scope: 'models:use' },
      schema: {
        operationId: 'listProviders',
        summary: 'List the providers of models, and how they do',
        tags: ['models'],
        response: { 200: ProviderPage, '4xx': Problem },
      },
    },
    async () => ({ data: await Promise.all(models.providers.map(viewProvider)), nextCursor: null }),
  )

  async function viewProvider(provider: Provider): Promise<Static<typeof ProviderView>> {
    const { name, kind, limits } = provider
    const [until, open] = await Promise.all([
      governor.pausedUntil(provider),
      breakers.view(provider),
    ])
    return { name, kind, limits, pausedUntil: until?.toISOString() ?? null, breakers: open }
  }
}

function viewModel({ id, provider, capabilities, priceAt }: ChosenModel, day: Date) {
  const { price, isAssumed } = priceAt(day)
  return {
    ...{ id, provider: provider.name, capabilities },
    isDemo: id === DEMO_MODEL,
    price: isAssumed ? null : price,
  }
}
