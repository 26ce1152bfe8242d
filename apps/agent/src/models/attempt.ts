import { atMostTokens, DureError } from '@dure/kernel'
import { withSpan } from '@dure/platform'
import type { Span } from '@opentelemetry/api'
import type { ModelMessage } from 'ai'
import type { Spending } from '../budgets/spending.ts'
import type { Log } from '../tasks/task.ts'
import { type Affordable, affordable } from './affordable.ts'
import { type Question, readAnswer } from './answer.ts'
import type { Breakers } from './breakers.ts'
import { traceContent } from './captured.ts'
import { costOf, type TokenCount } from './cost.ts'
import { estimateInput, type Prompt } from './estimate.ts'
import { modelFailure } from './failure.ts'
import type { Governor } from './governor/governor.ts'
import type { Answer, Heard } from './heard.ts'
import { type ChosenModel, isSame } from './index.ts'
import type { ModelCall } from './model-call.ts'
import { inTurn } from './paced.ts'
import { reservationKeyOf } from './reservation-key.ts'
import type { Tally } from './tally.ts'

/** One call of `ModelCaller`, with all that it needs. */
export interface Work {
  readonly call: ModelCall
  readonly governor: Governor
  readonly breakers: Breakers
  readonly spending: Spending | undefined
  readonly choose: (name: string) => ChosenModel
  readonly log: Log
  readonly idleMs: number
  readonly maxRetries: number
  /** Aborted with the call, or when its time is over. */
  readonly signal: AbortSignal
  readonly untilMs: number
  readonly tally: Tally
  /** Of the last attempt. */
  readonly last: {
    attempt: number
    partial: string
    model: ChosenModel
    corrections: readonly ModelMessage[]
  }
}

export interface Attempt {
  readonly model: ChosenModel
  readonly question: Question
  /** So long it may wait for its turn. */
  readonly waitMs: number
}

/**
 * Asks one model once: reserves money for it, waits for a turn, and settles what it took, however it
 * ends.
 *
 * @throws DegradedError when a budget wants another model asked instead
 */
export async function attempt(work: Work, { model, question, waitMs }: Attempt): Promise<Answer> {
  const { call, last } = work
  last.attempt += 1
  last.partial = ''
  last.model = model
  const allowed = allowedFor(work, model, question)
  const { estimate, maxOutputTokens, shortened } = allowed
  const money = await reserve(work, model, estimate)
  let used: TokenCount | undefined
  const asked = {
    ...{ model, priority: call.priority, waitMs, signal: work.signal, left: call.signal },
    tokens: estimate.inputTokens + (maxOutputTokens ?? 0),
    lifeMs: Math.max(1000, work.untilMs - performance.now() + 1000),
  }
  try {
    const answer = await inTurn(work, asked, {
      ask: () =>
        ask(work, {
          ...{ model, question: { ...question, maxOutputTokens } },
          onUsed: (tokens) => (used = tokens),
        }),
      used: () => used && used.inputTokens + used.outputTokens,
    })
    if (shortened && answer.finishReason === 'length') throw shortened
    return answer
  } finally {
    await money.settle(used)
  }
}

/** @throws NotAffordableError */
function allowedFor({ call, tally }: Work, model: ChosenModel, { messages }: Question): Affordable {
  const wanted = {
    // With the corrections of an answer that was no object.
    prompt: { ...call, messages },
    price: model.priceAt(new Date()).price,
    maxOutputTokens: call.maxOutputTokens,
    mostOutputTokens: model.capabilities.maxOutputTokens,
  }
  return affordable(wanted, call.left && tally.leftOf(call.left))
}

/** A budget is nearly spent: another model is to be asked instead. */
export class DegradedError extends Error {
  readonly model: ChosenModel
  constructor(model: ChosenModel) {
    super('a budget asks for another model')
    this.model = model
  }
}

async function reserve(work: Work, model: ChosenModel, estimate: TokenCount) {
  const { call, spending, tally, log, last } = work
  const { price, isAssumed } = model.priceAt(new Date())
  if (isAssumed) log.warn({ model: model.id }, 'no price is known: the dearest one is assumed')
  const key = reservationKeyOf(`${call.callKey}/${last.attempt}`)
  const { payer, kind } = call
  const start = performance.now()
  const settle = async (used: TokenCount | undefined) => {
    const costMicroUsd = used ? costOf(price, used) : 0
    if (used) tally.add(used, costMicroUsd)
    // Whoever counts the money settles by itself what was left open for too long.
    await spending
      ?.settle({
        ...{ key, payer, kind, model: model.id, costMicroUsd, used },
        durationMs: Math.round(performance.now() - start),
      })
      .catch((error: unknown) => {
        log.warn({ err: error, key }, 'what a call cost could not be settled')
      })
  }
  const estimateMicroUsd = costOf(price, estimate)
  const reserved = await spending
    ?.reserve({ key, payer, kind, model: model.id, estimateMicroUsd })
    .catch((error: unknown) => ({ degradeTo: cheaperModelOf(error), error }))
  const { degradeTo } = reserved ?? {}
  if (degradeTo !== undefined && !tally.isDegraded()) {
    const other = work.choose(degradeTo)
    tally.degrade()
    if (!isSame(other, model)) {
      await settle(undefined)
      throw new DegradedError(other)
    }
  }
  if (reserved && 'error' in reserved) throw reserved.error
  return { settle }
}

