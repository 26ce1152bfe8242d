import { NotFoundError } from '@dure/kernel'
import type { LanguageModel } from 'ai'
import { createRecent } from '../budgets/recent.ts'
import { CAPABILITIES, type Capabilities, UNKNOWN } from './capabilities.ts'
import { dearestPrice, familyOf, priceOf } from './cost.ts'
import type { ChosenEmbeddingModel, ChosenModel, KnownPrice, Provider } from './index.ts'
import { KINDS, type ProviderClient } from './providers/kinds.ts'
import type { ModelConfig, ProviderConfig, ProviderKind } from './providers/provider-config.ts'

export type InstalledProvider = ReturnType<typeof installProvider>

/** Of one provider, kept for the next calls: each has schemas of its own, which take longer to make than to use. */
const MAX_MODELS = 64

/** A provider that is configured, and its models. Its package is loaded when one of them is called. */
export function installProvider(config: ProviderConfig) {
  const kind = KINDS[config.kind]
  const configs = (config.models ?? []).map((model) =>
    typeof model === 'string' ? { id: model } : model,
  )
  const shown: Provider = {
    ...{ name: config.name, kind: config.kind, limits: config.limits ?? {} },
    telemetryName: kind.telemetryName ?? config.name,
  }
  const client = once(() => kind.load(config))
  const models = createRecent<LanguageModel>(MAX_MODELS)

  async function languageModel(id: string, holdsToSchema: boolean): Promise<LanguageModel> {
    const { languageModel: make } = await client()
    const name = JSON.stringify([id, holdsToSchema])
    const model = models.get(name) ?? make(id, holdsToSchema)
    models.set(name, model)
    return model
  }

  const configOf = (id: string): ModelConfig => configs.find((model) => model.id === id) ?? { id }
  return {
    shown,
    listed: configs.map(({ id }) => id),

    model(id: string): ChosenModel {
      return {
        ...{ id, provider: shown, capabilities: capabilitiesOf(configOf(id), config.kind) },
        priceAt: (day) => knownPrice(configOf(id), { kind: config.kind, day, of: 'answers' }),
        load: (holdsToSchema) => languageModel(id, holdsToSchema),
      }
    },

    embeddingModel(id: string): ChosenEmbeddingModel {
      return {
        ...{ id, provider: shown },
        priceAt: (day) => knownPrice(configOf(id), { kind: config.kind, day, of: 'embeddings' }),
        load: async () => (await client()).embeddingModel?.(id) ?? noEmbeddings(config.name),
      }
    },
  }
}

function noEmbeddings(name: string): never {
  throw new NotFoundError('model.not-found', `The provider ${name} has no embedding models`)
}

function capabilitiesOf({ id, ...known }: ModelConfig, kind: ProviderKind): Capabilities {
  const family = familyOf(id)
  const listed = Object.hasOwn(CAPABILITIES, family) ? CAPABILITIES[family] : undefined
  const { inputMicroUsd, outputMicroUsd, cachedInputMicroUsd, ...capabilities } = known
  return { ...UNKNOWN, ...OF_KIND[kind], ...listed, ...capabilities }
}

/** What is so of all models of a provider, those of tomorrow included. */
const OF_KIND: Readonly<Partial<Record<ProviderKind, Partial<Capabilities>>>> = {
  anthropic: { promptCaching: 'explicit' },
}

interface Asked {
  readonly kind: ProviderKind
  readonly day: Date
  readonly of: 'answers' | 'embeddings'
}

/** What the operator says goes first. What runs on one's own machine has no price. */
function knownPrice(config: ModelConfig, { kind, day, of }: Asked): KnownPrice {
  const { id, inputMicroUsd, outputMicroUsd, cachedInputMicroUsd } = config
  const from = day.toISOString().slice(0, 10)
  if (inputMicroUsd !== undefined || outputMicroUsd !== undefined) {
    const own = { from, inputMicroUsd: inputMicroUsd ?? 0, outputMicroUsd: outputMicroUsd ?? 0 }
    const price = { ...own, ...(cachedInputMicroUsd !== undefined && { cachedInputMicroUsd }) }
    return { price, isAssumed: false }
  }
  const price = priceOf(id, day)
  if (price) return { price, isAssumed: false }
  if (kind === 'ollama')
    return { price: { from, inputMicroUsd: 0, outputMicroUsd: 0 }, isAssumed: false }
  return { price: dearestPrice(day, of), isAssumed: true }
}

/** What failed to load is tried again by the next who needs it. */
function once(load: () => Promise<ProviderClient>): () => Promise<ProviderClient> {
  let loaded: Promise<ProviderClient> | undefined
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
}
