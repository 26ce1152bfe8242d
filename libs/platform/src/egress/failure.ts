import { DeadlineExceededError, DureError, UnavailableError } from '@dure/kernel'

/** No name, no route, nobody listening, no trust in the certificate: not a byte of ours has left. */
const BEFORE_SENDING =
  /^(ENOTFOUND|EAI_|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

export function timedOut(timeoutMs: number, cause: unknown): DureError {
  return new DeadlineExceededError(
    'egress.timeout',
    `The answer took longer than ${timeoutMs} ms`,
    { timeoutMs },
    { cause },
  )
}

/** When in doubt, it was sent. */
export function isBeforeSending(error: unknown): boolean {
  return error instanceof DureError || BEFORE_SENDING.test(reasonOf(error))
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

export function failureOf(error: unknown): DureError {
  if (error instanceof DureError) return error
  const reason = reasonOf(error)
  if (/TIMEOUT|TIMEDOUT/.test(reason)) {
    return new DeadlineExceededError(
      'egress.timeout',
      'The other side does not answer in time',
      { reason },
      { cause: error },
    )
  }
  return new UnavailableError(
    'egress.unreachable',
    'The connection failed: check that the host exists and answers',
    { reason },
    { cause: error },
  )
}
