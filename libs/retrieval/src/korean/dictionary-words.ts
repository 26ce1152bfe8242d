import type { Dictionary } from './dictionary.ts'
import { kindAt, lastOfKey, tagIdOf } from './tokens.ts'
import { keysOf } from './trie.ts'

export interface DictionaryWord {
  readonly text: string
  /** Undefined: it is several morphemes. */
  readonly tag: string | undefined
  /** The less, the more frequent it is among words of its tag. */
  readonly cost: number
}

/** All words of the dictionary, one that may be several things once for each. Takes a second or two. */
export function* dictionaryWords(dictionary: Dictionary): Generator<DictionaryWord> {
  const { trie, tokens, tags } = dictionary
  for (const { key, value } of keysOf(trie)) {
    const last = lastOfKey(tokens, value)
    for (let token = value; token <= last; token++) {
      const { packed, cost } = kindAt(tokens, token)
      yield { text: key, tag: tags.get(tagIdOf(packed)), cost }
    }
  }
}
