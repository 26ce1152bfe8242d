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

/** What the client is told of a run that has no answer, and with which status while that can be said. */
export interface RunFailure extends OpenAiError {
  readonly status: 409 | 500 | 504
}

/** Of a run that has ended without an answer. */
export function failureOf({ status, error }: RunRow): RunFailure {
  if (status === 'cancelled') {
    return failure(409, 'run_cancelled', 'The run was cancelled before it had an answer')
  }
  const code = (error?.code ?? 'run.failed').replaceAll(/[.-]/g, '_')
  return failure(status === 'timed_out' ? 504 : 500, code, error?.message ?? 'The run has failed')
}

export const REPLACED = failure(
  500,
  'answer_replaced',
  'The model broke off and then gave another answer: what came so far is void, ask again',
)

export const STOPPING = failure(500, 'service_stopping', 'The service stops: ask again')

function failure(status: RunFailure['status'], code: string, message: string): RunFailure {
  const type = status === 409 ? 'invalid_request_error' : 'server_error'
  return { status, error: { message, type, param: null, code } }
}
