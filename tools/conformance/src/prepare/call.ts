import { parsed, shown } from '../fuzz/fault.ts'
import type { Pool } from '../fuzz/pool.ts'
import { createPoliteConnection } from '../http/polite.ts'

/** For whom something is made, and who is to know of it. */
export interface Preparation {
  readonly origin: string
  readonly key: string
  readonly pool: Pool
  /** Of what services may call beyond the system. */
  readonly outsideUrl: string
  /** Told what was refused. */
  readonly say: (line: string) => void
}

export interface Made {
  readonly id: string
  readonly [field: string]: unknown
}

/** @returns undefined when it was refused: the requests after it are then only less often good */
export type Call = (method: string, path: string, body?: object) => Promise<Made | undefined>

/** Everything is slow on a machine with much else to do. */
const PATIENCE_MS = 90_000

/** Requests like those of anybody, whose answers the pool learns. */
export function openCall({ origin, key, pool, say }: Preparation) {
  const connection = createPoliteConnection(origin)
  const call: Call = async (method, path, body) => {
    const headers: [string, string][] = [['authorization', `Bearer ${key}`]]
    if (body) headers.push(['content-type', 'application/json'])
    const bytes = body && Buffer.from(JSON.stringify(body))
    const answer = await connection
      .send({ method, path, headers, body: bytes }, PATIENCE_MS)
      .catch((cause) => {
        throw new Error(`${method} ${path} is not answered`, { cause })
      })
    const made = parsed(answer.body) as Made | undefined
    if (answer.status >= 300) {
      say(`${method} ${path} was refused: ${shown(answer)}`)
      return undefined
    }
    pool.learn(made, {})
    return made
  }
  return { call, close: () => connection.close() }
}
