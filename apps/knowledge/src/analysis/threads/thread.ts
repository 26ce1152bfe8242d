import { join } from 'node:path'
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
/** At once: what a thread makes of them is garbage when it is sent, and that is a fifth of the memory of one that sends twenty. */
const PORTION = 4
const IS_SOURCE = import.meta.filename.endsWith('.ts')
/**
 * Of the heap of one thread: the dictionary lies outside, and what it makes is sent away. Five and a half are in use, four of them by Node;
 * what more is allowed is filled with garbage, in each thread. Sources need more, while their types are taken away.
 */
const HEAP = { maxOldGenerationSizeMb: IS_SOURCE ? 16 : 10, maxYoungGenerationSizeMb: 1 }
// As a source file beside this one, or as a file of a build beside the service.
const ENTRY = join(import.meta.dirname, `analysis-thread.${IS_SOURCE ? 'ts' : 'js'}`)

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
  let current: Work | undefined
  worker.on('message', (terms: readonly PassageTerms[]) => current?.take(terms))
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

    async run({ passages, words }) {
      current = workOf(passages.length)
      const timer = setTimeout(() => worker.terminate(), timeoutMs)
      try {
        if (!isAlive) throw lost(cause)
        for (let from = 0; from < passages.length; from += PORTION) {
          worker.postMessage({ passages: passages.slice(from, from + PORTION), words })
        }
        return await current.done
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

interface Work {
  readonly done: Promise<readonly PassageTerms[]>
  take(terms: readonly PassageTerms[]): void
  reject(error: unknown): void
}

/** Is done when there are terms of so many passages. */
function workOf(passages: number): Work {
  const { promise, resolve, reject } = Promise.withResolvers<readonly PassageTerms[]>()
  const found: PassageTerms[] = []
  const take = (terms: readonly PassageTerms[]) => {
    found.push(...terms)
    if (found.length >= passages) resolve(found)
  }
  take([])
  return { done: promise, take, reject }
}

function lost(cause: unknown): UnavailableError {
  const message = 'The thread that analysed the passages is gone; another one may do it'
  return new UnavailableError('analyzer.thread-lost', message, {}, { cause })
}
