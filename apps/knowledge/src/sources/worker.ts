import type { OutgoingMessage } from '@dure/contracts'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import { hashOf, ingestMessage } from '../documents/service.ts'
import { type Fetching, look } from './service.ts'
import { nextLookInS } from './source.ts'
import type { SourceClaim, SourceStore } from './store.ts'

export interface SourceSyncDependencies extends Fetching {
  readonly store: SourceStore
  /** A hint: when it is lost, the sweeper finds the document. */
  readonly send: (message: OutgoingMessage) => Promise<unknown>
  readonly log: Logger
}

const INTERVAL_MS = 500
/** Asked at once, by one process. */
const AT_ONCE = 8

/**
 * Asks sources when they are due, and brings what is new to the ingestion. Any number of processes may do this: each
 * source is asked by one of them at a time, and one that is slow keeps no other waiting.
 */
export function createSourceSync(parts: SourceSyncDependencies): Poller {
  const { store, log } = parts
  const stopping = new AbortController()
  const inHand = new Set<Promise<void>>()

  function begin(claim: SourceClaim): void {
    const work = asTenant(claim.tenant, () => sync(parts, claim, stopping.signal))
      // Its claim will be over, and then somebody asks again.
      .catch((error: unknown) => log.warn({ err: error }, 'a source was not asked'))
      .finally(() => inHand.delete(work))
    inHand.add(work)
  }

  const poller = createPoller({
    name: 'source-sync',
    pollMs: INTERVAL_MS,
    log,
    async pass() {
      if (inHand.size < AT_ONCE) (await store.due(AT_ONCE - inHand.size)).forEach(begin)
      return false
    },
  })
  return {
    ...poller,
    async close() {
      stopping.abort()
      await poller.close()
      await Promise.all(inHand)
    },
  }
}

async function sync(
  { store, send, log, ...fetching }: SourceSyncDependencies,
  claim: SourceClaim,
  signal: AbortSignal,
): Promise<void> {
  const { everyS } = claim
  const found = await look(fetching, claim, signal).catch(async (error) => {
    if (!signal.aborted) throw error
    await store.release(claim)
    return undefined
  })
  if (!found) return
  if (found.kind === 'failure') {
    const { canPass } = found
    const next = nextLookInS({ everyS, failures: claim.failures + 1, canPass }, Math.random())
    await store.failed(claim, found, next)
    return
  }
  const next = nextLookInS({ everyS, failures: 0, canPass: true }, Math.random())
  if (found.kind === 'unchanged') {
    await store.unchanged(claim, next)
    return
  }
  const contentHash = hashOf(found.content)
  const changed = await store.changed(claim, { ...found, contentHash }, next)
  if (changed === undefined) return
  await send(ingestMessage({ ...claim, contentHash })).catch((error: unknown) =>
    log.warn({ err: error }, 'left to the sweeper'),
  )
}
