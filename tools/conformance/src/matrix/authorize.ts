import { createPool } from '../fuzz/pool.ts'
import { createPoliteConnection } from '../http/polite.ts'
import { prepare } from '../prepare/prepare.ts'
import { connectTenants } from '../tenants.ts'
import type { World } from '../world.ts'
import { createIdentities } from './identities.ts'
import { type Matrix, matrixOf } from './matrix.ts'
import { createScopeKeys } from './scopes.ts'
import { snapshotOf } from './snapshot.ts'

const ROUNDS = 5

/** The matrix of a running system; that something of the third tenant has changed by it is a finding, too. */
export async function authorize(
  { system, outside, document, operations }: World,
  say: (line: string) => void,
): Promise<Matrix> {
  const origin = system.url
  const tenants = connectTenants(system)
  const connection = createPoliteConnection(origin)
  try {
    const own = await tenants.create()
    const identities = await createIdentities(tenants, own, await tenants.create())
    const scopeKeys = await createScopeKeys(tenants, own)
    const third = await tenants.create()
    const victim = await tenants.createKey(third)
    const pools = {
      owner: createPool(await tenants.idsOf(identities.owner)),
      victim: createPool(),
    }
    pools.owner.learn({ id: await tenants.createDeadLetter(own) }, {})
    pools.victim.learn({ id: await tenants.createDeadLetter(third) }, {})
    const common = { origin, outsideUrl: outside.url, say }
    for (let round = 0; round < ROUNDS; round++) {
      await prepare({ ...common, key: identities.owner, pool: pools.owner }, round)
      await prepare({ ...common, key: victim, pool: pools.victim }, round)
    }
    const look = () =>
      snapshotOf({
        connection,
        document,
        operations,
        key: victim,
        pool: pools.victim,
      })
    const before = await look()
    const matrix = await matrixOf({
      ...{ connection, document, operations, identities, scopeKeys, pools },
      seed: 1,
    })
    const after = await look()
    const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name))
    const findings = changed.map((name) => `What ${name} shows to its owner was changed by others`)
    return { ...matrix, findings: [...matrix.findings, ...findings] }
  } finally {
    connection.close()
    await tenants.close()
  }
}
