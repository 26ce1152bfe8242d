/** What time it is in PostgreSQL, whatever the clock of this machine says. */
export interface DatabaseClock {
  /** Epoch milliseconds; off by no more than a look at PostgreSQL takes. */
  now(): number
  /** Looks again. To be called now and then: clocks drift. */
  sync(): Promise<void>
}

export interface DatabaseClockOptions {
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly read: () => Promise<number>
  /** Milliseconds that only grow. */
  readonly monotonicMs: () => number
}

/** @throws whatever `read` does, when PostgreSQL cannot be asked at the start */
export async function createDatabaseClock({
  read,
  monotonicMs,
}: DatabaseClockOptions): Promise<DatabaseClock> {
  let offsetMs = 0
  async function sync(): Promise<void> {
    const before = monotonicMs()
    const now = await read()
    // The answer was true somewhere between question and answer: half-way is the best guess.
    offsetMs = now - (before + monotonicMs()) / 2
  }
  await sync()
  return { sync, now: () => Math.floor(monotonicMs() + offsetMs) }
}
