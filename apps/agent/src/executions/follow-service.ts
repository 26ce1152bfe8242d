import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionEvent, ExecutionId, Tenant } from '@dure/contracts'
import type { Delta, DeltaSubscriber, EventStore } from '@dure/platform'
import { type Execution, isOver } from './execution-row.ts'
import type { ExecutionStore } from './store.ts'

export interface RecordedExecutionEvent {
  readonly version: number
  readonly at: Date
  readonly event: ExecutionEvent
}

interface Following {
  readonly tenant: Tenant
  readonly id: ExecutionId
  readonly afterVersion: number
  readonly signal: AbortSignal
  /** Whether the reader is so far behind that it gets no deltas. */
  readonly isBehind: () => boolean
}

/** Executions as somebody watches them. */
export interface FollowService {
  /** All that happened, then all that happens, with what the model is about to say in between. */
  follow(of: Following): AsyncGenerator<RecordedExecutionEvent | Delta>
  /** @returns it as it is when it is over, or when the signal aborts */
  waitForEnd(tenant: Tenant, id: ExecutionId, signal: AbortSignal): Promise<Execution>
  /** Oldest first. */
  events(
    id: ExecutionId,
    page: { readonly afterVersion: number; readonly limit: number },
  ): Promise<RecordedExecutionEvent[]>
}

/** Between two looks: soon after something has happened, and less often after nothing has for a while. */
const SOONEST_MS = 25
const LATEST_MS = 500
/** So long is nothing looked for without a hint; one that is lost costs its reader that much. */
const UNHINTED_MS = { soonest: 500, latest: 4000 }
const PAGE = 200
/** What waits to be sent; beyond this, the newest is lost. */
const MAX_WAITING = 256

export function createFollowService({
  store,
  events,
  deltas,
}: {
  readonly store: Pick<ExecutionStore, 'find'>
  readonly events: Pick<EventStore, 'read'>
  readonly deltas: DeltaSubscriber
}): FollowService {
  const read: FollowService['events'] = async (id, { afterVersion, limit }) => {
    const page = await events.read(id, { afterVersion, limit })
    return page.map(({ version, at, type, data }) => ({
      // What is in the stream of an execution was recorded as such.
      ...{ version, at, event: { ...data, type } as ExecutionEvent },
    }))
  }

  return {
    events: read,

    async *follow({ id, afterVersion, signal, isBehind }) {
      const live = listening(deltas, id, signal)
      let seen = afterVersion
      let pauseMs = UNHINTED_MS.soonest
      try {
        // Whoever has had the first event misses nothing of what the model says after it.
        await deltas.hears(id)
        // Resumed after the end: there is nothing to come.
        if (await isEnded(read, id, seen)) return
        while (!signal.aborted) {
          if (live.takeHint()) {
            const news = await read(id, { afterVersion: seen, limit: PAGE })
            for (const one of news) {
              seen = one.version
              yield one
              if (one.event.type === 'execution.ended') return
            }
            const { soonest, latest } = UNHINTED_MS
            pauseMs = news.length > 0 ? soonest : Math.min(pauseMs * 2, latest)
            // There may be another page.
            live.lookIn(news.length === PAGE ? 0 : pauseMs)
          }
          const waiting = live.take()
          if (!isBehind()) yield* waiting
          await live.next()
        }
      } finally {
        live.close()
      }
    },

    async waitForEnd(tenant, id, signal) {
      for (let pauseMs = SOONEST_MS; ; pauseMs = Math.min(pauseMs * 2, LATEST_MS)) {
        const found = await store.find(tenant, id)
        if (!found) throw new TypeError(`${id} is not there any more`)
        if (isOver(found) || signal.aborted) return found
        await sleep(pauseMs, undefined, { signal }).catch(() => {})
      }
    },
  }
}

/** Of who resumes after the last event. */
async function isEnded(
  read: FollowService['events'],
  id: ExecutionId,
  seen: number,
): Promise<boolean> {
  if (seen === 0) return false
  const [last] = await read(id, { afterVersion: seen - 1, limit: 1 })
  return last?.event.type === 'execution.ended'
}

/** The deltas of one execution, as they come, and whether it is time to look for events. */
function listening(deltas: DeltaSubscriber, id: ExecutionId, signal: AbortSignal) {
  const waiting: Delta[] = []
  let isHinted = true
  let timer: NodeJS.Timeout | undefined
  let wake = () => {}
  const hint = () => {
    isHinted = true
    wake()
  }
  const stop = deltas.listen(
    id,
    (delta) => {
      if (waiting.length < MAX_WAITING) waiting.push(delta)
      wake()
    },
    hint,
  )
  // One for the whole stream: whoever waits is woken by whatever `wake` then is.
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  return {
    takeHint() {
      const wasHinted = isHinted
      isHinted = false
      return wasHinted
    },
    /** After so much time, where no hint comes before. */
    lookIn(pauseMs: number) {
      clearTimeout(timer)
      timer = setTimeout(hint, pauseMs)
    },
    take: () => waiting.splice(0),
    /** Until a delta comes, or it is time to look. */
    async next(): Promise<void> {
      if (waiting.length > 0 || isHinted || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    },
    close() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      stop()
    },
  }
}
