import type { Expressions } from './compact.ts'
import type { Dictionary } from './dictionary.ts'
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

/** Bounds the memory for expressions that were taken apart before. */
const MAX_CACHED = 1 << 16

/** A content morpheme of an expression, and where it is in the word if it is spelt there as here. */
interface Part {
  readonly term: string
  readonly at: number
}

/** Tells the content morphemes of the words of a text; offsets are those of the text. */
export function createMorphemeReader({ expressions, tags }: Dictionary) {
  const cache = new Map<number, readonly Part[]>()

  function partsOf(token: number): readonly Part[] {
    const known = cache.get(token)
    if (known !== undefined) return known
    const parts = parseExpression(expressionOf(expressions, token))
    if (cache.size === MAX_CACHED) cache.clear()
    cache.set(token, parts)
    return parts
  }

  return (text: string, { token, tagId, start, end }: Word, tell: MorphemeListener): void => {
    const tag = tags.get(tagId)
    if (tag !== undefined) {
      if (CONTENT.has(tag)) tell(text.slice(start, end), start, end)
      return
    }
    for (const { term, at } of partsOf(token)) {
      const from = start + at
      if (text.startsWith(term, from)) tell(term, from, from + term.length)
      else tell(term, start, end)
    }
  }
}

const utf8 = new TextDecoder()

function expressionOf({ bytes, offsets }: Expressions, token: number): string {
  const start = offsets[token] ?? 0
  // A copy: not every decoder takes shared memory.
  return utf8.decode(bytes.slice(start, bytes.indexOf(0, start)))
}

/**
 * `인공/NNG/*+지능/NNG/*` of a compound, `돕/VV/*+아/EC/*` of the inflected 도와. A stem that the word
 * does not spell out has no place of its own in it and is given the whole word.
 */
function parseExpression(expression: string): Part[] {
  let at = 0
  return expression.split('+').flatMap((part) => {
    const [term = '', tag = ''] = part.split('/')
    const start = at
    at += term.length
    return term !== '' && CONTENT.has(tag) ? [{ term, at: start }] : []
  })
}
