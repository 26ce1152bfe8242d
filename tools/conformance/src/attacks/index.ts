import { downloads } from './a20-downloads.ts'
import { foreignTimes } from './a28-times.ts'
import { idsInNodes } from './a29-ids-in-nodes.ts'
import { massAssignment } from './a31-mass-assignment.ts'
import { nestedAssignment } from './a31-nested.ts'
import { interleavedTenants } from './a34-interleaved-tenants.ts'
import { keyScan } from './a35-key-scan.ts'
import { keyTimes } from './a35-key-times.ts'
import { canaries } from './a36-canaries.ts'
import { oddTokens } from './a38-odd-tokens.ts'
import { forgedIdentity } from './a39-forged-identity.ts'
import { injection } from './a41-injection.ts'
import { reservedNames } from './a42-reserved-names.ts'
import { jsonBombs } from './a51-json-bombs.ts'
import { slowClients } from './a52-slow-clients.ts'
import { pathSpellings } from './a53-path-spellings.ts'
import { caches } from './a54-caches.ts'
import { revokedReader } from './a59-revoked-reader.ts'
import { hiddenRoutes } from './a60-hidden-routes.ts'
import type { Attack } from './attack.ts'

/** By the numbers of `docs/security.md`. The last looks at what all others have left behind. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  A20: downloads,
  A28: foreignTimes,
  A29: idsInNodes,
  A31: async (stage) => [...(await massAssignment(stage)), ...(await nestedAssignment(stage))],
  A34: interleavedTenants,
  A35: async (stage) => [...(await keyScan(stage)), ...(await keyTimes(stage))],
  A38: oddTokens,
  A39: forgedIdentity,
  A41: injection,
  A42: reservedNames,
  A51: jsonBombs,
  A53: pathSpellings,
  A54: caches,
  A59: revokedReader,
  A60: hiddenRoutes,
  A52: slowClients,
  A36: canaries,
}
