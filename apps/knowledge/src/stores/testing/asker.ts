import type { Accepts, BaseSearch } from '../retrieval-store.ts'
import { wordsIn } from './comparison.ts'
import { questionOf } from './passages.ts'

/** Asks a base, which is opened each time, for the ids of the ten best. */
export function createAsker(opened: () => Promise<BaseSearch>) {
  return {
    opened,
    async words(words: readonly string[], accepts?: Accepts) {
      const asked = { terms: questionOf(words), limit: 10, accepts }
      return (await wordsIn(await opened(), asked)).map(({ id }) => id)
    },
    async nearest(vector: Float32Array, accepts?: Accepts) {
      const found = await (await opened()).nearest(vector, { limit: 10, accepts })
      return found.map(({ id }) => id)
    },
  }
}
