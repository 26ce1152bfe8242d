import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import { backOffS, FIRST_RETRY_S, isOfProvider, nextTryInS } from '../embeddings/retry.ts'
import type { Failure, VersionClaim } from './claim.ts'
import type { PassageEmbedder } from './embed.ts'
import type { LateVectorsStore } from './late-vectors-store.ts'

export interface LateVectorsDependencies {
  readonly store: LateVectorsStore
  readonly embed: PassageEmbedder
  /** Of the provider, as one word. */
  readonly settings: string
  readonly log: Logger
}

const INTERVAL_MS = 1000
/** Documents at once, in this process: new ones need the provider, too. */
const AT_ONCE = 2

/**
 * Asks again for the vectors of documents that were published without them: the provider was down, or there was no money. Any
 * number of processes may do this. Nothing is parsed or analysed anew, and an attempt in vain changes nothing that can be found.
 */
export function createLateVectors(parts: LateVectorsDependencies): Poller {
  const { store, log } = parts
  const stopping = new AbortController()
  const inHand = new Set<Promise<void>>()
  /** Other settings come with another process: each looks until there is nothing left. */
  let isReconsidered = false
  /** While the provider is down, one document finds that out. */
  let isDown = false

  function begin(claim: VersionClaim): void {
    const work = asTenant(claim.tenant, () => attempt(parts, claim, stopping.signal))
      .then((failure) => {
        isDown = failure !== undefined && isOfProvider(failure.code)
        if (failure === undefined) poller.kick()
      })
      .catch((error: unknown) => log.warn({ err: error }, 'vectors were not made'))
      .finally(() => inHand.delete(work))
    inHand.add(work)
  }

  const poller = createPoller({
    name: 'late-vectors',
    pollMs: INTERVAL_MS,
    log,
    async pass() {
      if (!isReconsidered) isReconsidered = !(await store.reconsider(parts.settings))
      const room = (isDown ? 1 : AT_ONCE) - inHand.size
      if (room > 0) (await store.due(room)).forEach(begin)
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

/** @returns why it was in vain */
async function attempt(
  parts: LateVectorsDependencies,
  claim: VersionClaim,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const patience = { attempts: claim.attempt, firstS: FIRST_RETRY_S }
  try {
    const failure = await make(parts, claim, signal)
    if (failure) await parts.store.fail(claim, failure, nextTryInS(failure.code, patience))
    return failure
  } catch (error) {
    if (signal.aborted) await parts.store.release(claim)
    else await parts.store.fail(claim, undefined, backOffS(patience))
    throw error
  }
}

async function make(
  { store, embed }: LateVectorsDependencies,
  claim: VersionClaim,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  for (;;) {
    const { holds, build, failure } = await embed(claim, signal)
    if (!holds || failure !== undefined) return failure
    if ((await store.publish(claim, build)) !== 'outdated') return undefined
  }
}
