import type { ErrorKind } from './errors.ts'

/** What a run is told of a failure, as far as its kind says it: a policy decides by it what to do. */
export type FailureClass = 'invalid' | 'timeout' | 'unavailable' | 'rate-limited' | 'rejected'

const CLASS_OF_KIND: Readonly<Record<ErrorKind, FailureClass>> = {
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

export function failureClassOf(kind: ErrorKind): FailureClass {
  return CLASS_OF_KIND[kind]
}
