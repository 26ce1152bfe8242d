import type { Filter } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import type { Access, Reader } from '../documents/access.ts'
import { type Metadata, NO_METADATA } from '../documents/metadata.ts'
import type { Accepts } from '../stores/retrieval-store.ts'
import { matcherOf } from './filter.ts'
import { createRestrictions } from './restrictions.ts'

/** What is said of a document. */
export interface Described {
  /** Of the metadata: the same, while it is the same; 0: there is none. */
  readonly revision: number
  readonly metadata: Metadata
}

/** What decides for whom and by which filters documents are found. */
export interface Facts {
  /** Of all documents that not everybody may see. */
  readonly access: ReadonlyMap<string, Access>
  /** Of those documents alone whose metadata has changed. */
  readonly changed: ReadonlyMap<string, Described>
}

/** Which documents of a base are searched. */
export interface Selection {
  readonly reader: Reader
  /** Absent: all that the reader may see. */
  readonly filter?: Filter | undefined
}

/** The facts of a base, as its index knows them. What is shown is looked up in the rows of truth. */
export interface KnownFacts {
  /** Of the metadata of each document that has some. */
  readonly revisions: ReadonlyMap<string, number>
  learn(facts: Facts): void
  /**
   * The same function until something changes, so that what an index has worked out for it stays good. Undefined: all.
   *
   * @throws InvalidInputError `search.invalid-filter`
   */
  acceptedBy(selection: Selection): Accepts | undefined
  /** An estimate of the memory, from above. */
  readonly bytes: number
}

/** Filters that are remembered, per base. An index keeps a byte per passage for each. */
const FILTERS = 32
/** Two map entries, and the header of an object. */
const BYTES_PER_DOCUMENT = 300
/** Of a key or a value, with its place. */
const BYTES_PER_CHARACTER = 3

export function createFacts(): KnownFacts {
  const restrictions = createRestrictions()
  const described = new Map<string, Metadata>()
  const revisions = new Map<string, number>()
  const sizes = new Map<string, number>()
  const known = new LRUCache<string, Accepts>({ max: FILTERS })
  let bytes = 0

  function describe(documentId: string, { revision, metadata }: Described): void {
    bytes -= sizes.get(documentId) ?? 0
    sizes.delete(documentId)
    described.delete(documentId)
    if (revision === 0) revisions.delete(documentId)
    else revisions.set(documentId, revision)
    if (revision === 0) return
    const size = BYTES_PER_DOCUMENT + BYTES_PER_CHARACTER * JSON.stringify(metadata).length
    described.set(documentId, metadata)
    sizes.set(documentId, size)
    bytes += size
  }

  return {
    revisions,

    learn({ access, changed }) {
      restrictions.replace(access)
      for (const [documentId, one] of changed) describe(documentId, one)
      known.clear()
    },

    acceptedBy({ reader, filter }) {
      const mayFind = restrictions.acceptedBy(reader)
      if (filter === undefined) return mayFind
      const key = JSON.stringify([reader.caller, reader.person, filter])
      const before = known.get(key)
      if (before !== undefined) return before
      const matches = matcherOf(filter)
      const accepts = (documentId: string) =>
        mayFind?.(documentId) !== false && matches(described.get(documentId) ?? NO_METADATA)
      known.set(key, accepts)
      return accepts
    },

    get bytes() {
      return bytes + restrictions.bytes
    },
  }
}
