import { type Access, maySee, type Reader } from '../documents/access.ts'
import type { Accepts } from '../stores/retrieval-store.ts'
import { createRemembered } from './remembered.ts'

/** Who may find which documents of a base, as its index knows it. What is shown is looked up in the rows of truth. */
export interface Restrictions {
  /** @param access of some documents; null: everybody may see it */
  update(access: ReadonlyMap<string, Access | null>): void
  clear(): void
  /** As `Remembered` has it. */
  watch(documentIds: readonly string[] | undefined): () => void
  /** The same function until an answer of it changes. Undefined: all. */
  acceptedBy(reader: Reader): Accepts | undefined
  /** As `acceptedBy`, also for what is restricted later. */
  mayFind(reader: Reader): Accepts
  /** An estimate of the memory, from above. */
  readonly bytes: number
}

/** Readers whose rights are remembered, per base. An index keeps a byte per passage for each. */
const READERS = 32
/** A map entry and a string header. */
const BYTES_PER_DOCUMENT = 150

interface List {
  readonly key: string
  readonly names: Access
  /** Documents that have it. */
  holders: number
}

export function createRestrictions(): Restrictions {
  // Most documents share their list with many others: who may see which list is worked out once per reader.
  const lists = new Map<string, List>()
  const listOf = new Map<string, List>()
  const readers = createRemembered(READERS)

  function set(documentId: string, access: Access | null): void {
    const before = listOf.get(documentId)
    if (before !== undefined && --before.holders === 0) lists.delete(before.key)
    listOf.delete(documentId)
    if (access === null) return
    const key = JSON.stringify(access)
    const list = lists.get(key) ?? { key, names: access, holders: 0 }
    list.holders++
    lists.set(key, list)
    listOf.set(documentId, list)
  }

  function acceptsFor(reader: Reader): Accepts {
    const allowed = new WeakMap<List, boolean>()
    return (documentId) => {
      const list = listOf.get(documentId)
      if (list === undefined) return true
      const isAllowed = allowed.get(list) ?? maySee(reader, list.names)
      allowed.set(list, isAllowed)
      return isAllowed
    }
  }

  const mayFind = (reader: Reader) =>
    readers.get(JSON.stringify([reader.caller, reader.person]), () => acceptsFor(reader))

  return {
    mayFind,
    watch: readers.watch,

    update(access) {
      for (const [documentId, names] of access) set(documentId, names)
    },

    clear() {
      lists.clear()
      listOf.clear()
    },

    acceptedBy(reader) {
      if (listOf.size === 0 || (reader.caller === null && reader.person === null)) return undefined
      return mayFind(reader)
    },

    get bytes() {
      return listOf.size * BYTES_PER_DOCUMENT
    },
  }
}
