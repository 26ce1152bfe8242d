import type { ErrorClass, TaskError } from '@dure/contracts'
import { type DureError, failureClassOf } from '@dure/kernel'

/** Where the code says more than its kind. */
const CLASS_OF_CODE: ReadonlyMap<string, ErrorClass> = new Map([
  ['effect.outcome-unknown', 'unknown-outcome'],
  // It has been executed again already, as often as that makes sense.
  ['task.gave-up', 'internal'],
  ['task.bug', 'internal'],
  ['model.not-configured', 'invalid'],
  // As where the limit is found to be reached between two calls.
  ['agent.max-cost', 'rejected'],
  ['agent.max-tokens', 'rejected'],
])

const MESSAGE_LIMIT = 2000
const DAY_MS = 86_400_000

export function taskErrorOf({ code, kind, message, retryAfterS }: DureError): TaskError {
  const retryAfterMs = retryAfterS === undefined ? undefined : Math.ceil(retryAfterS * 1000)
  return {
    code,
    message: message.slice(0, MESSAGE_LIMIT),
    class: CLASS_OF_CODE.get(code) ?? failureClassOf(kind),
    ...(retryAfterMs !== undefined && {
      retryAfterMs: Math.min(Math.max(retryAfterMs, 0), DAY_MS),
    }),
  }
}