/** A budget that is used up may still have enough for a cheaper model. */
function cheaperModelOf(error: unknown): string | undefined {
  if (!(error instanceof DureError) || error.code !== 'budget.exceeded') return undefined
  const { cheaperModel } = error.details
  return typeof cheaperModel === 'string' ? cheaperModel : undefined
}

interface Asked {
  readonly model: ChosenModel
  readonly question: Question
  readonly onUsed: (used: TokenCount | undefined) => void
}

async function ask(work: Work, { model, question, onUsed }: Asked): Promise<Answer> {
  const { call, signal, idleMs, last } = work
  const prompt = { ...call, messages: question.messages }
  const languageModel = await model.load(question.responseSchema !== undefined)
  return withSpan(`chat ${model.id}`, requestAttributes(call, model), async (span) => {
    traceContent(span, call)
    let heard: Heard | undefined
    let counted: TokenCount | undefined
    try {
      const answer = await readAnswer({
        ...{ question, languageModel, signal, idleMs, onDelta: call.onDelta },
        onEnd: (all) => {
          heard = all
          last.partial = all.text
        },
      })
      counted = heard?.used ?? estimated(prompt, heard)
      traceAnswer(span, answer)
      traceContent(span, call, answer)
      return answer
    } catch (error) {
      const isRefused = !signal.aborted && wasRefused(error, heard)
      counted = heard?.used ?? (isRefused ? undefined : estimated(prompt, heard))
      span.setAttribute('error.type', modelFailure(error)?.code ?? 'task.bug')
      throw error
    } finally {
      if (counted) traceUsage(span, counted, model)
      onUsed(counted)
    }
  })
}

/** The provider does not say what it took: what was sent and what came are counted by their length. */
function estimated(prompt: Prompt, heard: Heard | undefined): TokenCount {
  return {
    inputTokens: estimateInput(prompt),
    outputTokens: atMostTokens(heard?.written ?? ''),
  }
}

/** No model has worked on what a provider refuses. When nobody answers in time, one may have. */
function wasRefused(error: unknown, heard: Heard | undefined): boolean {
  if (heard?.hasBegun) return false
  return !(error instanceof DureError) || REFUSALS.has(error.code)
}

const REFUSALS: ReadonlySet<string> = new Set([
  'model.rate-limited',
  'model.refused-request',
  'model.prompt-too-long',
  'model.unavailable',
])

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ */
function requestAttributes(call: ModelCall, { id, provider }: ChosenModel) {
  const { temperature, maxOutputTokens, payer } = call
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider.telemetryName,
    'gen_ai.request.model': id,
    ...(temperature !== undefined && { 'gen_ai.request.temperature': temperature }),
    ...(maxOutputTokens !== undefined && { 'gen_ai.request.max_tokens': maxOutputTokens }),
    ...(call.outputSchema && { 'gen_ai.output.type': 'json' }),
    ...(payer.runId !== undefined && { 'dure.run_id': payer.runId }),
    ...(payer.agentId !== undefined && { 'gen_ai.agent.id': payer.agentId }),
    'dure.call_key': call.callKey,
  }
}

function traceAnswer(span: Span, { responseModel, finishReason }: Answer): void {
  span.setAttributes({
    'gen_ai.response.model': responseModel,
    'gen_ai.response.finish_reasons': [finishReason],
  })
}

function traceUsage(span: Span, used: TokenCount, model: ChosenModel): void {
  const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 } = used
  span.setAttributes({
    'gen_ai.usage.input_tokens': inputTokens,
    'gen_ai.usage.output_tokens': outputTokens,
    ...(cachedInputTokens > 0 && { 'gen_ai.usage.cache_read.input_tokens': cachedInputTokens }),
    ...(cacheWriteTokens > 0 && { 'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens }),
    'dure.cost_micro_usd': costOf(model.priceAt(new Date()).price, used),
  })
}
