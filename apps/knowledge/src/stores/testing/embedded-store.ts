import type { BringUp } from '../../search/bring-up-store.ts'
import { createIndexCache } from '../../search/index-cache.ts'
import { createEmbeddedStore } from '../embedded.ts'
import type { RetrievalStore } from '../retrieval-store.ts'

const BUDGET = 64 * 1024 * 1024
const NO_SNAPSHOTS = { open: async () => undefined, keep: async () => {} }

export function embeddedStore({ bringUp }: { readonly bringUp: BringUp }): RetrievalStore {
  return createEmbeddedStore(
    createIndexCache({ bringUp, snapshots: NO_SNAPSHOTS, budgetBytes: BUDGET }),
  )
}
