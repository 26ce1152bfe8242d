import type { ingestionQueue } from '@dure/contracts'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import type { MessageHandlers, Queues } from '@dure/platform/queues'
import { ingestMessage } from '../documents/service.ts'
import type { IngestionService } from './service.ts'
import type { SweepStore } from './sweep-store.ts'

export function ingestionHandlers(
  ingestion: IngestionService,
): MessageHandlers<typeof ingestionQueue> {
  return {
    'document.ingest': (outstanding, { signal }) =>
      asTenant(outstanding.tenant, () => ingestion.ingest(outstanding, signal)),
  }
}

export interface Sweeper extends Poller {
  /** One round, at once. */
  sweep(): Promise<void>
}

export interface SweeperDependencies {
  readonly store: SweepStore
  readonly queues: Pick<Queues, 'redis' | 'sendAll'>
  /** Of the rules of this process; passages of another version are made anew. */
  readonly analyzerVersion: string
  /** Removes some rows that nobody needs any more, such as those of deleted knowledge bases. */
  readonly purge: (limit: number) => Promise<unknown>
  readonly prefix: string
  readonly log: Logger
  readonly intervalMs?: number
}

const INTERVAL_MS = 2000
/** Documents per round: each takes its passages along, and a statement has 10 s. */
const PURGE_LIMIT = 10

/**
 * Sends again for documents that nobody works on. Messages may be lost, all of them at once when
 * Redis is wiped: a key that should be there and is not gives that away before the time is over.
 */
export function createSweeper(dependencies: SweeperDependencies): Sweeper {
  const { store, queues, purge, prefix, log, intervalMs = INTERVAL_MS } = dependencies
  let isRenewed = false
  const canary = `${prefix}:canary:knowledge-ingestion`

  async function sweep(): Promise<void> {
    const wiped = (await queues.redis.exists(canary)) === 0
    const outstanding = await store.sweep({ all: wiped })
    if (outstanding.length > 0) await queues.sendAll(outstanding.map(ingestMessage))
    if (wiped) await queues.redis.set(canary, '1')
    await purge(PURGE_LIMIT)
    await renew()
  }

  // Only a new build has other rules: once all is renewed, this process looks at changed words alone.
  async function renew(): Promise<void> {
    const options = { all: !isRenewed }
    const { outstanding, isDone } = await store.renew(dependencies.analyzerVersion, options)
    if (outstanding.length > 0) await queues.sendAll(outstanding.map(ingestMessage))
    isRenewed ||= isDone
  }

  const poller = createPoller({
    name: 'ingestion-sweep',
    pollMs: intervalMs,
    log,
    async pass() {
      await sweep()
      return false
    },
  })
  return { ...poller, sweep }
}
