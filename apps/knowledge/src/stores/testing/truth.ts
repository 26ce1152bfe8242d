import type { Access } from '../../documents/access.ts'
import type { BringUp, IndexedPassage, ReadRestricted } from '../../search/bring-up-store.ts'

export type Documents = Map<string, { version: number; passages: IndexedPassage[] }>

/** What PostgreSQL holds of some bases, as far as a store asks for it. */
export function createTruth() {
  const bases = new Map<
    string,
    { generation: bigint; documents: Documents; restricted: Map<string, Access> }
  >()

  function of(base: string) {
    const known = bases.get(base) ?? { generation: 0n, documents: new Map(), restricted: new Map() }
    bases.set(base, known)
    return known
  }

  const bringUp: BringUp = async (_tenant, id, sink) => {
    const { generation, documents, restricted } = of(id)
    const moment = new Map(documents)
    sink.restrict(new Map(restricted))
    for (const known of sink.versions.keys()) if (!moment.has(known)) sink.remove(known)
    for (const [documentId, { version, passages }] of moment) {
      if (sink.versions.get(documentId) !== version) {
        await sink.put(documentId, version, passages)
      }
    }
    return generation
  }

  const readRestricted: ReadRestricted = async (_tenant, id) => new Map(of(id).restricted)

  return {
    bringUp,
    readRestricted,
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
  }
}

export type Truth = ReturnType<typeof createTruth>
