import type { RunEventView } from './run-row.ts'

/** Which execution of which node speaks. */
interface Speaker {
  readonly nodeId: string
  readonly path?: string
  readonly attempt: number
}

/** What the nodes of one run are about to say, between the events that say what happened. */
export interface LiveDeltas<Delta extends Speaker> {
  /** Events were told: what their nodes were about to say is of no interest any more. */
  after(news: readonly Pick<RunEventView, 'event'>[]): void
  /** The deltas that wait, then those that come until the promise resolves. */
  until(changed: Promise<void>, isBehind: () => boolean): AsyncGenerator<Delta>
  close(): void
}

/** What is kept until it is sent; beyond this, the newest is lost. */
const MAX_WAITING = 64
/** Nodes of which it is known that they have ended; a delta is late by milliseconds. */
const MAX_ENDED = 1000

/** The events after which an attempt of a node says nothing more. */
const ENDS: ReadonlySet<string> = new Set([
  'node.completed',
  'node.failed',
  'node.retrying',
  'node.needs-review',
  'node.cancelled',
])

/** @param listen begins to call with each delta of the run, and gives back what ends that */
export function createLiveDeltas<Delta extends Speaker>(
  listen: (onDelta: (delta: Delta) => void) => () => void,
): LiveDeltas<Delta> {
  const waiting: Delta[] = []
  const ended = createEnded()
  let stop: (() => void) | undefined
  let wake = () => {}

  function onDelta(delta: Delta): void {
    if (waiting.length < MAX_WAITING) waiting.push(delta)
    wake()
  }

  return {
    after(news) {
      for (const { event } of news) ended.add(event)
    },

    async *until(changed, isBehind) {
      // A run that has ended is read without that.
      stop ??= listen(onDelta)
      let hasChanged = false
      void changed.then(() => {
        hasChanged = true
        wake()
      })
      do {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        if (waiting.length === 0) await promise
        for (const delta of waiting.splice(0)) {
          if (!isBehind() && !ended.has(delta)) yield delta
        }
      } while (!hasChanged)
    },

    close: () => stop?.(),
  }
}

/** Up to which attempt each path has ended, of the last ones that did. */
function createEnded() {
  const attempts = new Map<string, number>()

  function end(path: string, attempt: number): void {
    attempts.delete(path)
    attempts.set(path, attempt)
    const oldest = attempts.keys().next()
    if (attempts.size > MAX_ENDED && !oldest.done) attempts.delete(oldest.value)
  }

  return {
    add(event: RunEventView['event']) {
      if (!('nodeId' in event) || event.nodeId === undefined) return
      const path = ('path' in event ? event.path : undefined) ?? event.nodeId
      const attempt = 'attempt' in event ? event.attempt : undefined
      if (ENDS.has(event.type)) end(path, attempt ?? Number.POSITIVE_INFINITY)
      // It had ended, and is executed once more.
      else if (event.type === 'node.scheduled') end(path, event.attempt - 1)
    },
    has: ({ path, nodeId, attempt }: Speaker) => (attempts.get(path ?? nodeId) ?? 0) >= attempt,
  }
}
