import type { RunId, Tenant } from '@dure/contracts'
import type { RunRow } from '@dure/engine'
import { NotFoundError } from '@dure/kernel'
import type { Delta } from '@dure/platform'
import { createLiveDeltas } from './live-deltas.ts'
import type { PageRequest, RunReadStore, RunWithEvents } from './read-store.ts'
import { isOver, type RunEventView } from './run-row.ts'
import type { RunWatcher } from './watcher.ts'

/** Runs as they are read and followed. */
export interface RunService {
  /** @throws NotFoundError `run.not-found` */
  get(tenant: Tenant, runId: RunId): Promise<RunRow>
  page(tenant: Tenant, page: PageRequest): Promise<RunRow[]>
  /** @throws NotFoundError `run.not-found` */
  detail(tenant: Tenant, runId: RunId): Promise<RunWithEvents>
  /**
   * The run when it has ended; when the signal aborts, as it is then, without events. It was started a
   * moment ago, so it is read only when it is said to have ended.
   */
  waitForEnd(tenant: Tenant, runId: RunId, signal: AbortSignal): Promise<RunWithEvents>
  /**
   * What happened after a version, then what happens, until the run ends or the signal aborts.
   * Deltas come in between, as long as the run goes on and some of them may be lost.
   */
  follow(following: Following): AsyncIterable<RunEventView | Delta>
  contentOf(tenant: Tenant, data: unknown): Promise<unknown>
}

export interface Following {
  readonly runId: RunId
  readonly afterVersion: number
  readonly signal: AbortSignal
  /** Whether the reader has enough to read: then deltas are left out. */
  readonly isBehind: () => boolean
}

export interface RunServiceDependencies {
  readonly reader: RunReadStore
  readonly watcher: Pick<RunWatcher, 'watch' | 'deltas'>
  readonly contentOf: (tenant: Tenant, data: unknown) => Promise<unknown>
}

const EVENTS_AT_ONCE = 500

/** After one of these, a run has ended, unless it is retried. */
const ENDS: ReadonlySet<string> = new Set([
  'run.completed',
  'run.failed',
  'run.cancelled',
  'run.timed_out',
])

export function createRunService({
  reader,
  watcher,
  contentOf,
}: RunServiceDependencies): RunService {
  async function found<Found>(reading: Promise<Found | undefined>): Promise<Found> {
    const one = await reading
    if (one === undefined) throw new NotFoundError('run.not-found', 'There is no such run')
    return one
  }

  /** Asked for its end first: what is read afterwards is then all that there will ever be. */
  async function isAllRead(runId: RunId, seen: number): Promise<boolean> {
    if (!(await reader.hasEnded(runId))) return false
    return (await reader.readEvents({ runId, afterVersion: seen, limit: 1 })).length === 0
  }

  return {
    get: (tenant, runId) => found(reader.find(tenant, runId)),
    detail: (tenant, runId) => found(reader.findWithEvents(tenant, runId)),
    contentOf,
    page: (tenant, page) => reader.page(tenant, page),

    async waitForEnd(tenant, runId, signal) {
      const watch = watcher.watch(runId)
      try {
        for (;;) {
          await watch.end(signal)
          const now = await found(reader.findWithEvents(tenant, runId, { whenEnded: true }))
          if (isOver(now.run) || signal.aborted) return now
        }
      } finally {
        watch.close()
      }
    },

    async *follow({ runId, afterVersion, signal, isBehind }) {
      const watch = watcher.watch(runId)
      const live = createLiveDeltas<Delta>((onDelta) => watcher.deltas.listen(runId, onDelta))
      try {
        for (let seen = afterVersion; !signal.aborted; ) {
          const news = await reader.readEvents({ runId, afterVersion: seen, limit: EVENTS_AT_ONCE })
          yield* news
          live.after(news)
          seen = news.at(-1)?.version ?? seen
          if (news.length === EVENTS_AT_ONCE) continue
          // Asked only when it may be so: a change costs one query.
          const last = news.at(-1)?.event.type
          const mayBeOver = last === undefined || ENDS.has(last)
          if (mayBeOver && (await isAllRead(runId, seen))) return
          yield* live.until(watch.next(signal), isBehind)
        }
      } finally {
        live.close()
        watch.close()
      }
    },
  }
}
