import type { LexicalHit } from '@dure/retrieval'
import type { BaseIndex } from '../search/base-index.ts'
import type { IndexCache } from '../search/index-cache.ts'
import type { Accepts, BaseSearch, RetrievalStore } from './retrieval-store.ts'

/** The default: indexes in the memory of this process. */
export function createEmbeddedStore(indexes: IndexCache): RetrievalStore {
  return {
    open: async (tenant, id, generation) => searchIn(await indexes.get(tenant, id, generation)),
    async close() {},
  }
}

function searchIn({ lexical, vectors }: BaseIndex): BaseSearch {
  type Query = Parameters<typeof lexical.search>[0]

  /** Asks for more until enough of them are accepted. */
  function searchAccepted(query: Query, accepts: Accepts): LexicalHit[] {
    for (let topK = query.topK; ; topK = 4 * topK) {
      const found = lexical.search({ ...query, topK })
      const shown = found.filter(({ documentId }) => accepts(documentId))
      if (shown.length >= query.topK || found.length < topK) return shown.slice(0, query.topK)
    }
  }

  return {
    get size() {
      return lexical.size
    },
    holdersOfBigram: (bigram) => lexical.holdersOfBigram(bigram),
    words: async (_terms, { accepts }) =>
      accepts ? { search: (query) => searchAccepted(query, accepts) } : lexical,
    nearest: async (vector, { limit, accepts }) =>
      (await vectors?.search({ vector, topK: limit, accepts })) ?? [],
    cosines: async (vector, ids) => vectors?.cosines(vector, ids) ?? new Map(),
  }
}
