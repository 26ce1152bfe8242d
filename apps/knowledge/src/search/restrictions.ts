import { LRUCache } from 'lru-cache'
import { type Access, maySee, type Reader } from '../documents/access.ts'
import type { Accepts } from '../stores/retrieval-store.ts'

/** Who may find which documents of a base, as its index knows it. What is shown is looked up in the rows of truth. */
export interface Restrictions {
  /** @param access of all documents that not everybody may see */
  replace(access: ReadonlyMap<string, Access>): void
  /** The same function until something changes, so that what an index has worked out for it stays good. Undefined: all. */
  acceptedBy(reader: Reader): Accepts | undefined
  /** An estimate of the memory, from above. */
  readonly bytes: number
}

/** Readers whose rights are remembered, per base. An index keeps a byte per passage for each. */
const READERS = 32
/** A map entry and a string header. */
const BYTES_PER_DOCUMENT = 150

export function createRestrictions(): Restrictions {
  // Most documents share their list with many others: who may see which list is worked out once per reader.
  let lists: Access[] = []
  let listOf = new Map<string, number>()
  const known = new LRUCache<string, Accepts>({ max: READERS })

  function acceptsFor(reader: Reader): Accepts {
    const [allowed, restricted] = [lists.map((access) => maySee(reader, access)), listOf]
    return (documentId) => {
      const list = restricted.get(documentId)
      return list === undefined || allowed[list] === true
    }
  }

  return {
    replace(access) {
      const numbers = new Map<string, number>()
      lists = []
      listOf = new Map()
      for (const [documentId, names] of access) {
        const key = JSON.stringify(names)
        const number = numbers.get(key) ?? lists.push(names) - 1
        numbers.set(key, number)
        listOf.set(documentId, number)
      }
      known.clear()
    },

    acceptedBy(reader) {
      if (listOf.size === 0 || (reader.caller === null && reader.person === null)) return undefined
      const key = JSON.stringify([reader.caller, reader.person])
      const accepts = known.get(key) ?? acceptsFor(reader)
      known.set(key, accepts)
      return accepts
    },

    get bytes() {
      return listOf.size * BYTES_PER_DOCUMENT
    },
  }
}
