import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { UnavailableError } from '@dure/kernel'
import type { Dictionary } from '@dure/retrieval'
import type { AnalysisTask, PassageTerms } from '../passage-terms.ts'

/** One at a time; what goes wrong in it is the end of it. */
export interface AnalysisThread {
  readonly isAlive: boolean
  /** @throws UnavailableError `analyzer.thread-lost` when the thread ends first, or takes too long */
  run(task: AnalysisTask): Promise<readonly PassageTerms[]>
  end(): Promise<void>
}

export interface ThreadOptions {
  readonly dictionary: Dictionary
  /** For some passages. */
  readonly timeoutMs?: number
  /** Tests start other programs in the same thread. */
  readonly entry?: string
}

const TIMEOUT_MS = 30_000
/**
 * Of the heap of one thread: the dictionary lies outside, and what it makes is sent away. Seven are in use; what more is allowed
 * is filled with garbage, in each thread.
 */
const HEAP = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 }
const HERE = fileURLToPath(import.meta.url)
// As a source file beside this one, or as a file of a build beside the service.
const ENTRY = join(
  dirname(HERE),
  HERE.endsWith('.ts') ? 'analysis-thread.ts' : 'analysis-thread.js',
)

export function startThread({
  dictionary,
  timeoutMs = TIMEOUT_MS,
  entry = ENTRY,
}: ThreadOptions): AnalysisThread {
  // Its large parts are in shared memory: they are not copied. Without what the service preloads, such as tracing.
  const worker = new Worker(entry, {
    workerData: dictionary,
    resourceLimits: HEAP,
    execArgv: [],
    env: {},
  })
  let isAlive = true
  let cause: unknown
  let current: PromiseWithResolvers<readonly PassageTerms[]> | undefined
  worker.on('message', (terms: readonly PassageTerms[]) => current?.resolve(terms))
  worker.on('error', (error) => {
    cause = error
  })
  worker.on('exit', () => {
    isAlive = false
    current?.reject(lost(cause))
  })

  return {
    get isAlive() {
      return isAlive
    },

    async run(task) {
      current = Promise.withResolvers()
      const timer = setTimeout(() => worker.terminate(), timeoutMs)
      try {
        if (!isAlive) throw lost(cause)
        worker.postMessage(task)
        return await current.promise
      } finally {
        clearTimeout(timer)
        current = undefined
      }
    },

    async end() {
      await worker.terminate()
    },
  }
}

function lost(cause: unknown): UnavailableError {
  const message = 'The thread that analysed the passages is gone; another one may do it'
  return new UnavailableError('analyzer.thread-lost', message, {}, { cause })
}
