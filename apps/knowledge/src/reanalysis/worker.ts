import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import { type ReanalysisRunnerDependencies, work } from './runner.ts'

const INTERVAL_MS = 1000

/** Any number of processes may do this. Bases take turns: none waits until another one is done. */
export function createReanalyzer(
  parts: ReanalysisRunnerDependencies & { readonly log: Logger },
): Poller {
  const stopping = new AbortController()
  let inHand: Promise<void> | undefined

  const poller = createPoller({
    name: 'reanalysis',
    pollMs: INTERVAL_MS,
    log: parts.log,
    async pass() {
      if (inHand !== undefined) return false
      const claim = await parts.store.claim()
      if (claim === undefined) return false
      inHand = asTenant(claim.tenant, () => work(parts, claim, stopping.signal))
        .catch((error: unknown) => parts.log.warn({ err: error }, 'terms were not made anew'))
        .finally(() => {
          inHand = undefined
          poller.kick()
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
