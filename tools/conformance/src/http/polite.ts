import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './answer.ts'
import { type Connection, createConnection, type WireRequest } from './connection.ts'

const TRIES = 8
const LONGEST_PAUSE_MS = 2000

/**
 * A connection that comes again when it is told to: on a machine with much else to do, services turn
 * requests away (503 with `Retry-After`), as they should. Whoever says so time after time is not busy.
 *
 * @param onBusy called each time that it was
 */
export function createPoliteConnection(origin: string, onBusy: () => void = () => {}): Connection {
  const connection = createConnection(origin)
  return {
    async send(request: WireRequest, patienceMs: number): Promise<Answer> {
      for (let tries = 1; ; tries++) {
        const answer = await connection.send(request, patienceMs)
        const seconds = Number(answer.headers['retry-after'])
        if (answer.status !== 503 || !(seconds >= 0) || tries === TRIES) return answer
        onBusy()
        await sleep(Math.min(seconds * 1000, LONGEST_PAUSE_MS))
      }
    },
    close: () => connection.close(),
  }
}
