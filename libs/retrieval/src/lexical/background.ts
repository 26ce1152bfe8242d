import { setImmediate } from 'node:timers/promises'

/** Work in steps: after each, others have their turn. */
export type Steps<Result> = Generator<void, Result>

/** Does one piece of work after the other, as long as there is some. */
export interface Background {
  /** There may be something to do. */
  wake(): void
  /** When there is nothing to do any more. @throws what the work has thrown */
  idle(): Promise<void>
  /** Gives up what is under way, until it is woken again. */
  pause(): void
}

/** @param next some work, or undefined when there is none */
export function createBackground(next: () => Steps<unknown> | undefined): Background {
  let running: Promise<void> | undefined
  let isPaused = false

  async function run(): Promise<void> {
    // Whoever wakes it goes on first: what he does may be followed by more of the kind.
    await setImmediate()
    for (let work = next(); work !== undefined && !isPaused; work = next()) {
      while (!isPaused && work.next().done !== true) await setImmediate()
    }
    running = undefined
  }

  return {
    wake() {
      isPaused = false
      if (running !== undefined) return
      running = run()
      // `idle` has it.
      running.catch(() => {})
    },
    async idle() {
      while (running !== undefined) await running
    },
    pause() {
      isPaused = true
    },
  }
}
