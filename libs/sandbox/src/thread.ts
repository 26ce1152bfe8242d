import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Outcome, Program } from './program.ts'

/** One thread with an interpreter. It is thrown away after a hang, a crash, or enough programs. */
export interface SandboxThread {
  /** One at a time. A thread that is not `isUsable` afterwards has ended. */
  run(program: Program): Promise<Outcome>
  readonly isUsable: boolean
  end(): Promise<void>
}

/** What a program can do without looking at the clock takes so long at the most. */
const GRACE_MS = 150
/** Whatever leaks in the interpreter goes with the thread. */
const MAX_PROGRAMS = 200
const START_TIMEOUT_MS = 30_000
// As a source file beside this one, or as a file of a build beside the service.
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './sandbox-thread.ts' : './sandbox-thread.js',
  import.meta.url,
)

/**
 * @param memoryBytes that a program and its interpreter have together
 * @throws when it cannot be started
 */
export async function startThread(memoryBytes: number): Promise<SandboxThread> {
  const worker = new Worker(ENTRY, {
    workerData: { memoryBytes },
    // Nothing of this process is to be found there, not even by whoever breaks out.
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  })
  worker.unref()
  // Whoever waits hears of it by `exit`.
  worker.on('error', () => {})
  let hasEnded = false
  worker.once('exit', () => {
    hasEnded = true
  })
  await Promise.race([
    once(worker, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) }),
    once(worker, 'exit').then(() => {
      throw new Error('The thread of a sandbox ended before it began')
    }),
  ])
  let programs = 0

  function answerTo(program: Program): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const watchdog = setTimeout(() => {
      hasEnded = true
      resolve(lost('deadline', 'It took longer than it may'))
      void worker.terminate()
    }, program.deadlineMs + GRACE_MS)
    const onExit = () => resolve(lost('crashed', 'The interpreter broke'))
    worker.once('exit', onExit)
    worker.once('message', resolve)
    worker.postMessage(program)
    return promise.finally(() => {
      clearTimeout(watchdog)
      worker.off('exit', onExit)
      worker.off('message', resolve)
    })
  }

  return {
    async run(program) {
      programs++
      const outcome = await answerTo(program)
      const isSpent = programs >= MAX_PROGRAMS || isBroken(outcome)
      if (isSpent) hasEnded = true
      if (isSpent) void worker.terminate()
      return outcome
    },
    get isUsable() {
      return !hasEnded
    },
    end: async () => void (await worker.terminate()),
  }
}

/** Nobody knows what state the interpreter is in, or it would keep the memory that it took. */
function isBroken(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && ['crashed', 'memory'].includes(outcome.reason)
}

function lost(reason: 'deadline' | 'crashed', message: string): Outcome {
  return { kind: 'failed', reason, message, logs: [] }
}
