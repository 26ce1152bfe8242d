/** Lets so many works go on at once; whoever comes later begins in the order of coming. */
export type Semaphore = <Result>(work: () => Promise<Result>) => Promise<Result>

export function createSemaphore(limit: number): Semaphore {
  let free = limit
  const waiting: (() => void)[] = []

  function leave() {
    const next = waiting.shift()
    // The place goes on to the next one: nobody who comes meanwhile may take it.
    if (next) next()
    else free += 1
  }

  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((enter) => waiting.push(enter))
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
