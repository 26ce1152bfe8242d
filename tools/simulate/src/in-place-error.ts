import type { TaskError } from '@dure/contracts'
import { DureError, type ErrorCode, type ErrorKind } from '@dure/kernel'

/** A failure that an executor in the process foresees: it knows that nothing has happened. */
class InPlaceError extends DureError {
  override readonly kind: ErrorKind

  constructor(kind: ErrorKind, { code, message }: TaskError) {
    super(code as ErrorCode, message)
    this.kind = kind
  }
}

const KINDS: Partial<Record<NonNullable<TaskError['class']>, ErrorKind>> = {
  invalid: 'invalid',
  timeout: 'timeout',
  unavailable: 'unavailable',
  'rate-limited': 'limit-exceeded',
  rejected: 'conflict',
}

/** What is thrown by an effect that fails in this way; of what nobody had foreseen, anything. */
export function inPlaceError(error: TaskError): Error {
  const kind = KINDS[error.class ?? 'internal']
  return kind ? new InPlaceError(kind, error) : new Error(`${error.code}: ${error.message}`)
}
