import { setTimeout as sleep } from 'node:timers/promises'
import { atMostTokens, DureError, type Moderated, UnavailableError } from '@dure/kernel'
import { withSpan } from '@dure/platform'
import type { Spending } from '../budgets/spending.ts'
import { costOf } from '../models/cost.ts'
import { modelFailure } from '../models/failure.ts'
import { type Models, type ModelsConfig, type Provider, providersOf } from '../models/index.ts'
import { type Pacing, paced } from '../models/paced.ts'
import type { ModelConfig } from '../models/providers/provider-config.ts'
import { reservationKeyOf } from '../models/reservation-key.ts'
import { type Moderation, type Moderator, piecesOf, worstOf } from './moderator.ts'
import { askOpenAi, type ModerationEndpoint } from './openai-moderation-service.ts'

export interface ModeratorParts {
  readonly models: Pick<Models, 'providers'>
  readonly config: ModelsConfig & { readonly MODEL_MODERATION: string }
  readonly pacing: Pacing
  readonly spending?: Spending
  /** Of all requests for one text, with their retries. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 15_000
const MAX_RETRIES = 2
const RETRY_MS = 250
/** In one request. */
const MAX_PIECES = 20
const OPENAI_URL = 'https://api.openai.com/v1'

interface Installed {
  readonly endpoint: ModerationEndpoint
  readonly provider: Provider
  readonly priceMicroUsd: number
}

/** The operator's to mend: nothing passes meanwhile. */
class ModerationNotConfiguredError extends DureError {
  override readonly kind = 'unavailable'
}

export function createModerator(parts: ModeratorParts): Moderator {
  const { pacing, spending, timeoutMs = TIMEOUT_MS } = parts
  const installed = installedIn(parts)

  async function ask(of: Moderation, { endpoint, provider }: Installed): Promise<Moderated> {
    const timeout = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([of.signal, timeout])
    const untilMs = performance.now() + timeoutMs
    const model = { id: endpoint.model, provider }
    const pieces = piecesOf(of.texts)
    const found: Moderated[] = []
    try {
      for (let at = 0; at < pieces.length; at += MAX_PIECES) {
        const some = pieces.slice(at, at + MAX_PIECES)
        const asked = { model, tokens: tokensOf(some), priority: of.priority, signal, untilMs }
        const request = () => askOpenAi(endpoint, some, signal)
        const once = () => paced(pacing, asked, { ask: request, used: () => undefined })
        found.push(...(await again(once, signal)))
      }
      return worstOf(found)
    } catch (error) {
      of.signal.throwIfAborted()
      throw timeout.aborted ? unavailable(`nothing was heard for ${timeoutMs} ms`) : failed(error)
    }
  }

  return {
    async moderate(of) {
      if (!installed) throw notConfigured()
      const { endpoint, provider, priceMicroUsd } = installed
      const price = { from: '2026-01-01', inputMicroUsd: priceMicroUsd, outputMicroUsd: 0 }
      const inputTokens = tokensOf(piecesOf(of.texts))
      const costMicroUsd = costOf(price, { inputTokens, outputTokens: 0 })
      const { payer, kind } = of
      const call = { key: reservationKeyOf(of.callKey), payer, kind, model: endpoint.model }
      const start = performance.now()
      // Most providers do it for nothing: then no budget is asked.
      const isPaid = costMicroUsd > 0
      if (isPaid) await spending?.reserve({ ...call, estimateMicroUsd: costMicroUsd })
      let isSettled = false
      const settle = async (wasMade: boolean) => {
        if (isSettled || !(isPaid || wasMade)) return
        await spending?.settle({
          ...{ ...call, costMicroUsd: wasMade ? costMicroUsd : 0 },
          ...(wasMade && { used: { inputTokens, outputTokens: 0 } }),
          durationMs: Math.round(performance.now() - start),
        })
        isSettled = true
      }
      const attributes = {
        'gen_ai.operation.name': 'moderation',
        'gen_ai.provider.name': provider.telemetryName,
        'gen_ai.request.model': endpoint.model,
      }
      return withSpan(`moderation ${endpoint.model}`, attributes, async () => {
        try {
          const moderated = await ask(of, installed)
          await settle(true)
          const usage = { model: endpoint.model, inputTokens, outputTokens: 0, costMicroUsd }
          return { ...moderated, usage }
        } catch (error) {
          // Whoever did not answer may have worked on it.
          await settle(of.signal.aborted)
          throw error
        }
      })
    },
  }
}

function installedIn({ config, models }: ModeratorParts): Installed | undefined {
  const { MODEL_MODERATION: named } = config
  if (named === '') return undefined
  const slash = named.indexOf('/')
  const [name, model] = [named.slice(0, slash), named.slice(slash + 1)]
  const found = providersOf(config).find((provider) => provider.name === name)
  const provider = models.providers.find((one) => one.name === name)
  const baseUrl = found?.baseUrl ?? (found?.kind === 'openai' ? OPENAI_URL : undefined)
  if (!found || !provider || !baseUrl) {
    throw new Error(`MODEL_MODERATION names no provider with a URL: ${name}`)
  }
  const known = (found.models ?? []).find((one): one is ModelConfig => Object(one).id === model)
  const { apiKey } = found
  return {
    endpoint: { baseUrl, apiKey, model },
    ...{ provider, priceMicroUsd: known?.inputMicroUsd ?? 0 },
  }
}

function tokensOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + atMostTokens(piece), 0)
}

/** What may work the next time is tried again, as long as there is time. */
async function again<Result>(once: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await once()
    } catch (error) {
      const failure = modelFailure(error)
      const isOver = failures > MAX_RETRIES || failure?.details.isSpared === true
      if (signal.aborted || isOver || failure?.transient !== true) throw error
      const waitMs = (failure.retryAfterS ?? 0) * 1000 || RETRY_MS * failures
      await sleep(waitMs, undefined, { signal })
    }
  }
}

function failed(error: unknown): unknown {
  const failure = modelFailure(error)
  if (!failure || failure.code.startsWith('budget.')) return error
  return unavailable(failure.message, error)
}

function unavailable(why: string, cause?: unknown): UnavailableError {
  const message = `The text could not be moderated, and does not pass: ${why}`
  return new UnavailableError('moderation.unavailable', message, {}, { cause })
}

function notConfigured(): ModerationNotConfiguredError {
  const hint = 'No moderation is configured, and nothing passes: the operator sets MODEL_MODERATION'
  return new ModerationNotConfiguredError('moderation.not-configured', hint)
}
