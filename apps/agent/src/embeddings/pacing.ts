import { DureError } from '@dure/kernel'
import { type EmbeddingModel, wrapEmbeddingModel } from 'ai'
import type { Breakers } from '../models/breakers.ts'
import { atMostTokens } from '../models/estimate.ts'
import { modelFailure, saysOfProvider } from '../models/failure.ts'
import type { Governor } from '../models/governor/governor.ts'
import type { ChosenEmbeddingModel } from '../models/index.ts'

export interface Pacing {
  readonly governor: Governor
  readonly breakers: Breakers
}

interface Asked {
  readonly model: ChosenEmbeddingModel
  /** Aborted when nobody waits any more, or the time is over. */
  readonly signal: AbortSignal
  readonly untilMs: number
}

type Wrapped = Parameters<typeof wrapEmbeddingModel>[0]['model']

/**
 * Each request to the provider waits for its turn among all that the installation asks of it, and none is sent to a model that
 * is being spared.
 */
export async function pacedModel({ governor, breakers }: Pacing, asked: Asked) {
  const { model, signal, untilMs } = asked
  const { provider } = model

  async function tried<Result>(doEmbed: () => PromiseLike<Result>): Promise<Result> {
    const report = breakers.pass(model)
    try {
      const result = await doEmbed()
      report(true)
      return result
    } catch (error) {
      report(saysOfProvider(error, signal))
      await rest(governor, provider, error)
      throw error
    }
  }

  return wrapEmbeddingModel({
    model: wrappable(await model.load()),
    middleware: {
      specificationVersion: 'v4',
      async wrapEmbed({ doEmbed, params }) {
        const leftMs = Math.max(0, untilMs - performance.now())
        const tokens = params.values.reduce((sum, text) => sum + atMostTokens(text), 0)
        const lifeMs = leftMs + 1000
        const priority = 'interactive'
        const turn = await governor.acquire({
          ...{ provider, tokens, priority, waitMs: leftMs, lifeMs, signal },
        })
        let used: number | undefined
        try {
          const embedded = await tried(doEmbed)
          used = embedded.usage?.tokens
          return embedded
        } finally {
          turn.end(used)
        }
      },
    },
  })
}

/** Whoever asks to wait is not asked meanwhile, by nobody. */
async function rest(
  governor: Governor,
  provider: ChosenEmbeddingModel['provider'],
  error: unknown,
) {
  const failure = modelFailure(error)
  const { retryAfterS } = failure ?? {}
  const isLimit = failure instanceof DureError && failure.details.status === 429
  if (isLimit && retryAfterS !== undefined) await governor.pause(provider, retryAfterS * 1000)
}

function wrappable(model: EmbeddingModel): Wrapped {
  if (typeof model !== 'string' && model.specificationVersion !== 'v2') return model
  throw new TypeError('A package of a provider gives an embedding model that is not known here')
}
