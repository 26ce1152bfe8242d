import type { BaseIndex } from '../search/base-index.ts'
import type { IndexCache } from '../search/index-cache.ts'
import type { BaseSearch, RetrievalStore } from './retrieval-store.ts'

/** The default: indexes in the memory of this process. */
export function createEmbeddedStore(indexes: IndexCache): RetrievalStore {
  return {
    open: async (tenant, id, generation) => searchIn(await indexes.get(tenant, id, generation)),
    async close() {},
  }
}

function searchIn({ lexical, terms, vectors, build, facts }: BaseIndex): BaseSearch {
  return {
    get size() {
      return lexical.size
    },
    analyzerVersion: terms?.analyzerVersion ?? null,
    build,
    acceptedBy: facts.acceptedBy,
    holdersOfBigram: (bigram) => lexical.holdersOfBigram(bigram),
    words: async (_terms, { accepts }) => ({
      search: (query) => lexical.search({ ...query, accepts }),
    }),
    nearest: async (vector, { limit, accepts }) =>
      (await vectors?.search({ vector, topK: limit, accepts })) ?? [],
    cosines: async (vector, ids) => vectors?.cosines(vector, ids) ?? new Map(),
  }
}
