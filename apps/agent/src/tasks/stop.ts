/** The service stops and the task cannot be finished here. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError'
}

export interface Grace {
  /** Aborted when the service begins to stop. */
  readonly stop: AbortSignal
  readonly graceMs: number
  /** Aborted when there is nothing more to win. */
  readonly lost: AbortSignal
}

/**
 * Work that may go on for a while when the service stops, since ending it half-way throws away what
 * was paid for. Its signal is aborted at once when the task is lost.
 */
export async function withGrace<Result>(
  { stop, graceMs, lost }: Grace,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    timer = setTimeout(() => over.abort(new StoppingError('The service stops')), graceMs)
  }
  if (stop.aborted) begin()
  else stop.addEventListener('abort', begin, { once: true })
  try {
    return await work(AbortSignal.any([lost, over.signal]))
  } finally {
    stop.removeEventListener('abort', begin)
    clearTimeout(timer)
  }
}
