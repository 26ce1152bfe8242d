import { randomUUIDv7 } from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { type ExpectedRevisions, pageKeyOf, pageOf } from '@dure/platform'
import {
  checkParts,
  type DictionaryEntry,
  type EntryContent,
  type EntryKey,
  entryChanged,
  entryExists,
  entryNotFound,
  noRoom,
  normalisedWord,
} from './dictionary-entry.ts'
import type { DictionaryEntryStore } from './store.ts'

/**
 * Words of a project, as it edits them. Documents are analysed anew after every change, in the background.
 * What names one throws NotFoundError `dictionary-entry.not-found`, what changes one ConflictError
 * `dictionary-entry.changed`.
 */
export interface DictionaryEntryService {
  /**
   * @throws InvalidInputError `dictionary-entry.not-a-word`, `dictionary-entry.parts-differ`
   * @throws ConflictError `dictionary-entry.exists`, `dictionary-entry.no-room`
   */
  create(tenant: Tenant, entry: EntryContent & { surface: string }): Promise<DictionaryEntry>
  get(key: EntryKey): Promise<DictionaryEntry>
  /** Newest first. @throws InvalidInputError `page.invalid-cursor` */
  list(
    tenant: Tenant,
    page: { limit: number; cursor?: string },
  ): Promise<{ data: DictionaryEntry[]; nextCursor: string | null }>
  /** @throws InvalidInputError `dictionary-entry.parts-differ` */
  update(
    key: EntryKey,
    content: EntryContent,
    expected: ExpectedRevisions,
  ): Promise<DictionaryEntry>
  remove(key: EntryKey, expected: ExpectedRevisions): Promise<void>
}

export function createDictionaryEntryService(store: DictionaryEntryStore): DictionaryEntryService {
  async function get(key: EntryKey): Promise<DictionaryEntry> {
    const entry = await store.find(key)
    if (!entry) throw entryNotFound()
    return entry
  }

  async function expectedOne(key: EntryKey, expected: ExpectedRevisions) {
    const entry = await get(key)
    if (expected && !expected.includes(entry.revision)) throw entryChanged()
    return entry
  }

  return {
    get,

    async create(tenant, { surface, parts, tag }) {
      const normalised = normalisedWord(surface)
      checkParts(surface, parts)
      const id = prefixedId('word', randomUUIDv7())
      const outcome = await store.insert({ tenant, id }, { surface, normalised, parts, tag })
      if (outcome === 'exists') throw entryExists()
      if (outcome === 'no-room') throw noRoom()
      return outcome
    },

    async list(tenant, { limit, cursor }) {
      const after = pageKeyOf(cursor, 'word')
      return pageOf(await store.list(tenant, { limit, ...(after && { after }) }), limit)
    },

    async update(key, content, expected) {
      const { surface, revision } = await expectedOne(key, expected)
      checkParts(surface, content.parts)
      const updated = await store.update(key, revision, content)
      if (!updated) throw entryChanged()
      return updated
    },

    async remove(key, expected) {
      const { revision } = await expectedOne(key, expected)
      if (!(await store.remove(key, revision))) throw entryChanged()
    },
  }
}
