import { createPoller, type HealthCheck, type Logger } from '@dure/platform'
import type { Redis } from 'ioredis'
import { messageOf, subjectsIn } from './message.ts'
import type { KeyChangeStore } from './store.ts'

/** Keys and principals whose rights may have changed; `all`: any may have. */
export type ChangedSubjects = readonly string[] | 'all'

/**
 * Tells every instance what must no longer be believed: within milliseconds by Redis, and by asking
 * the database every half second where that message is lost.
 */
export interface KeyChanges {
  onChange(listener: (subjects: ChangedSubjects) => void): void
  /**
   * Told after every 10 s in which the database could not be asked: what is known may be out of date,
   * and nobody would say so.
   */
  onSilence(listener: () => void): void
  /** After the commit of a change. Never fails: what is not heard now is found by asking. */
  announce(subjects: readonly string[]): Promise<void>
  /** To be awaited before the first request. */
  start(): Promise<void>
  /** Fails when the database was not asked in the last 15 s. */
  readonly check: HealthCheck
  close(): Promise<void>
}

export interface KeyChangesOptions {
  readonly store: KeyChangeStore
  readonly redis: Redis
  /** Installations that share one Redis have one each. */
  readonly prefix: string
  readonly log: Logger
  readonly silenceMs?: number
}

/** A change whose message is lost is known after one look more: well within the 2 s that are promised. */
export const POLL_MS = 500
const MAX_CHANGES = 1000

export function createKeyChanges({
  store,
  redis,
  prefix,
  log,
  silenceMs = 10_000,
}: KeyChangesOptions): KeyChanges {
  const channel = `${prefix}:key-changes`
  const listeners: ((subjects: ChangedSubjects) => void)[] = []
  const silenceListeners: (() => void)[] = []
  let known: number | undefined
  let silence: NodeJS.Timeout | undefined

  function tell(subjects: ChangedSubjects): void {
    for (const listener of listeners) listener(subjects)
  }

  function tellOfSilence(): void {
    for (const listener of silenceListeners) listener()
  }

  async function look(): Promise<boolean> {
    const { head, subjects } = await store.since(known ?? 0, MAX_CHANGES)
    silence?.refresh()
    // Too much to hear, more than is kept, or another database: nothing that is known counts.
    const isWhole = known !== undefined && head - known === subjects.length
    if (!isWhole) tell('all')
    else if (subjects.length > 0) tell(subjects)
    known = head
    return false
  }

  const poller = createPoller({ name: 'key-changes', pass: look, pollMs: POLL_MS, log })
  const subscriber = redis.duplicate({ lazyConnect: true, autoResubscribe: false })
  const unheard = (error: Error) =>
    log.debug({ reason: error.message }, 'key changes by asking only')
  subscriber.on('error', unheard)
  subscriber.on('message', (_channel: string, message: string) => tell(subjectsIn(message)))
  subscriber.on('ready', () => {
    // What was published before is found by asking.
    subscriber.subscribe(channel).then(() => poller.kick(), unheard)
  })

  return {
    onChange: (listener) => void listeners.push(listener),
    onSilence: (listener) => void silenceListeners.push(listener),
    async announce(subjects) {
      if (subjects.length === 0) return
      tell(subjects)
      await redis.publish(channel, messageOf(subjects)).catch(unheard)
    },
    async start() {
      // Nobody was believed yet: there is nothing to forget.
      await store.since(0, 0).then(({ head }) => {
        known = head
      }, unheard)
      silence = setInterval(tellOfSilence, silenceMs).unref()
      poller.start()
      subscriber.connect().catch(unheard)
    },
    check: poller.check,
    async close() {
      subscriber.disconnect()
      clearInterval(silence)
      await poller.close()
    },
  }
}
