import type { Filter } from '@dure/contracts'
import type { Access, Reader } from '../documents/access.ts'
import { type Metadata, NO_METADATA } from '../documents/metadata.ts'
import type { Accepts } from '../stores/retrieval-store.ts'
import { matcherOf } from './filter.ts'
import { createRemembered } from './remembered.ts'
import { createRestrictions } from './restrictions.ts'

/** What is said of a document. */
export interface Described {
  /** Of the metadata: the same, while it is the same; 0: there is none. */
  readonly revision: number
  readonly metadata: Metadata
}

/** What decides for whom and by which filters documents are found. */
export interface Facts {
  /** Whether the access of all documents is known, and what is not said here is for everybody; else some has changed. */
  readonly isWhole: boolean
  /** Null: everybody may see it. */
  readonly access: ReadonlyMap<string, Access | null>
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
   * The same function until an answer of it changes, so that what an index has worked out for it stays good. Undefined: all.
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

/** @param index of no other documents than those that it has, anything was worked out */
export function createFacts(index: Pick<ReadonlyMap<string, unknown>, 'has'>): KnownFacts {
  const restrictions = createRestrictions()
  const described = new Map<string, Metadata>()
  const revisions = new Map<string, number>()
  const sizes = new Map<string, number>()
  const filters = createRemembered(FILTERS)
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

    learn({ isWhole, access, changed }) {
      const said = new Set([...access.keys(), ...changed.keys()])
      const watched = isWhole ? undefined : [...said].filter((id) => index.has(id))
      const over = [filters.watch(watched), restrictions.watch(watched)]
      if (isWhole) restrictions.clear()
      restrictions.update(access)
      for (const [documentId, one] of changed) describe(documentId, one)
      for (const forget of over) forget()
    },

    acceptedBy({ reader, filter }) {
      if (filter === undefined) return restrictions.acceptedBy(reader)
      return filters.get(JSON.stringify([reader.caller, reader.person, filter]), () => {
        const [mayFind, matches] = [restrictions.mayFind(reader), matcherOf(filter)]
        return (documentId) =>
          mayFind(documentId) && matches(described.get(documentId) ?? NO_METADATA)
      })
    },

    get bytes() {
      return bytes + restrictions.bytes
    },
  }
}
