interface Waiting<Item> {
  readonly item: Item
  resolve(): void
  reject(error: unknown): void
}

/**
 * Work that goes one at a time but takes many items at once: whoever comes while a round is going on
 * is served by the next one, together with all who came. A round that fails is taken apart, so that
 * one bad item does not fail the others.
 */
export function createLane<Item>(
  work: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = []
  let busy = false

  async function serveAll(): Promise<void> {
    if (busy) return
    busy = true
    while (waiting.length > 0) {
      const round = waiting
      waiting = []
      await serve(round)
    }
    busy = false
  }

  /** Never rejects: each item learns its own fate. */
  async function serve(round: readonly Waiting<Item>[]): Promise<void> {
    try {
      await work(round.map(({ item }) => item))
      for (const { resolve } of round) resolve()
    } catch (error) {
      if (round.length > 1) await Promise.all(round.map((one) => serve([one])))
      else round[0]?.reject(error)
    }
  }

  return async (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    waiting.push({ item, resolve, reject })
    void serveAll()
    await promise
  }
}
