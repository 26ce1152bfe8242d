import { UnavailableError } from '@dure/kernel'
import { type Dictionary, loadDictionary } from '@dure/retrieval'
import type { AnalysisTask, PassageTerms } from '../passage-terms.ts'
import { type AnalysisThread, startThread, type ThreadOptions } from './thread.ts'

/**
 * Analyses passages in threads, so that the one that answers questions never waits for a document.
 * All of them look at one dictionary.
 */
export interface ThreadPool {
  /**
   * @throws UnavailableError `analyzer.thread-lost` when the thread ends meanwhile: only this work is lost
   * @throws UnavailableError `analyzer.busy` when too many wait already
   */
  run(task: AnalysisTask): Promise<readonly PassageTerms[]>
  close(): Promise<void>
}

export interface ThreadPoolOptions extends Omit<ThreadOptions, 'dictionary'> {
  /** How many threads there are at the most. They start when they are needed, and stay. */
  readonly size: number
  readonly maxWaiting?: number
}

/** Many times the documents that are ingested at once, each of which waits for one answer. */
const MAX_WAITING = 1000

export function createThreadPool(options: ThreadPoolOptions): ThreadPool {
  const { size, maxWaiting = MAX_WAITING } = options
  const idle: AnalysisThread[] = []
  const busy = new Set<AnalysisThread>()
  const waiting: (() => void)[] = []
  let places = size
  let isClosed = false

  async function turn(): Promise<void> {
    if (places > 0) {
      places--
      return
    }
    if (waiting.length >= maxWaiting) {
      throw new UnavailableError('analyzer.busy', 'Too many passages wait to be analysed')
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function pass(): void {
    const next = waiting.shift()
    if (next) next()
    else places++
  }

  function take(dictionary: Dictionary): AnalysisThread {
    if (isClosed) throw new UnavailableError('analyzer.thread-lost', 'The service is stopping')
    let thread = idle.pop()
    while (thread && !thread.isAlive) thread = idle.pop()
    thread ??= startThread({ ...options, dictionary })
    busy.add(thread)
    return thread
  }

  function give(thread: AnalysisThread): void {
    busy.delete(thread)
    if (thread.isAlive) idle.push(thread)
  }

  return {
    async run(task) {
      await turn()
      try {
        const thread = take(await loadDictionary())
        return await thread.run(task).finally(() => give(thread))
      } finally {
        pass()
      }
    },

    async close() {
      isClosed = true
      await Promise.all([...idle.splice(0), ...busy].map((thread) => thread.end()))
    },
  }
}
