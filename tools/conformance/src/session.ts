import { type Finding, type FuzzOptions, fuzz } from './fuzz/fuzz.ts'
import { createJudge } from './fuzz/judge.ts'
import { createPool } from './fuzz/pool.ts'
import { createTally, type Tally } from './fuzz/tally.ts'
import { compileSchemas } from './openapi/schemas.ts'
import type { Options } from './options.ts'
import { prepare } from './prepare.ts'
import { connectTenants } from './tenants.ts'
import type { World } from './world.ts'

export interface FuzzReport {
  readonly findings: readonly Finding[]
  readonly tally: Tally
}

/** Fuzzes a running system with requests made of its own description. */
export async function fuzzWorld(
  { system, document, operations, codes }: World,
  { requests, seed, lanes, only }: Omit<Options, 'matrix'>,
  say: (line: string) => void,
): Promise<FuzzReport> {
  const tenants = connectTenants(system)
  const pool = createPool(await tenants.idsOf(system.apiKey))
  await tenants.close()
  const tally = createTally()
  const origin = system.url
  const key = system.apiKey
  const options: FuzzOptions = {
    ...{ origin, key, document, requests, seed, lanes, pool, tally },
    operations: operations.filter(({ operationId }) => only.test(operationId)),
    judge: createJudge(compileSchemas(document), codes),
    prepare: async (round) => {
      if (round % 10 === 0) say(`${tally.total()} of ${requests} requests sent`)
      await prepare({ origin, key, pool, say }, round)
    },
  }
  return { findings: await fuzz(options), tally }
}

export function findingText({ operationId, kind, what, curl }: Finding): string {
  return `${operationId}: ${kind}\n  ${what}\n  ${curl}`
}
