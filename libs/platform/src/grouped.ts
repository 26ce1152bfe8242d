import { type Context, context } from '@opentelemetry/api'

export interface GroupedOptions<Item, Result> {
  /** @returns the results in the order of the items */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  /** Items of one key never go out together; absent: any may. */
  readonly keyOf?: (item: Item) => string
  /** Whether nothing was done, and one item may be to blame: then each is tried alone. */
  readonly isOneToBlame?: (error: unknown) => boolean
  readonly maxItems?: number
  /** What an item adds to its group; absent: nothing. */
  readonly bytesOf?: (item: Item) => number
  /** A group holds no more, unless its first item alone does. */
  readonly maxBytes?: number
  readonly maxInFlight?: number
}

interface Call<Item, Result> {
  readonly item: Item
  readonly context: Context
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * A call that others share. Those of one turn of the event loop go out as one, and so do those that
 * arrive while as many as may be are under way; a lone one waits for nobody. The fewer round trips
 * the process can make, the more calls each of them carries.
 */
export function grouped<Item, Result>({
  run,
  keyOf,
  isOneToBlame = () => false,
  maxItems = 64,
  bytesOf = () => 0,
  maxBytes = Number.POSITIVE_INFINITY,
  maxInFlight = 2,
}: GroupedOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Call<Item, Result>[] = []
  let inFlight = 0
  let isScheduled = false

  function schedule() {
    if (isScheduled || waiting.length === 0 || inFlight === maxInFlight) return
    isScheduled = true
    setImmediate(flush)
  }

  function flush() {
    isScheduled = false
    const group = take()
    inFlight += 1
    void settle(group).finally(() => {
      inFlight -= 1
      schedule()
    })
    schedule()
  }

  function take(): Call<Item, Result>[] {
    const group: Call<Item, Result>[] = []
    const keys = new Set<string>()
    const later: Call<Item, Result>[] = []
    let bytes = 0
    let isFull = false
    for (const call of waiting) {
      const key = keyOf?.(call.item)
      bytes += bytesOf(call.item)
      isFull ||= group.length === maxItems || (bytes > maxBytes && group.length > 0)
      if (isFull || (key !== undefined && keys.has(key))) later.push(call)
      else group.push(call)
      if (key !== undefined) keys.add(key)
    }
    waiting = later
    return group
  }

  async function settle(group: readonly Call<Item, Result>[]): Promise<void> {
    try {
      const results = await runAll(group)
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result)
    } catch (error) {
      if (group.length > 1 && isOneToBlame(error)) {
        await Promise.all(group.map((call) => settle([call])))
      } else for (const { reject } of group) reject(error)
    }
  }

  /** It shows in the trace of the first of them, never in that of whoever happened to be before. */
  async function runAll(group: readonly Call<Item, Result>[]) {
    const items = group.map(({ item }) => item)
    const results = await context.with(group[0]?.context ?? context.active(), () => run(items))
    if (results.length !== items.length) throw new TypeError('Not one result for each item')
    return results
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, context: context.active(), resolve, reject })
      schedule()
    })
}
