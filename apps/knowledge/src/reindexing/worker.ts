import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import { type ReindexRunnerDependencies, work } from './runner.ts'

const INTERVAL_MS = 1000

/**
 * Works on one base at a time. Any number of processes may do this: each base is worked on by one of them, and goes on with
 * another when that is gone.
 */
export function createReindexer(
  parts: ReindexRunnerDependencies & { readonly log: Logger },
): Poller {
  const { store, log } = parts
  const stopping = new AbortController()
  let inHand: Promise<void> | undefined

  const poller = createPoller({
    name: 'reindex',
    pollMs: INTERVAL_MS,
    log,
    async pass() {
      if (inHand !== undefined) return false
      const claim = await store.claim()
      if (claim === undefined) return false
      inHand = asTenant(claim.tenant, () => work(parts, claim, stopping.signal))
        // Its claim will be over, and then somebody goes on.
        .catch((error: unknown) => log.warn({ err: error }, 'vectors were not made anew'))
        .finally(() => {
          inHand = undefined
        })
      return false
    },
  })
  return {
    ...poller,
    async close() {
      stopping.abort()
      await poller.close()
      await inHand
    },
  }
}
