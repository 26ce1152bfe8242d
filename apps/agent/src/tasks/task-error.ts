import type { ErrorClass, TaskError } from '@dure/contracts'
import type { DureError, ErrorKind } from '@dure/kernel'

/** What a run is told of the kinds: a policy says by the class whether it tries again. */
const CLASS_OF_KIND: Readonly<Record<ErrorKind, ErrorClass>> = {
  invalid: 'invalid',
  timeout: 'timeout',
  unavailable: 'unavailable',
  'limit-exceeded': 'rate-limited',
  conflict: 'rejected',
  forbidden: 'rejected',
  'not-found': 'rejected',
  'too-large': 'rejected',
  unauthenticated: 'rejected',
  'unsupported-media-type': 'rejected',
}

/** Where the code says more than its kind. */
const CLASS_OF_CODE: ReadonlyMap<string, ErrorClass> = new Map([
  ['effect.outcome-unknown', 'unknown-outcome'],
  ['task.gave-up', 'interrupted'],
  ['task.bug', 'internal'],
  ['model.not-configured', 'invalid'],
])

const MESSAGE_LIMIT = 2000
const DAY_MS = 86_400_000

export function taskErrorOf({ code, kind, message, retryAfterS }: DureError): TaskError {
  const retryAfterMs = retryAfterS === undefined ? undefined : Math.ceil(retryAfterS * 1000)
  return {
    code,
    message: message.slice(0, MESSAGE_LIMIT),
    class: CLASS_OF_CODE.get(code) ?? CLASS_OF_KIND[kind],
    ...(retryAfterMs !== undefined && {
      retryAfterMs: Math.min(Math.max(retryAfterMs, 0), DAY_MS),
    }),
  }
}
