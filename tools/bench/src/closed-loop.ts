/** How long to keep the clients busy: a number of runs, or a time. */
export type LoadLength = { readonly runs: number } | { readonly forMs: number }

export interface Load {
  /** That many clients; each asks again as soon as it has its answer. */
  readonly concurrency: number
  readonly length: LoadLength
  /** One request. @throws when its answer is not the right one: then the whole load ends */
  readonly once: () => Promise<void>
}

export interface LoadResult {
  /** Of each run, in no particular order. */
  readonly latenciesMs: readonly number[]
  /** From the first request to the last answer. */
  readonly elapsedMs: number
}

export async function runLoad({ concurrency, length, once }: Load): Promise<LoadResult> {
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  let begun = 0
  const goesOn = () =>
    'runs' in length ? begun < length.runs : performance.now() - startedAt < length.forMs
  const client = async () => {
    while (goesOn()) {
      begun += 1
      const askedAt = performance.now()
      await once()
      latenciesMs.push(performance.now() - askedAt)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  return { latenciesMs, elapsedMs: performance.now() - startedAt }
}
