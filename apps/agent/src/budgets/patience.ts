import { setTimeout as sleep } from 'node:timers/promises'
import { type BackoffPolicy, backoffMs } from '@dure/kernel'
import { DatabaseError } from 'pg'

const PATIENCE: BackoffPolicy = { baseMs: 50, maxMs: 500 }
const MAX_TRIES = 4

/** All that is asked of the ledger may be done again: a key has one reservation, and that is settled once. */
export async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === MAX_TRIES || !mayPass(error)) throw error
      await sleep(backoffMs(PATIENCE, tries, Math.random()))
    }
  }
}

/** Others were first, PostgreSQL is going down, or the connection is lost. */
function mayPass(error: unknown): boolean {
  return error instanceof DatabaseError ? /^(40|57|08)/.test(error.code ?? '') : true
}
