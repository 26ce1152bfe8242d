import type { RunId } from '@dure/contracts'
import type { Logger, Queues } from '@dure/platform'

/** Tells those who wait for a run that it has changed. A hint: it may come late, twice or never. */
export interface RunWatcher {
  changed(runId: RunId): void
  watch(runId: RunId): RunWatch
  close(): Promise<void>
}

export interface RunWatch {
  /** Resolves when the run may have changed since the last call, and after a second in any case. */
  next(signal: AbortSignal): Promise<void>
  close(): void
}

/** A lost hint costs one read of PostgreSQL a second, no more. */
const POLL_MS = 1000
/** Other processes hear of many changes at once, this much later at the latest. */
const GATHER_MS = 10

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
  const watches = new Map<string, Set<() => void>>()
  const wake = (runId: string) => {
    for (const notify of watches.get(runId) ?? []) notify()
  }
  const unheard = (error: unknown) => log.debug({ err: error }, 'no hint: polls find the change')

  const subscriber = queues.redis.duplicate({ maxRetriesPerRequest: null })
  subscriber.on('error', unheard)
  subscriber.on('message', (_channel, runIds: string) => {
    for (const runId of runIds.split(' ')) wake(runId)
  })
  subscriber.subscribe(channel).catch(unheard)

  const gathered = new Set<RunId>()
  let timer: NodeJS.Timeout | undefined
  const publish = () => {
    timer = undefined
    const runIds = [...gathered].join(' ')
    gathered.clear()
    queues.redis.publish(channel, runIds).catch(unheard)
  }

  return {
    changed(runId) {
      wake(runId)
      gathered.add(runId)
      timer ??= setTimeout(publish, GATHER_MS)
    },

    watch(runId) {
      let changed = false
      let resolve: (() => void) | undefined
      const notify = () => {
        changed = true
        resolve?.()
      }
      const notifiers = watches.get(runId) ?? new Set()
      watches.set(runId, notifiers.add(notify))

      return {
        async next(signal) {
          if (!changed && !signal.aborted) {
            const { promise, resolve: wakeUp } = Promise.withResolvers<unknown>()
            resolve = () => wakeUp(undefined)
            const timer = setTimeout(wakeUp, POLL_MS, undefined)
            signal.addEventListener('abort', wakeUp, { once: true })
            await promise
            clearTimeout(timer)
            signal.removeEventListener('abort', wakeUp)
          }
          changed = false
        },
        close() {
          notifiers.delete(notify)
          if (notifiers.size === 0) watches.delete(runId)
        },
      }
    },

    async close() {
      clearTimeout(timer)
      subscriber.disconnect()
    },
  }
}
