import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs, DeadlineExceededError, DureError } from '@dure/kernel'
import type { ToolDefinition, ToolWork } from './definition.ts'
import { failedByAnything, type Outcome, succeeded, unknownOutcome } from './outcome.ts'
import type { ToolCall } from './tool.ts'

const MAX_ATTEMPTS = 3
const BACKOFF = { baseMs: 200, maxMs: 2000 }

export interface Attempted {
  readonly outcome: Outcome
  /** What was thrown last, where the outcome does not say it. */
  readonly bug?: unknown
}

/** The call was given up by whoever wanted it, perhaps after it had begun. */
export class GivenUpError extends Error {
  override readonly name = 'GivenUpError'
  readonly begun: boolean

  constructor(begun: boolean, cause: unknown) {
    super('The call was given up', { cause })
    this.begun = begun
  }
}

export function isRepeatable({
  effect,
  idempotent,
}: Pick<ToolDefinition, 'effect' | 'idempotent'>) {
  return effect !== 'write' || idempotent
}

/**
 * Executes a call, up to three times where once more does no harm: reads, what the other side makes
 * idempotent, and what was never sent. All of it within the time of the call.
 *
 * @throws GivenUpError when its signal is aborted
 */
export async function attempts(
  definition: ToolDefinition,
  call: ToolCall,
  idempotencyKey: string,
): Promise<Attempted> {
  const timeout = AbortSignal.timeout(call.timeoutMs)
  const signal = AbortSignal.any([call.signal, timeout])
  const endsAt = performance.now() + call.timeoutMs
  const state: Progress = { stage: 'new' }
  for (let attempt = 1; ; attempt++) {
    const timeoutMs = Math.max(1, Math.round(endsAt - performance.now()))
    try {
      const work = workOf(call, { idempotencyKey, timeoutMs, signal, state })
      return { outcome: succeeded(await orAborted(definition.execute(work), signal)) }
    } catch (thrown) {
      const isHarmless = isRepeatable(definition)
      const mayRepeat = isHarmless || state.stage === 'new'
      if (call.signal.aborted) throw new GivenUpError(!mayRepeat, call.signal.reason)
      const error = timeout.aborted ? tooSlow(call.timeoutMs, thrown) : thrown
      const waitMs = backoffMs(BACKOFF, attempt, Math.random())
      const hasTime = performance.now() + waitMs < endsAt
      const isWorthIt = isTransient(error) && mayRepeat && hasTime && attempt < MAX_ATTEMPTS
      if (!isWorthIt) return ended(error, isHarmless || state.stage !== 'sent')
      // Aborted meanwhile: the next attempt finds out.
      await sleep(waitMs, undefined, { signal }).catch(() => {})
    }
  }
}

function ended(error: unknown, isKnown: boolean): Attempted {
  const bug = error instanceof DureError ? {} : { bug: error }
  if (isKnown) return { outcome: failedByAnything(error), ...bug }
  const why = error instanceof DureError ? error.code : 'tool.bug'
  return { outcome: unknownOutcome(`The call was sent, but its answer was lost (${why}).`), ...bug }
}

/** How far the last attempt came. */
interface Progress {
  stage: 'new' | 'sent' | 'answered'
}

interface Parts {
  readonly idempotencyKey: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly state: Progress
}

function workOf(
  { callKey, tenant, caller, input, payer, runId }: ToolCall,
  { state, ...rest }: Parts,
): ToolWork {
  const onSent = () => {
    state.stage = 'sent'
  }
  const onAnswered = () => {
    state.stage = 'answered'
  }
  return { callKey, tenant, caller, payer, runId, input, ...rest, onSent, onAnswered }
}

/** Also when what is executed does not heed its signal. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function isTransient(error: unknown): boolean {
  return error instanceof DureError && error.transient
}

function tooSlow(timeoutMs: number, cause: unknown): DureError {
  const message = `The tool took longer than ${timeoutMs} ms`
  return new DeadlineExceededError('tool.too-slow', message, { timeoutMs }, { cause })
}
