import type { RunId } from '@dure/contracts'
import { createDeltaSubscriber, type DeltaSubscriber, type Logger } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import { LRUCache } from 'lru-cache'

/** Tells those who wait for a run that it has changed. A hint: it may come late, twice or never. */
export interface RunWatcher {
  changed(runId: RunId, change: { readonly ended: boolean }): void
  /** A run that was heard to have ended a moment ago counts as ended since the watch began. */
  watch(runId: RunId): RunWatch
  /** What the nodes of runs are about to say. */
  readonly deltas: Pick<DeltaSubscriber, 'listen'>
  close(): Promise<void>
}

export interface RunWatch {
  /** Resolves when the run may have changed since the last call, and after a second in any case. */
  next(signal: AbortSignal): Promise<void>
  /** Resolves when the run may have ended since the last call, and after a second in any case. */
  end(signal: AbortSignal): Promise<void>
  close(): void
}

/** A lost hint costs one read of PostgreSQL a second, no more. */
const POLL_MS = 1000
/** Other processes hear of many changes at once, this much later at the latest. */
const GATHER_MS = 10
/** Who waits for a run that they have just started begins to watch before as many others end. */
const ENDED_KEPT = 5000
/** Behind the id of a run that has ended. */
const ENDED = '!'

type Notify = (ended: boolean) => void

export function createRunWatcher({
  queues,
  prefix,
  log,
}: {
  readonly queues: Queues
  readonly prefix: string
  readonly log: Logger
}): RunWatcher {
  const channel = `${prefix}:run-changed`
  const watches = new Map<string, Set<Notify>>()
  const justEnded = new LRUCache<string, true>({ max: ENDED_KEPT })
  const wake = (runId: string, ended: boolean) => {
    if (ended) justEnded.set(runId, true)
    for (const notify of watches.get(runId) ?? []) notify(ended)
  }
  const unheard = (error: unknown) => log.debug({ err: error }, 'no hint: polls find the change')

  const subscriber = queues.redis.duplicate({ maxRetriesPerRequest: null })
  subscriber.on('error', unheard)
  subscriber.on('message', (_channel, hints: string) => {
    for (const hint of hints.split(' ')) {
      const ended = hint.endsWith(ENDED)
      wake(ended ? hint.slice(0, -ENDED.length) : hint, ended)
    }
  })
  subscriber.subscribe(channel).catch(unheard)

  const deltas = createDeltaSubscriber({ redis: queues.redis, prefix, log })

  const gathered = new Map<RunId, boolean>()
  let timer: NodeJS.Timeout | undefined
  const publish = () => {
    timer = undefined
    const hints = [...gathered].map(([runId, ended]) => (ended ? `${runId}${ENDED}` : runId))
    gathered.clear()
    queues.redis.publish(channel, hints.join(' ')).catch(unheard)
  }

  return {
    deltas,

    changed(runId, { ended }) {
      wake(runId, ended)
      gathered.set(runId, ended || gathered.get(runId) === true)
      timer ??= setTimeout(publish, GATHER_MS)
    },

    watch(runId) {
      const notifiers = watches.get(runId) ?? new Set()
      const watch = createWatch(justEnded.has(runId))
      watches.set(runId, notifiers.add(watch.notify))
      return {
        next: (signal) => watch.wait(signal, 'changed'),
        end: (signal) => watch.wait(signal, 'ended'),
        close() {
          notifiers.delete(watch.notify)
          if (notifiers.size === 0) watches.delete(runId)
        },
      }
    },

    async close() {
      clearTimeout(timer)
      subscriber.disconnect()
      deltas.close()
    },
  }
}

/** Remembers what it was told while nobody waited. */
function createWatch(ended: boolean) {
  const seen = { changed: ended, ended }
  let awaited: keyof typeof seen = 'changed'
  let resolve = () => {}

  return {
    notify(hasEnded: boolean) {
      seen.changed = true
      seen.ended ||= hasEnded
      if (seen[awaited]) resolve()
    },

    async wait(signal: AbortSignal, what: keyof typeof seen): Promise<void> {
      awaited = what
      if (!seen[what] && !signal.aborted) {
        const { promise, resolve: wakeUp } = Promise.withResolvers<void>()
        resolve = wakeUp
        const timer = setTimeout(wakeUp, POLL_MS)
        signal.addEventListener('abort', () => wakeUp(), { once: true })
        await promise
        clearTimeout(timer)
      }
      seen.changed = false
      seen.ended = false
    },
  }
}
