import { atMostTokens } from '@dure/kernel'
import { type EmbeddingModel, wrapEmbeddingModel } from 'ai'
import type { ChosenEmbeddingModel } from '../models/index.ts'
import { type Pacing, paced } from '../models/paced.ts'

interface Asked {
  readonly model: ChosenEmbeddingModel
  /** Aborted when nobody waits any more, or the time is over. */
  readonly signal: AbortSignal
  readonly untilMs: number
}

type Wrapped = Parameters<typeof wrapEmbeddingModel>[0]['model']

/** A model each of whose requests is paced: the AI SDK makes several of one call, and tries again by itself. */
export async function pacedModel(pacing: Pacing, { model, ...limits }: Asked) {
  return wrapEmbeddingModel({
    model: wrappable(await model.load()),
    middleware: {
      specificationVersion: 'v4',
      wrapEmbed({ doEmbed, params }) {
        const tokens = params.values.reduce((sum, text) => sum + atMostTokens(text), 0)
        const asked = { model, tokens, priority: 'interactive' as const, ...limits }
        return paced(pacing, asked, { ask: doEmbed, used: (result) => result?.usage?.tokens })
      },
    },
  })
}

function wrappable(model: EmbeddingModel): Wrapped {
  if (typeof model !== 'string' && model.specificationVersion !== 'v2') return model
  throw new TypeError('A package of a provider gives an embedding model that is not known here')
}
