import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs, DureError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import type { Spending } from '../budgets/spending.ts'
import type { Log } from '../tasks/task.ts'
import type { Question } from './answer.ts'
import { attempt, DegradedError, type Work } from './attempt.ts'
import type { Breakers } from './breakers.ts'
import { BrokenOffError, modelFailure, modelTimeout, withoutTools } from './failure.ts'
import type { Governor } from './governor/governor.ts'
import type { Answer } from './heard.ts'
import type { ChosenModel, Models } from './index.ts'
import { type ModelCaller, type ModelReply, withFailedCall } from './model-call.ts'
import { type AnswerWithObject, askForObject } from './object.ts'
import { requestOptions, withCacheMarks } from './provider-options.ts'
import { signedForProvider } from './signatures.ts'
import { createTally } from './tally.ts'

export interface ModelCallerOptions {
  readonly models: Pick<Models, 'choose'>
  readonly governor: Governor
  readonly breakers: Breakers
  /** Absent: nobody counts the money. */
  readonly spending?: Spending
  readonly log: Log
  /** How long a model may be silent in the middle of its answer. */
  readonly idleMs?: number
  /** Of answers that break off, and of providers that are down. */
  readonly maxRetries?: number
}

const IDLE_MS = 30_000
const MAX_RETRIES = 2
/** A provider that asks to wait is asked again as long as there is time, but not for ever. */
const MAX_WAITS = 8
/** Before an answer that broke off is asked for again, and twice as much before the next time. */
const BROKEN_OFF_MS = 250
const BUSY = { baseMs: 1000, maxMs: 30_000 }
/** Ways to fail in which another model may do better. */
const MENDED_BY_ANOTHER: ReadonlySet<string> = new Set([
  'model.bad-response',
  'model.no-tools',
  'model.prompt-too-long',
  'model.rate-limited',
  'model.timeout',
  'model.unavailable',
])

// Its warnings would go to the console, past the logger; they are logged with the call instead.
globalThis.AI_SDK_LOG_WARNINGS = false

/** Asks models for whoever has something to ask. Content is neither logged nor traced. */
export function createModelCaller(options: ModelCallerOptions): ModelCaller {
  return {
    async call(call) {
      const { models, idleMs = IDLE_MS, maxRetries = MAX_RETRIES, spending, ...parts } = options
      const timeout = AbortSignal.timeout(call.timeoutMs)
      const work: Work = {
        ...{
          ...parts,
          call,
          idleMs,
          maxRetries,
          spending,
          choose: models.choose,
          tally: createTally(),
        },
        signal: AbortSignal.any([call.signal, timeout]),
        untilMs: performance.now() + call.timeoutMs,
        last: { attempt: 0, partial: '', model: models.choose(call.models[0]), corrections: [] },
      }
      try {
        return replyOf(await askInTurn(work), work)
      } catch (error) {
        const usage = work.tally.usage()
        const { partial, model, corrections } = work.last
        const failed = {
          ...{ partial, model: model.id },
          ...(usage && { usage }),
          ...(corrections.length > 0 && { corrections }),
        }
        if (call.signal.aborted) throw withFailedCall(call.signal.reason, failed)
        const failure = timeout.aborted ? modelTimeout(call.timeoutMs) : modelFailure(error)
        throw withFailedCall(failure ?? error, failed)
      }
    },
  }
}

/** The wanted model, and then its fallbacks, as long as another one may do better. */
async function askInTurn(work: Work): Promise<AnswerWithObject> {
  const { call, log } = work
  const names = call.models.slice(1)
  for (let model = work.last.model; ; ) {
    try {
      return await askModel(work, { model, hasFallback: names.length > 0 })
    } catch (error) {
      if (work.signal.aborted) throw error
      const other = error instanceof DegradedError ? error.model : fallback(error)
      if (!other) throw error
      const { code } = Object(error) as { readonly code?: string }
      log.warn({ code, model: model.id, instead: other.id }, 'another model is asked instead')
      voidPartial(work)
      model = other
    }
  }

  function fallback(error: unknown): ChosenModel | undefined {
    if (!(error instanceof DureError) || !MENDED_BY_ANOTHER.has(error.code)) return undefined
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const other = work.choose(name)
      if (error.code !== 'model.prompt-too-long') return other
      if (windowOf(other) > windowOf(work.last.model)) return other
    }
    return undefined
  }
}

