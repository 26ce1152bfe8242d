/** An entry that shares words with a question. */
export interface Match<Key> {
  readonly key: Key
  /** Words of the question that are in it. */
  readonly shared: readonly string[]
  /** How many words it has. */
  readonly length: number
}

/** All that was looked in, matches or not. */
export interface Searched {
  readonly entries: number
  readonly averageLength: number
}

/** As usual for BM25. */
const K1 = 1.2
const B = 0.75

/**
 * By BM25, best first, where a word counts once in an entry: they are short, and what is said twice in one is not
 * meant twice. Of equals, those come first that came first.
 */
export function ranked<Key>(
  matches: readonly Match<Key>[],
  { entries, averageLength }: Searched,
): { readonly key: Key; readonly score: number }[] {
  const holders = new Map<string, number>()
  for (const { shared } of matches) {
    for (const word of shared) holders.set(word, (holders.get(word) ?? 0) + 1)
  }
  const rarity = (word: string) => {
    const some = holders.get(word) ?? 0
    return Math.log(1 + (entries - some + 0.5) / (some + 0.5))
  }
  return matches
    .map(({ key, shared, length }) => {
      const norm = 1 - B + (B * length) / Math.max(averageLength, 1)
      const each = (K1 + 1) / (1 + K1 * norm)
      return { key, score: each * shared.reduce((sum, word) => sum + rarity(word), 0) }
    })
    .toSorted((one, other) => other.score - one.score)
}
