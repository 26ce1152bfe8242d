export interface BulkheadLimits {
  /** Requests that may be on their way at once. */
  readonly maxActive: number
  /** Requests that may wait for one of them to end. */
  readonly maxWaiting: number
}

/**
 * Bounds what one slow service can take from the others: at most so many requests at once, and at
 * most so many in the queue, first come first served.
 */
export class Bulkhead {
  readonly #limits: BulkheadLimits
  readonly #waiting = new Set<() => void>()
  #active = 0

  constructor(limits: BulkheadLimits) {
    this.#limits = limits
  }

  /**
   * The function that makes the place free again (more calls of it do nothing); `undefined` when
   * there is no room now.
   */
  tryEnter(): (() => void) | undefined {
    if (this.#active >= this.#limits.maxActive) return undefined
    this.#active++
    return this.#leaveOnce()
  }

  /** As `tryEnter`, but waits for room, unless too many do. Rejects when the signal aborts. */
  async enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    signal.throwIfAborted()
    const leave = this.tryEnter()
    if (leave || this.#waiting.size >= this.#limits.maxWaiting) return leave
    await this.#turn(signal)
    return this.#leaveOnce()
  }

  /** The one who leaves hands its place over: nobody can take it in between. */
  #turn(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => {
      this.#waiting.delete(onTurn)
      reject(signal.reason)
    }
    const onTurn = () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }
    this.#waiting.add(onTurn)
    signal.addEventListener('abort', onAbort, { once: true })
    return promise
  }

  #leaveOnce(): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      const [next] = this.#waiting
      if (next === undefined) {
        this.#active--
        return
      }
      this.#waiting.delete(next)
      next()
    }
  }
}
