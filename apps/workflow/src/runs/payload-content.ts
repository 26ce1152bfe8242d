import type { Tenant } from '@dure/contracts'
import { isPayloadRef, type RunStore } from '@dure/engine'

/** Large data are stored beside the events: this gives them for their reference, anything else as it is. */
export function createContentReader(store: Pick<RunStore, 'readPayloads'>) {
  async function contentOf(tenant: Tenant, data: unknown): Promise<unknown> {
    if (!isPayloadRef(data)) return data
    const found = await store.readPayloads(tenant, [data.$payload])
    return found.get(data.$payload) ?? null
  }

  return { contentOf }
}
