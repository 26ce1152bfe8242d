import { DureError, InvalidInputError, NotFoundError } from '@dure/kernel'
import type { EmbeddingModel, LanguageModel } from 'ai'
import type { Capabilities } from './capabilities.ts'
import { type InstalledProvider, installProvider } from './installed.ts'
import type { Price } from './prices.ts'
import {
  type ProviderConfig,
  type ProviderKind,
  parseProviders,
} from './providers/provider-config.ts'

export interface ModelsConfig {
  readonly MODEL_BASE_URL: string
  readonly MODEL_API_KEY: string
  readonly MODEL_DEFAULT: string
  readonly MODEL_EMBEDDING: string
  readonly MODEL_PROVIDER: string
  readonly MODEL_PROVIDERS?: string
}

/** A provider as everybody may know it: without its keys. */
export interface Provider {
  readonly name: string
  readonly kind: ProviderKind
  /** As `gen_ai.provider.name` says it. */
  readonly telemetryName: string
  readonly limits: NonNullable<ProviderConfig['limits']>
}

export interface KnownPrice {
  readonly price: Price
  /** Nobody knows the price: it is that of the dearest model that is known. */
  readonly isAssumed: boolean
}

export interface ChosenModel {
  readonly id: string
  readonly provider: Provider
  readonly capabilities: Capabilities
  priceAt(day: Date): KnownPrice
  /** Loads the package of the provider when it is needed for the first time. */
  load(holdsToSchema: boolean): Promise<LanguageModel>
}

export interface ChosenEmbeddingModel {
  readonly id: string
  readonly provider: Provider
  priceAt(day: Date): KnownPrice
  load(): Promise<EmbeddingModel>
}

/** The models that this installation can call. */
export interface Models {
  /** The one that is used when a call names none. */
  readonly defaultId: string | undefined
  readonly providers: readonly Provider[]
  /** Those that the configuration names. */
  list(): readonly ChosenModel[]
  /**
   * @param name `provider/model`, or a model alone where only one provider has it
   * @throws ModelNotConfiguredError `model.not-configured`
   * @throws InvalidInputError `model.ambiguous`
   */
  choose(name?: string): ChosenModel
  /** @throws NotFoundError `model.not-found` */
  chooseEmbedding(name?: string): ChosenEmbeddingModel
}

/** The operator's to mend: trying again changes nothing. */
class ModelNotConfiguredError extends DureError {
  override readonly kind = 'unavailable'
}

export function createModels(config: ModelsConfig): Models {
  const installed = providersOf(config).map(installProvider)
  const named = config.MODEL_DEFAULT || undefined
  const defaultId = installed.length > 0 ? named : undefined

  function choose(name = defaultId): ChosenModel {
    if (installed.length === 0) throw notConfigured(NO_PROVIDER)
    if (name === undefined) throw notConfigured(NO_DEFAULT)
    const { provider, id } = find(installed, name)
    return provider.model(id)
  }

  return {
    defaultId,
    providers: installed.map(({ shown }) => shown),
    choose,
    list() {
      const listed = installed.flatMap(({ listed: ids, model }) => ids.map((id) => model(id)))
      const usual = defaultId === undefined ? [] : [choose()]
      return [...usual, ...listed.filter((other) => !usual.some((model) => isSame(model, other)))]
    },
    chooseEmbedding(name = config.MODEL_EMBEDDING) {
      if (installed.length === 0 || name === '') {
        const mend = 'name one, or the operator sets MODEL_BASE_URL and MODEL_EMBEDDING'
        throw new NotFoundError('model.not-found', `There is no embedding model: ${mend}`)
      }
      const { provider, id } = find(installed, name)
      return provider.embeddingModel(id)
    },
  }
}

const NO_PROVIDER =
  'No model is configured: the operator sets MODEL_BASE_URL or MODEL_PROVIDERS of the agent service'
const NO_DEFAULT =
  'There is no default model: name one in the node, or the operator sets MODEL_DEFAULT'

function notConfigured(message: string): ModelNotConfiguredError {
  return new ModelNotConfiguredError('model.not-configured', message)
}

export function isSame(a: ChosenModel, b: ChosenModel): boolean {
  return a.id === b.id && a.provider.name === b.provider.name
}

/** MODEL_BASE_URL is a provider like those of MODEL_PROVIDERS. */
export function providersOf(config: ModelsConfig): readonly ProviderConfig[] {
  const several = parseProviders(config.MODEL_PROVIDERS ?? '')
  if (config.MODEL_BASE_URL === '') return several
  const name = config.MODEL_PROVIDER
  if (several.some((provider) => provider.name === name)) {
    throw new Error(`MODEL_PROVIDER is a name in MODEL_PROVIDERS, too: ${name}`)
  }
  const { MODEL_BASE_URL: baseUrl, MODEL_API_KEY: apiKey } = config
  return [{ name, kind: 'openai-compatible', baseUrl, apiKey }, ...several]
}

function find(installed: readonly InstalledProvider[], name: string) {
  const slash = name.indexOf('/')
  const inName = installed.find(({ shown }) => shown.name === name.slice(0, slash))
  if (slash > 0 && inName) return { provider: inName, id: name.slice(slash + 1) }
  const having = installed.filter(({ listed }) => listed.includes(name))
  const [only, another] = having.length > 0 ? having : installed
  if (only && !another) return { provider: only, id: name }
  const mend = 'name it as `provider/model`, as GET /v1/models does'
  if (having.length === 0) {
    throw notConfigured(`No provider that is configured names a model ${name}: ${mend}`)
  }
  throw new InvalidInputError('model.ambiguous', `Several providers have a model ${name}: ${mend}`)
}
