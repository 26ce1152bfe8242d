import type { RetrievalStore } from '../retrieval-store.ts'
import { conformsInAccess } from './conformance/access.ts'
import { conformsInChanges } from './conformance/changes.ts'
import { conformsInFinding } from './conformance/finding.ts'
import { createWorld, type StoreParts } from './conformance/world.ts'

/**
 * What every store does, whatever is behind it. The embedded index says what the answers are.
 *
 * @param open a process with this store; all of them work on the same engine
 */
export function conformance(open: (parts: StoreParts) => Promise<RetrievalStore>): void {
  const world = createWorld(open)
  conformsInFinding(world)
  conformsInChanges(world)
  conformsInAccess(world)
}
