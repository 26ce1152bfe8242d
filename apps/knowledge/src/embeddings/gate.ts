import { setTimeout as wait } from 'node:timers/promises'

/** Lets requests out one after another: so many at once, so many per minute, the others in the order of their coming. */
export interface Gate {
  /** @throws `signal.reason` when it is aborted while it waits; else as `work` does */
  pass<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>
}

export interface GateOptions {
  readonly concurrency: number
  /** Evenly: at 60, one per second. 0: no bound. */
  readonly perMinute: number
}

export function createGate({ concurrency, perMinute }: GateOptions): Gate {
  const waiting: { go: () => void }[] = []
  const gapMs = perMinute === 0 ? 0 : 60_000 / perMinute
  let running = 0
  /** When the next one may go, on the clock of `performance.now()`. */
  let nextAtMs = 0

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (running < concurrency) {
      running++
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const place = { go: resolve }
    const leave = () => {
      const at = waiting.indexOf(place)
      if (at === -1) return
      waiting.splice(at, 1)
      reject(signal.reason)
    }
    waiting.push(place)
    signal.addEventListener('abort', leave, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', leave))
  }

  function exit(): void {
    const next = waiting.shift()
    if (next) next.go()
    else running--
  }

  async function pace(signal: AbortSignal): Promise<void> {
    const nowMs = performance.now()
    const atMs = Math.max(nowMs, nextAtMs)
    nextAtMs = atMs + gapMs
    if (atMs > nowMs) await wait(atMs - nowMs, undefined, { signal })
  }

  return {
    async pass(signal, work) {
      await enter(signal)
      try {
        await pace(signal)
        return await work()
      } finally {
        exit()
      }
    },
  }
}