function windowOf({ capabilities }: ChosenModel): number {
  return capabilities.contextTokens ?? 0
}

interface Candidate {
  readonly model: ChosenModel
  readonly hasFallback: boolean
}

async function askModel(work: Work, candidate: Candidate): Promise<AnswerWithObject> {
  const { call } = work
  const { model } = candidate
  if (call.tools?.length && !model.capabilities.tools) throw withoutTools(model)
  const { tools, toolChoice, temperature, maxOutputTokens } = call
  const question: Question = {
    ...withCacheMarks(model, {
      ...call,
      messages: signedForProvider(call.messages, model.provider.name),
    }),
    ...{ tools, toolChoice, temperature, maxOutputTokens },
    providerOptions: requestOptions(model, call.outputSchema),
  }
  const onUnmet = (corrections: readonly ModelMessage[]) => {
    work.last.corrections = corrections
  }
  return askForObject({ call, model, question, onUnmet }, (asked) =>
    askUntilItAnswers(work, candidate, asked),
  )
}

/** Tries again what may work the next time. Half of the time is left to a fallback, if there is one. */
async function askUntilItAnswers(
  work: Work,
  { model, hasFallback }: Candidate,
  question: Question,
): Promise<Answer> {
  const leftMs = work.untilMs - performance.now()
  const untilMs = performance.now() + (hasFallback ? leftMs / 2 : leftMs)
  const tried = { failures: 0, waits: 0, maxRetries: work.maxRetries }
  for (;;) {
    try {
      const waitMs = Math.max(0, untilMs - performance.now())
      return await attempt(work, { model, question, waitMs })
    } catch (error) {
      const waitMs = work.signal.aborted ? undefined : waitOf(error, tried)
      const isLate = waitMs !== undefined && performance.now() + waitMs > untilMs
      if (waitMs === undefined || isLate) throw error
      voidPartial(work)
      if (isRateLimit(error)) await work.governor.pause(model.provider, waitMs)
      else await sleep(waitMs, undefined, { signal: work.signal })
    }
  }
}

interface Tried {
  readonly maxRetries: number
  failures: number
  waits: number
}

/** @returns undefined when the same would come of it again, or nobody was asked */
function waitOf(error: unknown, tried: Tried): number | undefined {
  if (isRateLimit(error)) {
    tried.waits += 1
    if (tried.waits > MAX_WAITS) return undefined
    return askedToWait(error) ?? backoffMs(BUSY, tried.waits, Math.random())
  }
  tried.failures += 1
  if (tried.failures > tried.maxRetries) return undefined
  if (error instanceof BrokenOffError) return BROKEN_OFF_MS * tried.failures
  if (!(error instanceof DureError) || error.code !== 'model.unavailable') return undefined
  if (error.details.isSpared === true) return undefined
  return askedToWait(error) ?? backoffMs(BUSY, tried.failures, Math.random())
}

/** That of a provider: our own limits were waited for already. */
function isRateLimit(error: unknown): error is DureError {
  return error instanceof DureError && error.details.status === 429
}

function askedToWait({ retryAfterS }: DureError): number | undefined {
  return retryAfterS === undefined ? undefined : retryAfterS * 1000
}

function voidPartial({ call, last }: Work): void {
  if (last.partial !== '') call.onDelta({ type: 'restart' })
}

function replyOf({ answer, ...rest }: AnswerWithObject, { last, tally, log }: Work): ModelReply {
  const { text, reasoning, toolCalls, message, responseModel, finishReason, warnings } = answer
  const { id, provider } = last.model
  if (warnings.length > 0) log.warn({ warnings, model: id }, 'the model ignores a setting')
  return {
    ...{ text, toolCalls, message, finishReason, responseModel },
    ...(reasoning !== '' && { reasoning }),
    ...rest,
    ...{ model: id, provider: provider.name },
    usage: tally.whole(),
  }
}
