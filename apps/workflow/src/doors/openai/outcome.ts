import type { RunRow } from '@dure/engine'
import type { OpenAiError } from '@dure/platform'
import type { TokenCount } from './answer.ts'

/** What became of a run that somebody asked something. */
export interface Outcome {
  readonly run: RunRow
  readonly tokens: TokenCount
  /** Absent when it was not completed. */
  readonly text?: string
}

/**
 * What the client is told of a run that has no answer, and with which status while that can be said: none of
 * those that mean a failure of ours, since the run did what its workflow says.
 */
export interface RunFailure extends OpenAiError {
  readonly status: 404 | 409 | 422
}

/** Of a run that has ended without an answer. */
export function failureOf({ status, error }: RunRow): RunFailure {
  if (status === 'cancelled') {
    const message = 'The run was cancelled before it had an answer'
    return { status: 409, ...errorOf('invalid_request_error', 'run_cancelled', message) }
  }
  // It was there a moment ago.
  if (error && GONE.has(error.code)) {
    return { status: 404, ...errorOf('invalid_request_error', 'model_not_found', error.message) }
  }
  const code = (error?.code ?? 'run.failed').replaceAll(/[.-]/g, '_')
  return { status: 422, ...errorOf('run_failed', code, error?.message ?? 'The run has failed') }
}

const GONE: ReadonlySet<string> = new Set([
  'agent.not-found',
  'agent-alias.not-found',
  'agent.not-published',
])

export const REPLACED = errorOf(
  'server_error',
  'answer_replaced',
  'The model broke off and then gave another answer: what came so far is void, ask again',
)

export const STOPPING = errorOf('server_error', 'service_stopping', 'The service stops: ask again')

function errorOf(type: string, code: string, message: string): OpenAiError {
  return { error: { message, type, param: null, code } }
}
