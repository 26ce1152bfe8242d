import type { Pace } from './pace-store.ts'

/** Lets requests out one after another: so many at once, at a pace, the others in the order of their coming. */
export interface Gate {
  /** @throws `signal.reason` when it is aborted while it waits; else as the pace, or as `work` does */
  pass<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>
}

export interface GateOptions {
  readonly concurrency: number
  readonly pace: Pace
}

export function createGate({ concurrency, pace }: GateOptions): Gate {
  const waiting: { go: () => void }[] = []
  let running = 0

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

  return {
    async pass(signal, work) {
      await enter(signal)
      try {
        await pace.next(signal)
        return await work()
      } finally {
        exit()
      }
    },
  }
}
