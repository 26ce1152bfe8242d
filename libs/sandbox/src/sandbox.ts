import type { Outcome, Program } from './program.ts'
import { type SandboxThread, startThread } from './thread.ts'
import { createTurns } from './turns.ts'

/** Runs programs that nobody vouches for, each in an interpreter of its own, in threads of their own. */
export interface Sandbox {
  /**
   * Never rejects because of what the program does: that is its outcome. It ends `deadlineMs` after its
   * beginning and a quarter of a second, whatever it does.
   *
   * @param line of whoever wants it: each line has its turn, however many stand in another one
   * @throws UnavailableError `sandbox.busy` when too many wait already, `sandbox.closed`
   */
  run(program: Program, line?: string): Promise<Outcome>
  /** Threads that are ready, so that the first program does not wait for one. */
  warm(): Promise<void>
  close(): Promise<void>
}

export interface SandboxOptions {
  /** How many programs run at once; each has a thread. */
  readonly threads: number
  /** That each has, for its interpreter and the program; 16 MiB of it are the interpreter's to begin with. */
  readonly memoryBytes?: number
  /** In one line; of all lines together ten times as many. */
  readonly maxWaiting?: number
}

const MAX_WAITING = 200
const LINES = 10
const MEMORY_BYTES = 64 * 1_048_576

export function createSandbox({
  threads,
  memoryBytes = MEMORY_BYTES,
  maxWaiting = MAX_WAITING,
}: SandboxOptions): Sandbox {
  /** The last ones are ready; the first may still be starting. */
  const idle: Promise<SandboxThread>[] = []
  const all = new Set<SandboxThread>()
  const turns = createTurns({
    places: threads,
    maxInLine: maxWaiting,
    maxWaiting: LINES * maxWaiting,
  })
  let isClosed = false

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
    async run(program, line = '') {
      await turns.take(line)
      try {
        const thread = await (idle.pop()?.catch(start) ?? start())
        const outcome = await thread.run(program)
        giveBack(thread)
        return outcome
      } finally {
        turns.pass()
      }
    },

    async warm() {
      const started = await Promise.all(Array.from({ length: threads - all.size }, start))
      idle.push(...started.map((thread) => Promise.resolve(thread)))
    },

    async close() {
      isClosed = true
      turns.close()
      await Promise.allSettled(idle)
      await Promise.all(Array.from(all, (thread) => thread.end()))
      all.clear()
    },
  }
}
