import fc from 'fast-check'
import type { Pool } from '../fuzz/pool.ts'
import { plainDraftsOf } from '../fuzz/request.ts'
import type { Connection } from '../http/connection.ts'
import { isStream, type OpenApiDocument, type Operation } from '../openapi/operation.ts'
import { ask, essenceOf } from './client.ts'
import { idPlacesOf } from './id-places.ts'

export interface Looking {
  readonly connection: Connection
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  readonly key: string
  readonly pool: Pool
}

/** How often it is looked again, until what was begun has come to rest. */
const LOOKS = 60
/** They go on by themselves, and look the same for a while in between. */
const AT_WORK = ['listPromptOptimizations', 'listExperiments']
const UNDER_WAY = /"status":"(?:queued|running)"/

/** Everything that a key can read, by operation: the same twice in a row. */
export async function snapshotOf(looking: Looking): Promise<Map<string, string>> {
  let before = await lookOnce(looking)
  for (let look = 0; look < LOOKS; look++) {
    const now = await lookOnce(looking)
    if (isSame(before, now) && !isAtWork(now)) return now
    before = now
  }
  return before
}

async function lookOnce(looking: Looking): Promise<Map<string, string>> {
  const { connection, document, operations, key, pool } = looking
  const seen = new Map<string, string>()
  for (const operation of operations) {
    if (operation.method !== 'GET' || isStream(operation)) continue
    // The smallest request there is: no filter, the first page.
    const [draft] = fc.sample(plainDraftsOf(operation, document), { numRuns: 1, seed: 0 })
    const places = idPlacesOf(operation, document).filter(({ place }) => place.startsWith('path:'))
    const instead = Object.fromEntries(
      places.map(({ place, prefix }) => [place, String(pool.all(`id:${prefix}`)[0])]),
    )
    const path = Object.fromEntries(
      Object.entries(draft?.parameters ?? {}).filter(([place]) => place.startsWith('path:')),
    )
    if (!draft) continue
    const plain = { ...draft, parameters: path }
    const reply = await ask(connection, operation, { draft: plain, pool, key, instead })
    seen.set(operation.operationId, essenceOf(reply))
  }
  return seen
}

function isAtWork(seen: ReadonlyMap<string, string>): boolean {
  return AT_WORK.some((name) => UNDER_WAY.test(seen.get(name) ?? ''))
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return [...a].every(([name, text]) => b.get(name) === text)
}
