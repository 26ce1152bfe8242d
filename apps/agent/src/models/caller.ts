import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs, DureError } from '@dure/kernel'
import { withSpan } from '@dure/platform'
import type { Span } from '@opentelemetry/api'
import type { Log } from '../tasks/task.ts'
import { readAnswer } from './answer.ts'
import { BrokenOffError, modelFailure, modelTimeout } from './failure.ts'
import type { Answer } from './heard.ts'
import type { ChosenModel, Models } from './index.ts'
import { type ModelCall, type ModelCaller, type ModelReply, withFailedCall } from './model-call.ts'
import { createTally, type Tally } from './tally.ts'

export interface ModelCallerOptions {
  readonly models: Pick<Models, 'choose'>
  readonly log: Log
  /** How long a model may be silent in the middle of its answer. */
  readonly idleMs?: number
}

const IDLE_MS = 30_000
const MAX_RETRIES = 2
/** Before an answer that broke off is asked for again, and twice as much before the next time. */
const BROKEN_OFF_MS = 250
const REPEATED: ReadonlySet<string> = new Set(['model.unavailable', 'model.rate-limited'])
const BUSY = { baseMs: 1000, maxMs: 30_000 }

// Its warnings would go to the console, past the logger; they are logged with the call instead.
globalThis.AI_SDK_LOG_WARNINGS = false

/** Asks models for whoever has something to ask. Content is neither logged nor traced. */
export function createModelCaller(options: ModelCallerOptions): ModelCaller {
  return {
    async call(call) {
      const timeout = AbortSignal.timeout(call.timeoutMs)
      const model = options.models.choose(call.models[0])
      const work: Work = {
        ...{ call, model, log: options.log, idleMs: options.idleMs ?? IDLE_MS },
        signal: AbortSignal.any([call.signal, timeout]),
        tally: createTally(model.id, options.log),
        said: { partial: '' },
      }
      try {
        return replyOf(await askUntilItAnswers(work), work)
      } catch (error) {
        const usage = work.tally.usage()
        const failed = { ...work.said, model: model.id, ...(usage && { usage }) }
        if (call.signal.aborted) throw withFailedCall(call.signal.reason, failed)
        const failure = timeout.aborted ? modelTimeout(call.timeoutMs) : modelFailure(error)
        throw withFailedCall(failure ?? error, failed)
      }
    },
  }
}

interface Work {
  readonly call: ModelCall
  readonly model: ChosenModel
  readonly log: Log
  readonly idleMs: number
  readonly signal: AbortSignal
  readonly tally: Tally
  readonly said: { partial: string }
}

async function askUntilItAnswers(work: Work): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await askOnce(work)
    } catch (error) {
      const waitMs = tries > MAX_RETRIES ? undefined : waitOf(error, tries)
      if (waitMs === undefined || work.signal.aborted) throw error
      if (work.said.partial !== '') work.call.onDelta({ type: 'restart' })
      await sleep(waitMs, undefined, { signal: work.signal })
    }
  }
}

/** @returns undefined when the same would come of it again */
function waitOf(error: unknown, tries: number): number | undefined {
  if (error instanceof BrokenOffError) return BROKEN_OFF_MS * tries
  if (!(error instanceof DureError) || !REPEATED.has(error.code)) return undefined
  return error.retryAfterS === undefined
    ? backoffMs(BUSY, tries, Math.random())
    : error.retryAfterS * 1000
}

async function askOnce(work: Work): Promise<Answer> {
  const { call, model, signal, idleMs, tally, said } = work
  return withSpan(`chat ${model.id}`, requestAttributes(work), async (span) => {
    try {
      const answer = await readAnswer({
        question: call,
        languageModel: model.languageModel,
        ...{ signal, idleMs, onDelta: call.onDelta },
        onEnd: (heard) => {
          said.partial = heard.text()
          tally.add(heard.used())
        },
      })
      traceAnswer(span, answer, work)
      return answer
    } catch (error) {
      span.setAttribute('error.type', modelFailure(error)?.code ?? 'task.bug')
      throw error
    }
  })
}

function replyOf(answer: Answer, { model, tally, log }: Work): ModelReply {
  const { text, reasoning, toolCalls, responseModel, finishReason, warnings } = answer
  if (warnings.length > 0) log.warn({ warnings, model: model.id }, 'the model ignores a setting')
  return {
    ...{ text, toolCalls, finishReason, responseModel },
    ...(reasoning !== '' && { reasoning }),
    ...{ model: model.id, provider: model.provider },
    usage: tally.whole(),
  }
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ */
function requestAttributes({ call, model }: Work) {
  const { temperature, maxOutputTokens, payer } = call
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': model.provider,
    'gen_ai.request.model': model.id,
    ...(temperature !== undefined && { 'gen_ai.request.temperature': temperature }),
    ...(maxOutputTokens !== undefined && { 'gen_ai.request.max_tokens': maxOutputTokens }),
    ...(payer.runId !== undefined && { 'dure.run_id': payer.runId }),
    ...(payer.agentId !== undefined && { 'gen_ai.agent.id': payer.agentId }),
    'dure.call_key': call.callKey,
  }
}

function traceAnswer(span: Span, { responseModel, finishReason }: Answer, { tally }: Work): void {
  const { inputTokens, outputTokens, costMicroUsd } = tally.whole()
  span.setAttributes({
    'gen_ai.response.model': responseModel,
    'gen_ai.response.finish_reasons': [finishReason],
    'gen_ai.usage.input_tokens': inputTokens,
    'gen_ai.usage.output_tokens': outputTokens,
    'dure.cost_micro_usd': costMicroUsd,
  })
}
