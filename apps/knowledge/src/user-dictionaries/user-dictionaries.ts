import type { Tenant } from '@dure/contracts'
import { createUserDictionary, type Dictionary, type UserDictionary } from '@dure/retrieval'
import { LRUCache } from 'lru-cache'
import type { StoredDictionaries } from './words-store.ts'

/** The words of projects, as the analyzer wants them. */
export interface UserDictionaries {
  /**
   * In this version, or as they are now when nobody has kept it; undefined: there are none.
   *
   * @param version of the words; null: there are none
   */
  of(tenant: Tenant, version: string | null): Promise<UserDictionary | undefined>
}

/** Of 10,000 words of 100 characters one is 3 MB, of usual ones some hundred kB. */
const BUDGET_BYTES = 32 * 1024 * 1024

/** They are a cache: which version somebody needs is said by the row of the base, which every look-up brings along. */
export function createUserDictionaries(
  store: StoredDictionaries,
  dictionary: () => Promise<Dictionary>,
): UserDictionaries {
  const known = new LRUCache<string, UserDictionary>({
    maxSize: BUDGET_BYTES,
    sizeCalculation: bytesOf,
  })
  const loading = new Map<string, Promise<UserDictionary | undefined>>()

  async function load(tenant: Tenant, wanted: string): Promise<UserDictionary | undefined> {
    const { version, words } = await store.load(tenant, wanted)
    if (version === null || words === null) return undefined
    const loaded = createUserDictionary(await dictionary(), version, words)
    known.set(keyOf(tenant, version), loaded)
    return loaded
  }

  return {
    async of(tenant, version) {
      if (version === null) return undefined
      const key = keyOf(tenant, version)
      const before = known.get(key)
      if (before !== undefined) return before
      const flight = loading.get(key) ?? load(tenant, version).finally(() => loading.delete(key))
      loading.set(key, flight)
      return flight
    },
  }
}

function keyOf({ organizationId, projectId }: Tenant, version: string): string {
  return `${organizationId}/${projectId}/${version}`
}

function bytesOf({ units, starts, tokens, cuts }: UserDictionary): number {
  return [units, starts, tokens, cuts].reduce((sum, { byteLength }) => sum + byteLength, 1)
}
