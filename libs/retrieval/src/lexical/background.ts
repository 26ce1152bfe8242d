import { setImmediate } from 'node:timers/promises'

/** Work in steps: after each, others have their turn. */
export type Steps<Result> = Generator<void, Result>

/** Does one piece of work after the other, as long as there is some. */
export interface Background {
  /** There may be something to do. */
  wake(): void
  /** When there is nothing to do any more. @throws what the work has thrown */
  idle(): Promise<void>
  /** After the step that is under way, none. */
  close(): void
}

/** @param next some work, or undefined when there is none */
export function createBackground(next: () => Steps<unknown> | undefined): Background {
  let running: Promise<void> | undefined
  let isClosed = false

  async function run(): Promise<void> {
    // Whoever wakes it goes on first: what he does may be followed by more of the kind.
    await setImmediate()
    for (let work = next(); work !== undefined && !isClosed; work = next()) {
      while (!isClosed && work.next().done !== true) await setImmediate()
    }
    running = undefined
  }

  return {
    wake() {
      if (isClosed || running !== undefined) return
      running = run()
      // `idle` has it.
      running.catch(() => {})
    },
    async idle() {
      while (running !== undefined) await running
    },
    close() {
      isClosed = true
    },
  }
}
