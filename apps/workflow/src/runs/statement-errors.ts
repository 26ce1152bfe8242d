import { setTimeout as sleep } from 'node:timers/promises'

const RETRIES = 3

/** Does it again when PostgreSQL has undone it because of others: serialization failure, deadlock. */
export async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await work()
    } catch (error) {
      const undone = ['40001', '40P01'].includes(sqlState(error))
      if (!undone || retry === RETRIES) throw error
      await sleep(Math.random() * 20 * 2 ** retry)
    }
  }
}

/**
 * Whether a statement was refused for what is in it, so that nothing was done, and each item may go alone.
 * Data exceptions, violated constraints, exceeded limits of the program: not the server's state.
 */
export function isAtFault(error: unknown): boolean {
  return ['22', '23', '54'].includes(sqlState(error).slice(0, 2))
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; empty when it is not from there. */
function sqlState(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : ''
}
