import { LRUCache } from 'lru-cache'
import type { Accepts } from '../stores/retrieval-store.ts'

/** Functions that say what is so at the moment. Each stays the same until one of its answers has changed, so that what an index has worked out for it stays good. */
export interface Remembered {
  get(key: string, make: () => Accepts): Accepts
  /**
   * To be called before something changes, and what it returns after that.
   *
   * @param documentIds of which an answer may become another one; undefined: of any
   */
  watch(documentIds: readonly string[] | undefined): () => void
}

/** For more documents at once, it is quicker to work everything out anew. */
const MAX_WATCHED = 1000

/** @param max functions; what was not asked for longest is forgotten */
export function createRemembered(max: number): Remembered {
  const known = new LRUCache<string, Accepts>({ max })
  return {
    get(key, make) {
      const accepts = known.get(key) ?? make()
      known.set(key, accepts)
      return accepts
    },
    watch(documentIds) {
      if (documentIds === undefined || documentIds.length > MAX_WATCHED) return () => known.clear()
      const watched = Array.from(known.entries(), ([key, accepts]) => ({
        ...{ key, accepts, answers: documentIds.map(accepts) },
      }))
      return () => {
        for (const { key, accepts, answers } of watched) {
          if (documentIds.some((id, at) => accepts(id) !== answers[at])) known.delete(key)
        }
      }
    },
  }
}
