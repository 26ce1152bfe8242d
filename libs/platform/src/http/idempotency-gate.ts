import { ConflictError } from '@dure/kernel'

/** One request per key at a time in this process; the others wait in memory, in order. */
export interface Gate {
  /**
   * Resolves when nobody else has the key.
   *
   * @returns lets the next one in
   * @throws ConflictError `idempotency.in-progress` after the wait, or when too many wait
   */
  enter(id: string): Promise<() => void>
}

export interface GateOptions {
  /** Milliseconds. */
  readonly waitMs?: number
  /** For one key. */
  readonly maxWaiting?: number
}

const WAIT_MS = 10_000
const MAX_WAITING = 100

export function createGate({ waitMs = WAIT_MS, maxWaiting = MAX_WAITING }: GateOptions = {}): Gate {
  /** Who waits, for each key that somebody has. */
  const waiting = new Map<string, Set<() => void>>()

  function leave(id: string): void {
    const queue = waiting.get(id)
    const [next] = queue ?? []
    if (!queue || !next) waiting.delete(id)
    else {
      // At once: a turn is given to one who takes it, not to one whose wait is just over.
      queue.delete(next)
      next()
    }
  }

  async function wait(queue: Set<() => void>): Promise<void> {
    if (queue.size >= maxWaiting) throw inProgress()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    queue.add(resolve)
    const timer = setTimeout(() => {
      queue.delete(resolve)
      reject(inProgress())
    }, waitMs)
    await promise.finally(() => clearTimeout(timer))
  }

  return {
    async enter(id) {
      const queue = waiting.get(id)
      if (queue) await wait(queue)
      else waiting.set(id, new Set())
      return () => leave(id)
    },
  }
}

export function inProgress(): ConflictError {
  return new ConflictError(
    'idempotency.in-progress',
    'A request with this Idempotency-Key is still being worked on: send it again in a moment',
    {},
    { retryAfterS: 1 },
  )
}
