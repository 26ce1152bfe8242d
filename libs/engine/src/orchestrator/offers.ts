import type { TaskResult } from './ports.ts'

/** A result that has just arrived, and that is not stored anywhere yet. */
export interface Offer {
  readonly result: TaskResult
  /** @param taken whether it is part of a commit now; else it has to be stored */
  settle(taken: boolean): void
}

/** Results for a run that is in the hands of this process: taken in without a detour over the store. */
export interface Offers {
  /** Resolves with true when the result is part of a commit; with false, it has to be stored. */
  add(result: TaskResult): Promise<boolean>
  take(): readonly Offer[]
  readonly waiting: number
  /** Resolves when there is one. */
  next(): Promise<void>
  /** Nobody takes any more of them. */
  close(): void
}

export function createOffers(): Offers {
  let offers: Offer[] = []
  let closed = false
  let notify = () => {}

  return {
    get waiting() {
      return offers.length
    },
    async add(result) {
      if (closed) return false
      const { promise, resolve } = Promise.withResolvers<boolean>()
      offers.push({ result, settle: resolve })
      notify()
      return promise
    },
    take() {
      const taken = offers
      offers = []
      return taken
    },
    async next() {
      if (offers.length > 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      notify = resolve
      await promise
    },
    close() {
      closed = true
      for (const offer of this.take()) offer.settle(false)
    },
  }
}
