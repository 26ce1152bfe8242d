import { COMMITS } from './commits.ts'
import { CONTENT } from './content.ts'
import type { ContractCase, StoreUnderTest } from './fixture.ts'
import { INBOX } from './inbox.ts'
import { LEASES } from './leases.ts'
import { RESULTS } from './results.ts'

/**
 * Every promise of the port `RunStore`, for any store that makes them: what a simulation finds on the
 * store in memory holds on PostgreSQL only as long as both pass all of these.
 *
 * @param makeStore called for each case; it may give the same store again and again
 * @returns cases to hand to a test runner; `run` rejects with an AssertionError
 */
export function runStoreContract(makeStore: () => Promise<StoreUnderTest>): ContractCase[] {
  return [...COMMITS, ...RESULTS, ...INBOX, ...LEASES, ...CONTENT].map(([name, check]) => ({
    name,
    run: async () => check(await makeStore()),
  }))
}
