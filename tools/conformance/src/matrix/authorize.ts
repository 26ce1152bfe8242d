import { breakRuns } from '../broken-runs.ts'
import { createPool } from '../fuzz/pool.ts'
import { createPoliteConnection } from '../http/polite.ts'
import type { Operation } from '../openapi/operation.ts'
import { prepare } from '../prepare/prepare.ts'
import { connectTenants } from '../tenants.ts'
import type { World } from '../world.ts'
import { OTHERS, type Pools } from './cell.ts'
import { createIdentities } from './identities.ts'
import { type Matrix, matrixOf } from './matrix.ts'
import { createScopeKeys } from './scopes.ts'
import { snapshotOf } from './snapshot.ts'

const ROUNDS = 3
/** Some are deleted by requests that ask for one of their own. */
const BROKEN_RUNS = 4

/**
 * The matrix of a running system; that something of those who ask for nothing has changed by it is a
 * finding, too.
 */
export async function authorize(world: World, say: (line: string) => void): Promise<Matrix> {
  const { system, document, operations } = world
  const tenants = connectTenants(system)
  const connection = createPoliteConnection(system.url)
  try {
    const own = await tenants.create()
    const identities = await createIdentities(tenants, own, await tenants.create())
    const scopeKeys = await createScopeKeys(tenants, own)
    const keys = {
      owner: identities.owner,
      victim: await tenants.createKey(await tenants.create()),
      sibling: await tenants.createKey(await tenants.createProject(own)),
    }
    const pools = {
      owner: createPool(await tenants.idsOf(keys.owner)),
      victim: createPool(),
      sibling: createPool(),
    }
    await fill(world, { keys, pools }, say)
    const seen = async () => {
      const looks = OTHERS.map(async (other) => {
        const shown = operations.filter((one) => other !== 'sibling' || !isOfOrganization(one))
        const whose = { operations: shown, key: keys[other], pool: pools[other] }
        return [...(await snapshotOf({ connection, document, ...whose }))].map(
          ([name, text]) => [`${name} of the ${other}`, text] as const,
        )
      })
      return new Map((await Promise.all(looks)).flat())
    }
    const before = await seen()
    const matrix = await matrixOf({
      ...{ connection, document, operations, identities, scopeKeys, pools },
      seed: 1,
    })
    const after = await seen()
    const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name))
    const findings = changed.map((name) => `What is shown by ${name} was changed by others`)
    return { ...matrix, findings: [...matrix.findings, ...findings] }
  } finally {
    connection.close()
    await tenants.close()
  }
}

/** What every project of an organization shows: the owner of one changes it for all. */
function isOfOrganization({ path }: Operation): boolean {
  return /^\/v2\/(members|projects|organizations|quotas)\b|^\/v1\/audit-logs\/head$/.test(path)
}

interface Filling {
  readonly keys: Readonly<Record<keyof Pools, string>>
  readonly pools: Pools
}

/** Some of everything for each of them. */
async function fill(
  world: World,
  { keys, pools }: Filling,
  say: (line: string) => void,
): Promise<void> {
  const common = { origin: world.system.url, outsideUrl: world.outside.url, say }
  const owners = (['owner', ...OTHERS] as const).map((name) => ({
    ...{ ...common, key: keys[name], pool: pools[name] },
  }))
  await breakRuns(world, owners, BROKEN_RUNS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const owner of owners) await prepare(owner, round)
  }
}
