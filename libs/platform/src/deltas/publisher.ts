import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { CHANGED, channelOf, type DeltaSource } from './delta.ts'

/**
 * Tells whoever watches a run what a node is about to say. Lossy by contract: no call waits or
 * fails, whatever Redis does, and the whole text comes with the event of the node.
 */
export interface DeltaPublisher {
  /** One answer, from its beginning. */
  begin(source: DeltaSource): DeltaWriter
  /** A hint that something was recorded, for whoever would look for it else: it may be lost, as all of this. */
  changed(runId: string): void
}

export interface DeltaWriter {
  write(text: string): void
  /** Sends what is left. */
  close(): void
}

/** What became of a message. One that may have been heard is not said again. */
type Fate = 'heard' | 'unheard' | 'unknown'

export interface DeltaPublisherOptions {
  readonly redis: Redis
  readonly prefix: string
  readonly log: Logger
}

/** A person sees no difference, and thirty messages a second are enough for anybody. */
const GATHER_MS = 30
/** So long is nobody told anything after nobody has listened: who comes then waits no longer than that. */
const MUTE_MS = 250
/** A UTF-16 unit is at most 6 bytes of JSON: no message is larger than 16 KiB. */
const MESSAGE_UNITS = 2500
/** What may wait for Redis to answer, or for somebody to listen. */
const PENDING_UNITS = 4 * MESSAGE_UNITS

export function createDeltaPublisher({
  redis,
  prefix,
  log,
}: DeltaPublisherOptions): DeltaPublisher {
  async function publish(channel: string, message: string): Promise<Fate> {
    // What waits for a connection would come too late, and many of them would fill the memory.
    if (redis.status !== 'ready') return 'unheard'
    try {
      return (await redis.publish(channel, message)) > 0 ? 'heard' : 'unheard'
    } catch (error) {
      log.debug({ err: error }, 'a delta was lost')
      return 'unknown'
    }
  }

  return {
    begin(source) {
      const channel = channelOf(prefix, source.runId)
      return createWriter((index, text) =>
        publish(channel, JSON.stringify({ ...source, index, text })),
      )
    },

    changed: (runId) => void publish(channelOf(prefix, runId), CHANGED),
  }
}

/**
 * Gathers text: one message is under way at a time, and none begins within 30 ms of the last. What nobody has heard is
 * kept: who begins to listen soon after a model has begun to speak hears all of it.
 */
function createWriter(send: (index: number, text: string) => Promise<Fate>): DeltaWriter {
  let pending = ''
  let index = 0
  let mutedUntilMs = 0
  let pause: NodeJS.Timeout | undefined
  let isSending = false
  let isClosed = false

  const mutedMs = () => mutedUntilMs - performance.now()

  /** The gap in the numbers says that something is missing. */
  function drop(): void {
    pending = ''
    index += 1
  }

  function pauseFor(ms: number): void {
    pause = setTimeout(() => {
      pause = undefined
      next()
    }, ms)
  }

  async function sendOne(): Promise<void> {
    const text = headOf(pending)
    const sent = index
    pending = pending.slice(text.length)
    index += 1
    const fate = await send(sent, text)
    if (fate === 'heard') return
    mutedUntilMs = performance.now() + MUTE_MS
    const hasGap = index !== sent + 1 || text.length + pending.length > PENDING_UNITS
    if (fate === 'unknown' || hasGap || isClosed) return
    pending = text + pending
    index = sent
  }

  function next(): void {
    if (pending === '' || isSending || pause !== undefined || isClosed) return
    if (mutedMs() > 0) {
      pauseFor(mutedMs())
      return
    }
    isSending = true
    pauseFor(GATHER_MS)
    void sendOne().finally(() => {
      isSending = false
      next()
    })
  }

  return {
    write(text) {
      if (pending.length + text.length > PENDING_UNITS) drop()
      pending += text.slice(-PENDING_UNITS)
      next()
    },

    close() {
      isClosed = true
      clearTimeout(pause)
      while (pending !== '' && mutedMs() <= 0) void sendOne()
      pending = ''
    },
  }
}

/** As much as fits, without cutting a character in two. */
function headOf(text: string): string {
  const head = text.slice(0, MESSAGE_UNITS)
  const endsInHalf = head.length < text.length && /[\uD800-\uDBFF]$/.test(head)
  return endsInHalf ? head.slice(0, -1) : head
}
