import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { DureError, NotFoundError } from '@dure/kernel'
import { boundedFetch } from '@dure/platform'
import type { EmbeddingModel, LanguageModel } from 'ai'

export interface ModelsConfig {
  readonly MODEL_BASE_URL: string
  readonly MODEL_API_KEY: string
  readonly MODEL_DEFAULT: string
  readonly MODEL_EMBEDDING: string
  readonly MODEL_PROVIDER: string
}

export interface ChosenModel {
  readonly id: string
  /** As `gen_ai.provider.name` says it. */
  readonly provider: string
  readonly languageModel: LanguageModel
}

export interface ChosenEmbeddingModel {
  readonly id: string
  readonly provider: string
  readonly embeddingModel: EmbeddingModel
}

/** The models that this installation can call. */
export interface Models {
  /** The one that is used when a task names none. */
  readonly defaultId: string | undefined
  /** @throws ModelNotConfiguredError `model.not-configured` */
  choose(id?: string): ChosenModel
  /** @throws NotFoundError `model.not-found` */
  chooseEmbedding(id?: string): ChosenEmbeddingModel
}

/** The operator's to mend: trying again changes nothing. */
class ModelNotConfiguredError extends DureError {
  override readonly kind = 'unavailable'
}

/** Any OpenAI-compatible API. For another kind of provider: its package of the AI SDK goes here. */
export function createModels(config: ModelsConfig): Models {
  const { MODEL_BASE_URL: baseURL, MODEL_API_KEY: apiKey, MODEL_PROVIDER: name } = config
  const provider =
    baseURL === ''
      ? undefined
      : createOpenAICompatible({
          name,
          baseURL,
          fetch: boundedFetch,
          // Without being asked, a provider does not say what a streamed answer has cost.
          includeUsage: true,
          ...(apiKey && { apiKey }),
        })
  const defaultId = provider && config.MODEL_DEFAULT ? config.MODEL_DEFAULT : undefined

  return {
    defaultId,
    choose(id = defaultId) {
      if (provider === undefined) {
        throw new ModelNotConfiguredError(
          'model.not-configured',
          'No model is configured: the operator sets MODEL_BASE_URL of the agent service',
        )
      }
      if (id === undefined) {
        throw new ModelNotConfiguredError(
          'model.not-configured',
          'There is no default model: name one in the node, or the operator sets MODEL_DEFAULT',
        )
      }
      return { id, provider: name, languageModel: provider(id) }
    },

    chooseEmbedding(id = config.MODEL_EMBEDDING) {
      if (provider === undefined || id === '') {
        const mend = 'name one, or the operator sets MODEL_BASE_URL and MODEL_EMBEDDING'
        throw new NotFoundError('model.not-found', `There is no embedding model: ${mend}`)
      }
      return { id, provider: name, embeddingModel: provider.embeddingModel(id) }
    },
  }
}
