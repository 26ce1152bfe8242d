import { withDeadline } from '@dure/kernel'
import type { Engine } from './engine.ts'

/** Tidies up in the background: whoever searches waits for what must be there, and not for what makes it fast. */
export interface Tidying {
  /** Some rows of the base are new. */
  soon(base: string): void
  /** Begins no more, and waits a while for what is under way. */
  close(): Promise<void>
}

/** A process ends within half a minute. What is half tidied then is tidied up after more rows. */
const CLOSE_MS = 10_000

/** @param onFailure told when it went wrong; it is tried again after more rows */
export function createTidying(
  engine: Pick<Engine, 'tidy'>,
  onFailure: (error: unknown) => void = () => {},
): Tidying {
  // One base at a time, as all rows of it may be read. One that has got more meanwhile comes again.
  const due = new Set<string>()
  let running: Promise<void> | undefined

  async function work(): Promise<void> {
    for (const base of due) {
      due.delete(base)
      await engine.tidy(base).catch(onFailure)
    }
    running = undefined
  }

  return {
    soon(base) {
      due.add(base)
      running ??= work()
    },
    async close() {
      due.clear()
      const deadline = {
        timeoutMs: CLOSE_MS,
        code: 'retrieval-store.slow',
        what: 'To tidy up',
      } as const
      await withDeadline(deadline, async () => running).catch(onFailure)
    },
  }
}
