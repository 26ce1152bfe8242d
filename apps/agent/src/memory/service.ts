import type { Tenant } from '@dure/contracts'
import {
  jsonOf,
  MAX_ENTRIES_OF_OWNER,
  MAX_ENTRIES_OF_PROJECT,
  type MemoryEntry,
  type MemoryKey,
  type MemoryOwner,
  memoryChanged,
  memoryFull,
  memoryNotFound,
  ownerNotFound,
  type Remembered,
  textOf,
} from './memory.ts'
import { ranked } from './ranking.ts'
import type { MemoryChange, MemoryStore } from './store.ts'
import { wordsOf } from './words.ts'

/** Whether a change is of what its author has seen; undefined: there is nothing yet. */
type IsExpected = (entry: MemoryEntry | undefined) => boolean

export interface FoundEntry {
  readonly entry: MemoryEntry
  readonly score: number
}

/** What is remembered beyond one conversation, by scope, owner and key. */
export interface MemoryService {
  find: MemoryStore['find']
  /** @throws NotFoundError `memory.not-found` */
  get(key: MemoryKey): Promise<MemoryEntry>
  page: MemoryStore['page']
  /**
   * @returns whether there was nothing by this key
   * @throws InvalidInputError `memory.too-large`
   * @throws ConflictError `memory.changed`, `memory.too-many`
   * @throws NotFoundError `memory.owner-not-found`
   */
  put(
    key: MemoryKey,
    remembered: Remembered,
    isExpected?: IsExpected,
  ): Promise<{ readonly entry: MemoryEntry; readonly isNew: boolean }>
  /** @throws NotFoundError `memory.not-found`, ConflictError `memory.changed` */
  remove(key: MemoryKey, isExpected?: IsExpected): Promise<void>
  forget: MemoryStore['forget']
  /** Best first. Entries that share no word with the question are not found. */
  search(tenant: Tenant, of: MemorySearch): Promise<FoundEntry[]>
}

interface MemorySearch {
  readonly owners: readonly MemoryOwner[]
  readonly query: string
  readonly topK: number
}

const ANYTHING: IsExpected = () => true

export function createMemoryService(store: MemoryStore): MemoryService {
  return {
    find: store.find,
    page: store.page,
    forget: store.forget,

    async get(key) {
      return (await store.find(key)) ?? notFound()
    },

    put: (key, { value, text: given, ...rest }, isExpected = ANYTHING) => {
      const json = jsonOf(value)
      const text = textOf({ value, text: given })
      // A key says what it is about, too: `favourite-food`.
      const words = wordsOf(`${key.key.replaceAll(/[_.:-]/g, ' ')}\n${text}`)
      return store.change(async (change) => {
        const known = await change.lock(key)
        if (!isExpected(known)) throw memoryChanged()
        if (!known) await requireRoom(change, key)
        const entry = await change.put(key, { ...rest, json, text, words })
        return { entry, isNew: entry.revision === 1 }
      })
    },

    remove: (key, isExpected = ANYTHING) =>
      store.change(async (change) => {
        const known = (await change.lock(key)) ?? notFound()
        if (!isExpected(known)) throw memoryChanged()
        await change.remove(key)
      }),

    async search(tenant, { owners, query, topK }) {
      const words = wordsOf(query)
      if (words.length === 0 || owners.length === 0) return []
      const { matches, searched } = await store.matching(tenant, owners, words)
      const best = ranked(matches, searched).slice(0, topK)
      const entries = await store.entries(
        tenant,
        best.map(({ key }) => key),
      )
      // One that was deleted meanwhile is not shown.
      return best.flatMap(({ key, score }) => {
        const entry = entries.find((one) => nameOf(one) === nameOf(key))
        return entry ? [{ entry, score }] : []
      })
    },
  }
}

/** Two who write at the same time may both find the last place free: a bound for resources, and no promise. */
async function requireRoom(change: MemoryChange, key: MemoryKey): Promise<void> {
  const { ofOwner, ofProject, hasOwner } = await change.room(key)
  if (!hasOwner) throw ownerNotFound(key)
  if (ofOwner >= MAX_ENTRIES_OF_OWNER) {
    throw memoryFull(MAX_ENTRIES_OF_OWNER, `The ${key.scope} ${key.owner}`)
  }
  if (ofProject >= MAX_ENTRIES_OF_PROJECT) throw memoryFull(MAX_ENTRIES_OF_PROJECT, 'The project')
}

function nameOf({ scope, owner, key }: Pick<MemoryEntry, 'scope' | 'owner' | 'key'>): string {
  return `${scope}/${owner}/${key}`
}

function notFound(): never {
  throw memoryNotFound()
}
