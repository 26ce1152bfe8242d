import { UnavailableError } from '@dure/kernel'

/**
 * What drivers throw when a server does not answer, as the failure that we foresaw; undefined for
 * everything else. SQLSTATE classes: PostgreSQL documentation, appendix A; `P…`: Prisma's error
 * reference.
 */
export function asUnavailable(error: unknown): UnavailableError | undefined {
  if (!(error instanceof Error) || !isOfALostServer(error)) return undefined
  return new UnavailableError(
    'database.unavailable',
    'The database does not answer: try again in a moment',
    {},
    { cause: error, retryAfterS: 5 },
  )
}

/** 40…: undone because of others. 57014: took longer than a statement may. Nothing is left of either. */
const SQLSTATE = /^(08...|53...|57014|57P0[1-5]|25006|40001|40P01)$/
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024'])
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])
/** `pg` gives these no code. */
const MESSAGES =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/

function isOfALostServer(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (SQLSTATE.test(code) || PRISMA.has(code) || SYSTEM.has(code)) return true
  return MESSAGES.test(error.message)
}
