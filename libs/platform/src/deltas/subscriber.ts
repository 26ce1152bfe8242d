import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { CHANGED, channelOf, type Delta, parseDelta } from './delta.ts'

/** Hears the deltas of runs while somebody listens. Without Redis there are none, and no failure. */
export interface DeltaSubscriber {
  /**
   * @param onChanged something may have been recorded of it since the last call
   * @returns what ends it; after the last listener of a run, its deltas are no longer received
   */
  listen(runId: string, onDelta: (delta: Delta) => void, onChanged?: () => void): () => void
  /**
   * Until whoever listens to this run hears all that is said from now on; without Redis, or after 250 ms, it is not
   * waited for any longer.
   */
  hears(runId: string): Promise<void>
  close(): void
}

export interface DeltaSubscriberOptions {
  /** Its settings are taken; the connection is another one, made when somebody listens. */
  readonly redis: Redis
  readonly prefix: string
  readonly log: Logger
}

interface Listener {
  readonly onDelta: (delta: Delta) => void
  readonly onChanged: (() => void) | undefined
}

interface Channel {
  readonly listeners: Set<Listener>
  readonly hears: Promise<void>
  readonly heard: () => void
}

/** Nobody waits longer for Redis to say that it has subscribed. */
const PATIENCE_MS = 250

/** One connection for all runs of the process, apart from every other one: deltas delay nothing. */
export function createDeltaSubscriber({
  redis,
  prefix,
  log,
}: DeltaSubscriberOptions): DeltaSubscriber {
  const channels = new Map<string, Channel>()
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
    if (channels.size > 0) subscribe([...channels.keys()])
  })
  connection.on('message', (channel: string, message: string) => {
    const listeners = channels.get(channel)?.listeners ?? []
    if (message === CHANGED) for (const { onChanged } of listeners) onChanged?.()
    const delta = parseDelta(message)
    if (delta === undefined) return
    for (const { onDelta } of listeners) onDelta(delta)
  })

  function subscribe(names: readonly string[]): void {
    connection.subscribe(...names).then(() => {
      for (const name of names) channels.get(name)?.heard()
    }, unheard)
  }

  function begin(name: string): Channel {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, PATIENCE_MS)
    const heard = () => {
      clearTimeout(timer)
      resolve()
    }
    const channel = { listeners: new Set<Listener>(), hears: promise, heard }
    channels.set(name, channel)
    if (connection.status === 'wait') connection.connect().catch(unheard)
    else if (connection.status === 'ready') subscribe([name])
    return channel
  }

  function end(channel: string): void {
    channels.get(channel)?.heard()
    channels.delete(channel)
    if (connection.status === 'ready') connection.unsubscribe(channel).catch(unheard)
  }

  return {
    listen(runId, onDelta, onChanged) {
      const name = channelOf(prefix, runId)
      const { listeners } = channels.get(name) ?? begin(name)
      // The same function may listen twice: each is its own.
      const listener: Listener = { onDelta, onChanged }
      listeners.add(listener)
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) end(name)
      }
    },

    hears: async (runId) => channels.get(channelOf(prefix, runId))?.hears,

    close() {
      for (const { heard } of channels.values()) heard()
      channels.clear()
      connection.disconnect()
    },
  }
}
