import { boundedFetch } from '@dure/platform'
import type { EmbeddingModel, LanguageModel } from 'ai'
import type { ProviderConfig, ProviderKind } from './provider-config.ts'

/** The package of a provider, ready to be asked. */
export interface ProviderClient {
  /** @param holdsToSchema whether the model can be held to a JSON Schema */
  languageModel(id: string, holdsToSchema: boolean): LanguageModel
  /** Absent: it has none that the AI SDK knows of. */
  embeddingModel?(id: string): EmbeddingModel
}

interface Kind {
  /** As OpenTelemetry names it; absent: by the name that the operator gave it. */
  readonly telemetryName?: string
  load(config: ProviderConfig): Promise<ProviderClient>
}

const OLLAMA_URL = 'http://127.0.0.1:11434/v1'

/** To add a kind: its line here and in `PROVIDER_KINDS`. Its package is loaded when it is first asked. */
export const KINDS: Readonly<Record<ProviderKind, Kind>> = {
  'openai-compatible': { load: (config) => openAiCompatible(config) },
  ollama: { load: (config) => openAiCompatible({ baseUrl: OLLAMA_URL, ...config }) },
  openai: { telemetryName: 'openai', load: (config) => openAi(config, 'responses') },
  // Its `/openai/v1` speaks like OpenAI, and takes the same key as a bearer.
  azure: { telemetryName: 'azure.ai.openai', load: (config) => openAi(config, 'chat') },
  anthropic: {
    telemetryName: 'anthropic',
    async load(config) {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      const provider = createAnthropic(settingsOf(config))
      return { languageModel: (id) => provider(id) }
    },
  },
  google: {
    telemetryName: 'gcp.gemini',
    async load(config) {
      const { createGoogle } = await import('@ai-sdk/google')
      const provider = createGoogle(settingsOf(config))
      return {
        languageModel: (id) => provider(id),
        embeddingModel: (id) => provider.embeddingModel(id),
      }
    },
  },
  bedrock: {
    telemetryName: 'aws.bedrock',
    async load(config) {
      const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock')
      const { region, accessKeyId, secretAccessKey, sessionToken } = config
      const provider = createAmazonBedrock({
        ...settingsOf(config),
        ...(region && { region }),
        ...(accessKeyId && { accessKeyId }),
        ...(secretAccessKey && { secretAccessKey }),
        ...(sessionToken && { sessionToken }),
      })
      return {
        languageModel: (id) => provider(id),
        embeddingModel: (id) => provider.embeddingModel(id),
      }
    },
  },
}

async function openAi(
  config: ProviderConfig,
  usual: NonNullable<ProviderConfig['api']>,
): Promise<ProviderClient> {
  const { createOpenAI } = await import('@ai-sdk/openai')
  const provider = createOpenAI(settingsOf(config))
  return {
    languageModel: (id) =>
      (config.api ?? usual) === 'chat' ? provider.chat(id) : provider.responses(id),
    embeddingModel: (id) => provider.embeddingModel(id),
  }
}

async function openAiCompatible(config: ProviderConfig): Promise<ProviderClient> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  const { name, baseUrl = '', apiKey } = config
  const common = {
    ...{ name, baseURL: baseUrl, fetch: boundedFetch },
    // Without being asked, a provider does not say what a streamed answer has cost.
    includeUsage: true,
    ...(apiKey && { apiKey }),
  }
  const plain = createOpenAICompatible(common)
  const strict = createOpenAICompatible({ ...common, supportsStructuredOutputs: true })
  return {
    languageModel: (id, holdsToSchema) => (holdsToSchema ? strict : plain)(id),
    embeddingModel: (id) => plain.embeddingModel(id),
  }
}

/** A key that is absent is empty: the packages would look for one in the environment by themselves. */
function settingsOf({ baseUrl, apiKey, kind }: ProviderConfig) {
  return {
    fetch: boundedFetch,
    ...(baseUrl && { baseURL: baseUrl }),
    ...(apiKey ? { apiKey } : kind !== 'bedrock' && { apiKey: '' }),
  }
}
