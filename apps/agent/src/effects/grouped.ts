import { type Context, context } from '@opentelemetry/api'

export interface GroupedOptions<Item, Result> {
  /** @returns the results in the order of the items */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  /** Items of one key never go out together. */
  readonly keyOf: (item: Item) => string
  /** Whether nothing was done, and one item may be to blame: then each is tried alone. */
  readonly isOneToBlame?: (error: unknown) => boolean
  readonly maxItems?: number
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
    const group = new Map<string, Call<Item, Result>>()
    const later: Call<Item, Result>[] = []
    for (const call of waiting) {
      const key = keyOf(call.item)
      if (group.size === maxItems || group.has(key)) later.push(call)
      else group.set(key, call)
    }
    waiting = later
    return [...group.values()]
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
