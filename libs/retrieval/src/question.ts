import { withoutFunctionWords } from './english/function-words.ts'
import type { Analyzer } from './korean/analyze.ts'
import type { LexicalIndex } from './lexical/bm25-index.ts'
import type { TermWeights } from './lexical/fields.ts'
import { countOf } from './lexical/fields.ts'
import { respell } from './spelling.ts'

/** The terms of a question, as the analyzer of the passages sees them, and how much each counts. */
export interface QuestionTerms {
  readonly morphemes: TermWeights
  readonly bigrams: TermWeights
}

/** What of an analyzer questions need. */
export type QuestionAnalyzer = Pick<Analyzer, 'terms' | 'bigrams' | 'strangeness'>

/** What mending a question has to know of the passages. */
export type PairStatistics = Pick<LexicalIndex, 'size' | 'holdersOfBigram'>

/** How much of a question that was perhaps mistyped is searched as we think that it was meant. */
const RESPELT_SHARE = 0.5

/**
 * What a question asks an index for: its terms without the words that only make it a question. Where
 * the index and the dictionary both say that a syllable was mistyped, half of the weight is on the
 * terms of the better spelling; the question as it stands keeps the rest.
 */
export function questionTerms(
  text: string,
  { analyzer, index }: { readonly analyzer: QuestionAnalyzer; readonly index: PairStatistics },
): QuestionTerms {
  const asked = termsOf(text, analyzer)
  const respelt = respeltQuestion(text, { analyzer, index })
  if (respelt === undefined) return asked
  const meant = termsOf(respelt, analyzer)
  return {
    morphemes: blend(asked.morphemes, meant.morphemes),
    bigrams: blend(asked.bigrams, meant.bigrams),
  }
}

/** The question with its probable typing errors mended; undefined: there are none. */
export function respeltQuestion(
  text: string,
  { analyzer, index }: { readonly analyzer: QuestionAnalyzer; readonly index: PairStatistics },
): string | undefined {
  return respell(text, {
    chunks: index.size,
    holders: (bigram) => index.holdersOfBigram(bigram),
    strangeness: (piece) => analyzer.strangeness(piece),
  })
}

function termsOf(text: string, analyzer: QuestionAnalyzer): QuestionTerms {
  const all = analyzer.terms(text)
  const telling = withoutFunctionWords(
    text,
    all.filter((term) => !QUESTION_WORDS.has(term)),
  )
  return {
    morphemes: countOf(telling.length > 0 ? telling : all),
    bigrams: countOf(analyzer.bigrams(text)),
  }
}

/** They say what kind of answer is wanted; that a passage has one of them says nothing. */
const QUESTION_WORDS = new Set(
  '무엇 뭐 무슨 누구 누 언제 어디 어느 어떤 어떻 어떻게 왜 몇 얼마 얼마나'.split(' '),
)

function blend(asked: TermWeights, meant: TermWeights): TermWeights {
  const weights = new Map<string, number>()
  for (const [term, weight] of asked) weights.set(term, weight * (1 - RESPELT_SHARE))
  for (const [term, weight] of meant) {
    weights.set(term, (weights.get(term) ?? 0) + weight * RESPELT_SHARE)
  }
  return weights
}
