import { breakRuns } from './broken-runs.ts'
import type { Finding } from './fuzz/fault.ts'
import { type FuzzOptions, fuzz } from './fuzz/fuzz.ts'
import { createJudge } from './fuzz/judge.ts'
import { createPool } from './fuzz/pool.ts'
import { createTally, type Tally } from './fuzz/tally.ts'
import { compileSchemas } from './openapi/schemas.ts'
import type { Options } from './options.ts'
import { prepare } from './prepare/prepare.ts'
import { connectTenants } from './tenants.ts'
import type { World } from './world.ts'

export interface FuzzReport {
  readonly findings: readonly Finding[]
  readonly tally: Tally
}

/** More than are deleted at random. */
const BROKEN_RUNS = 16

/** Fuzzes a running system with requests made of its own description. */
export async function fuzzWorld(
  world: World,
  { requests, seed, lanes, only }: Omit<Options, 'matrix'>,
  say: (line: string) => void,
): Promise<FuzzReport> {
  const { system, outside, document, operations, codes } = world
  const tenants = connectTenants(system)
  const pool = createPool(await tenants.idsOf(system.apiKey))
  await tenants.close()
  const tally = createTally()
  const origin = system.url
  const key = system.apiKey
  await breakRuns(world, [{ origin, key, pool, say }], BROKEN_RUNS)
  const options: FuzzOptions = {
    ...{ origin, key, document, requests, seed, lanes, pool, tally },
    operations: operations.filter(({ operationId }) => only.test(operationId)),
    judge: createJudge(compileSchemas(document), codes, [new URL(outside.url).host]),
    prepare: async (round) => {
      if (round % 10 === 0) say(`${tally.total()} of ${requests} requests sent`)
      await prepare({ origin, key, pool, say, outsideUrl: outside.url }, round)
    },
  }
  return { findings: await fuzz(options), tally }
}

export function findingText({ operationId, kind, what, curl }: Finding): string {
  return `${operationId}: ${kind}\n  ${what}\n  ${curl}`
}
