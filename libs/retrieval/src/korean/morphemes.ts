import type { Dictionary } from './dictionary.ts'
import { type Part, partsOf as partsIn } from './expressions.ts'
import type { Word } from './lattice.ts'

/** Hears of a content morpheme: its dictionary form, and the piece of the text that holds it. */
export type MorphemeListener = (term: string, start: number, end: number) => void

/**
 * What a text is about: nouns, roots, stems of verbs and adjectives, adverbs, foreign words,
 * numbers, Chinese characters, and what nobody knows. Not: particles (J), endings (E),
 * affixes (X), auxiliaries, the copula, interjections, punctuation (S).
 */
const CONTENT = new Set(
  'NNG NNP NNB NNBC NP NR XR VV VA VX VCN MAG MM SL SN SH UNKNOWN NA UNA VSV'.split(' '),
)

/** Bounds the memory of each thread for expressions that were taken apart before. A text has few that are frequent. */
const MAX_CACHED = 1 << 12

export interface MorphemeReader {
  /** Tells the content morphemes of a word of a text; offsets are those of the text. */
  tell(text: string, word: Word, listener: MorphemeListener): void
  /** Undefined for a word that is several morphemes. */
  tagOf(word: Word): string | undefined
  /** None for a word that is one morpheme. */
  partsOf(word: Word): readonly Part[]
}

export function createMorphemeReader({ expressions, tags }: Dictionary): MorphemeReader {
  const cache = new Map<number, readonly Part[]>()

  function partsOf(token: number): readonly Part[] {
    const known = cache.get(token)
    if (known !== undefined) return known
    const parts = partsIn(expressions, token)
    if (cache.size === MAX_CACHED) cache.clear()
    cache.set(token, parts)
    return parts
  }

  return {
    tell(text, { token, tagId, start, end }, listener) {
      const tag = tags.get(tagId)
      if (tag !== undefined) {
        if (CONTENT.has(tag)) listener(text.slice(start, end), start, end)
        return
      }
      for (const part of partsOf(token)) {
        if (!CONTENT.has(part.tag)) continue
        const from = start + part.at
        // A stem that the word does not spell out has no place of its own in it and is given the whole word.
        if (text.startsWith(part.text, from)) listener(part.text, from, from + part.text.length)
        else listener(part.text, start, end)
      }
    },
    tagOf: ({ tagId }) => tags.get(tagId),
    partsOf: ({ token, tagId }) => (tags.has(tagId) ? [] : partsOf(token)),
  }
}
