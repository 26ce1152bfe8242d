import { UnavailableError } from '@dure/kernel'
import type { Outcome, Program } from './program.ts'
import { type SandboxThread, startThread } from './thread.ts'

/** Runs programs that nobody vouches for, each in an interpreter of its own, in threads of their own. */
export interface Sandbox {
  /**
   * Never rejects because of what the program does: that is its outcome. It ends `deadlineMs` after its
   * beginning and a quarter of a second, whatever it does.
   *
   * @throws UnavailableError `sandbox.busy` when too many wait already, `sandbox.closed`
   */
  run(program: Program): Promise<Outcome>
  /** Threads that are ready, so that the first program does not wait for one. */
  warm(): Promise<void>
  close(): Promise<void>
}

export interface SandboxOptions {
  /** How many programs run at once; each has a thread. */
  readonly threads: number
  /** That each has, for its interpreter and the program; 16 MiB of it are the interpreter's to begin with. */
  readonly memoryBytes?: number
  readonly maxWaiting?: number
}

const MAX_WAITING = 200
const MEMORY_BYTES = 64 * 1_048_576

export function createSandbox({
  threads,
  memoryBytes = MEMORY_BYTES,
  maxWaiting = MAX_WAITING,
}: SandboxOptions): Sandbox {
  /** The last ones are ready; the first may still be starting. */
  const idle: Promise<SandboxThread>[] = []
  const waiting: (() => void)[] = []
  const all = new Set<SandboxThread>()
  let free = threads
  let isClosed = false

  async function turn(): Promise<void> {
    if (isClosed) throw new UnavailableError('sandbox.closed', 'The service is stopping')
    if (free > 0) {
      free--
      return
    }
    if (waiting.length >= maxWaiting) {
      throw new UnavailableError('sandbox.busy', 'Too much code waits to be run: try again')
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
    if (isClosed) throw new UnavailableError('sandbox.closed', 'The service is stopping')
  }

  function pass(): void {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  async function start(): Promise<SandboxThread> {
    const thread = await startThread(memoryBytes)
    all.add(thread)
    if (isClosed) await thread.end()
    return thread
  }

  function giveBack(thread: SandboxThread): void {
    if (thread.isUsable) idle.push(Promise.resolve(thread))
    else replace(thread)
  }

  /** At once, so that whoever comes next need not wait for it. */
  function replace(thread: SandboxThread): void {
    all.delete(thread)
    if (isClosed) return
    const next = start()
    // Whoever takes it starts another one.
    next.catch(() => {})
    idle.unshift(next)
  }

  return {
    async run(program) {
      await turn()
      try {
        const thread = await (idle.pop()?.catch(start) ?? start())
        const outcome = await thread.run(program)
        giveBack(thread)
        return outcome
      } finally {
        pass()
      }
    },

    async warm() {
      const started = await Promise.all(Array.from({ length: threads - all.size }, start))
      idle.push(...started.map((thread) => Promise.resolve(thread)))
    },

    async close() {
      isClosed = true
      for (const next of waiting.splice(0)) next()
      await Promise.allSettled(idle)
      await Promise.all(Array.from(all, (thread) => thread.end()))
      all.clear()
    },
  }
}
