import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, describeExit } from './child.ts'
import { messageOf } from './command-line.ts'

const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 30_000
/** Who has run this long starts again with the first delay. */
const SETTLED_MS = 60_000

export interface SupervisorOptions<Started extends Child> {
  readonly name: string
  readonly start: () => Promise<Started>
  readonly say: (line: string) => void
  readonly firstDelayMs?: number
}

export interface Supervised<Started extends Child> {
  /** The process of the first start. */
  readonly first: Started
  /** Ends it for good. */
  stop(): Promise<void>
}

/**
 * Starts a process, and starts it again whenever it ends by itself: after 1 s, then 2 s, 4 s, up
 * to 30 s. Others go on meanwhile.
 *
 * @throws when the very first start fails
 */
export async function supervise<Started extends Child>({
  name,
  start,
  say,
  firstDelayMs = FIRST_DELAY_MS,
}: SupervisorOptions<Started>): Promise<Supervised<Started>> {
  const stopping = new AbortController()
  const first = await start()
  let current: Child = first

  const watch = async () => {
    let delayMs = firstDelayMs
    while (!stopping.signal.aborted) {
      const since = Date.now()
      const exit = await current.exited
      if (stopping.signal.aborted) return
      if (Date.now() - since > SETTLED_MS) delayMs = firstDelayMs
      say(
        `${name} ended by itself (${describeExit(exit)}); starting it again in ${delayMs / 1000} s`,
      )
      for (let running = false; !running && !stopping.signal.aborted; ) {
        await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => {})
        delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)
        if (!stopping.signal.aborted) running = await restart()
      }
    }
  }
  const restart = async () => {
    try {
      current = await start()
      say(`${name} runs again`)
      return true
    } catch (error) {
      say(`${name} could not be started: ${messageOf(error)}`)
      return false
    }
  }
  const watching = watch()

  return {
    first,
    stop: async () => {
      stopping.abort()
      await current.stop()
      await watching
      // It may have been started while we waited.
      await current.stop()
    },
  }
}
