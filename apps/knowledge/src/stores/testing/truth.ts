import type { Access } from '../../documents/access.ts'
import type { Metadata } from '../../documents/metadata.ts'
import type { BringUp, IndexedPassage, ReadFacts } from '../../search/bring-up-store.ts'
import type { Described } from '../../search/facts.ts'

export type Documents = Map<string, { version: number; passages: IndexedPassage[] }>

/** What PostgreSQL holds of some bases, as far as a store asks for it. */
export function createTruth() {
  const bases = new Map<
    string,
    {
      generation: bigint
      documents: Documents
      restricted: Map<string, Access>
      described: Map<string, Described>
    }
  >()

  function of(base: string) {
    const known = bases.get(base) ?? {
      ...{ generation: 0n, documents: new Map(), restricted: new Map(), described: new Map() },
    }
    bases.set(base, known)
    return known
  }

  const bringUp: BringUp = async (_tenant, id, sink) => {
    const { generation, documents, restricted, described } = of(id)
    const moment = new Map(documents)
    sink.learn({ isWhole: true, access: new Map(restricted), changed: new Map(described) })
    for (const known of sink.versions.keys()) if (!moment.has(known)) sink.remove(known)
    for (const [documentId, { version, passages }] of moment) {
      if (sink.versions.get(documentId) !== version) {
        await sink.put(documentId, version, passages)
      }
    }
    return generation
  }

  const readFacts: ReadFacts = async (_tenant, id) => {
    const { generation, restricted, described } = of(id)
    const facts = { isWhole: true, access: new Map(restricted), changed: new Map(described) }
    return { facts, generation }
  }

  return {
    bringUp,
    readFacts,
    generation: (base: string) => of(base).generation,
    /** A new version of a document in the place of the one before. */
    put(base: string, documentId: string, passages: IndexedPassage[]): void {
      const known = of(base)
      const version = (known.documents.get(documentId)?.version ?? 0) + 1
      known.documents.set(documentId, { version, passages })
      known.generation++
    },
    remove(base: string, documentId: string): void {
      of(base).documents.delete(documentId)
      of(base).generation++
    },
    restrict(base: string, documentId: string, access: Access): void {
      of(base).restricted.set(documentId, access)
      of(base).generation++
    },
    describe(base: string, documentId: string, metadata: Metadata): void {
      const revision = (of(base).described.get(documentId)?.revision ?? 0) + 1
      of(base).described.set(documentId, { revision, metadata })
      of(base).generation++
    },
  }
}

export type Truth = ReturnType<typeof createTruth>
