export interface BatcherOptions<Item, Result> {
  readonly maxItems: number
  /** A batch holds no more, unless its first item alone does. */
  readonly maxBytes: number
  /** So many batches are under way at the same time. */
  readonly maxInFlight: number
  /** Two items of one key never go together. */
  keyOf(item: Item): string
  bytesOf(item: Item): number
  /** Settles each item on its own, in their order; when it rejects, so does every one of them. */
  send(items: readonly Item[]): Promise<readonly PromiseSettledResult<Result>[]>
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Group commit: an item goes at once while few batches are under way; those that come meanwhile wait
 * and go together. So nobody waits for company, and under load a statement carries many.
 */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let inFlight = 0

  function take(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = []
    const kept: Waiting<Item, Result>[] = []
    const keys = new Set<string>()
    let bytes = 0
    for (const [index, one] of waiting.entries()) {
      bytes += options.bytesOf(one.item)
      const full = batch.length === options.maxItems || bytes > options.maxBytes
      if (full && batch.length > 0) {
        kept.push(...waiting.slice(index))
        break
      }
      const key = options.keyOf(one.item)
      const target = keys.has(key) ? kept : batch
      target.push(one)
      keys.add(key)
    }
    waiting = kept
    return batch
  }

  async function send(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const settled = await options.send(batch.map(({ item }) => item))
      for (const [index, { resolve, reject }] of batch.entries()) {
        const one = settled[index]
        if (one?.status === 'fulfilled') resolve(one.value)
        else reject(one?.reason ?? new TypeError('A batch did not settle all of its items'))
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  function pump(): void {
    while (inFlight < options.maxInFlight && waiting.length > 0) {
      inFlight += 1
      void send(take()).finally(() => {
        inFlight -= 1
        pump()
      })
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      pump()
    })
}
