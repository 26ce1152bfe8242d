import type { Tenant } from '@dure/contracts'
import { createUserDictionary, type Dictionary, type UserDictionary } from '@dure/retrieval'
import { LRUCache } from 'lru-cache'
import type { StoredDictionaries } from './words-store.ts'

/** The words of projects, as the analyzer wants them. */
export interface UserDictionaries {
  /**
   * In this version, or in a newer one; undefined: there are none.
   *
   * @param version of the words, as it was read a moment ago; null: there are none
   */
  of(tenant: Tenant, version: string | null): Promise<UserDictionary | undefined>
  /** As they are now. */
  current(tenant: Tenant): Promise<UserDictionary | undefined>
}

/** Of 10,000 words of 100 characters one is 3 MB, of usual ones some hundred kB. */
const BUDGET_BYTES = 32 * 1024 * 1024

/** They are a cache: what a project has is known by its version, which every look-up brings along. */
export function createUserDictionaries(
  store: StoredDictionaries,
  dictionary: () => Promise<Dictionary>,
): UserDictionaries {
  const known = new LRUCache<string, UserDictionary>({
    maxSize: BUDGET_BYTES,
    sizeCalculation: bytesOf,
  })
  const loading = new Map<string, Promise<UserDictionary | undefined>>()

  async function load(tenant: Tenant): Promise<UserDictionary | undefined> {
    const { version, words } = await store.load(tenant)
    if (version === null || words === null) return undefined
    const loaded = createUserDictionary(await dictionary(), version, words)
    known.set(projectOf(tenant), loaded)
    return loaded
  }

  async function of(tenant: Tenant, version: string | null): Promise<UserDictionary | undefined> {
    if (version === null) return undefined
    const before = known.get(projectOf(tenant))
    if (before?.version === version) return before
    // By the version too: one that is under way may have begun before this one was there.
    const key = `${projectOf(tenant)}/${version}`
    const flight = loading.get(key) ?? load(tenant).finally(() => loading.delete(key))
    loading.set(key, flight)
    return flight
  }

  return { of, current: async (tenant) => of(tenant, await store.version(tenant)) }
}

function projectOf({ organizationId, projectId }: Tenant): string {
  return `${organizationId}/${projectId}`
}

function bytesOf({ units, starts, tokens, cuts }: UserDictionary): number {
  return [units, starts, tokens, cuts].reduce((sum, { byteLength }) => sum + byteLength, 1)
}
