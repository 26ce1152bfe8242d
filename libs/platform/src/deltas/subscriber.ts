import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { channelOf, type Delta, parseDelta } from './delta.ts'

/** Hears the deltas of runs while somebody listens. Without Redis there are none, and no failure. */
export interface DeltaSubscriber {
  /** @returns what ends it; after the last listener of a run, its deltas are no longer received */
  listen(runId: string, onDelta: (delta: Delta) => void): () => void
  close(): void
}

export interface DeltaSubscriberOptions {
  /** Its settings are taken; the connection is another one, made when somebody listens. */
  readonly redis: Redis
  readonly prefix: string
  readonly log: Logger
}

type Listener = (delta: Delta) => void

/** One connection for all runs of the process, apart from every other one: deltas delay nothing. */
export function createDeltaSubscriber({
  redis,
  prefix,
  log,
}: DeltaSubscriberOptions): DeltaSubscriber {
  const listeners = new Map<string, Set<Listener>>()
  const unheard = (error: unknown) => log.debug({ err: error }, 'no deltas for now')
  // Whatever was asked for while there was no connection is asked for again at once: see `ready`.
  const connection = redis.duplicate({
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: null,
  })
  connection.on('error', unheard)
  connection.on('ready', () => {
    if (listeners.size > 0) connection.subscribe(...listeners.keys()).catch(unheard)
  })
  connection.on('message', (channel: string, message: string) => {
    const delta = parseDelta(message)
    if (delta === undefined) return
    for (const listener of listeners.get(channel) ?? []) listener(delta)
  })

  function begin(channel: string): void {
    if (connection.status === 'wait') connection.connect().catch(unheard)
    else if (connection.status === 'ready') connection.subscribe(channel).catch(unheard)
  }

  function end(channel: string): void {
    listeners.delete(channel)
    if (connection.status === 'ready') connection.unsubscribe(channel).catch(unheard)
  }

  return {
    listen(runId, onDelta) {
      const channel = channelOf(prefix, runId)
      const known = listeners.get(channel)
      // The same function may listen twice: each is its own.
      const listener: Listener = (delta) => onDelta(delta)
      listeners.set(channel, (known ?? new Set()).add(listener))
      if (known === undefined) begin(channel)
      return () => {
        const left = listeners.get(channel)
        if (left?.delete(listener) && left.size === 0) end(channel)
      }
    },

    close() {
      listeners.clear()
      connection.disconnect()
    },
  }
}
