import { bigrams } from './bigrams.ts'
import type { Dictionary } from './dictionary.ts'
import { type ExplainedWord, type Explanation, explainingListener } from './explain.ts'
import { createMorphemeReader, type MorphemeReader } from './morphemes.ts'
import { type Normalised, normalise } from './normalise.ts'
import type { ProtectedKind } from './protect.ts'
import { createReading, type Reading, type ReadingListener } from './reading.ts'
import type { UserDictionary } from './user-words.ts'

/** Which rules made the terms of an index. An index of another version has to be built again. */
export const ANALYZER_VERSION = 'ko-4'

/** Costs in the dictionary are logarithms of odds times this: `cost-factor` in its `dicrc`. */
const COST_FACTOR = 800

export interface Token {
  readonly term: string
  /** `user`: of a word of the project. */
  readonly kind: 'morpheme' | 'user' | ProtectedKind
  /** UTF-16 offsets into the text as it was given. */
  readonly start: number
  readonly end: number
}

export interface Analysis {
  readonly tokens: readonly Token[]
}

/** Holds buffers of its own over a shared dictionary: one per thread is enough. */
export interface Analyzer {
  /** Of its rules and of the words of its project. */
  readonly version: string
  /**
   * The tokens worth searching, in order of the text: content morphemes (compounds as their parts,
   * inflected words as their stems, no particles, endings or punctuation) and protected runs.
   * Takes any string and time linear in its length.
   */
  analyze(text: string): Analysis
  /** The terms of `analyze`, repetitions included: what BM25 counts. */
  terms(text: string): string[]
  /** Every word of a text, also those that are left out, for somebody who wonders why. */
  explain(text: string): Explanation
  /** @see bigrams */
  bigrams(text: string): string[]
  /**
   * How unlike Korean a short normalised text reads, as a negative logarithm of odds: what reads
   * better by 1 is e times as likely, as far as the dictionary can tell. Only differences between
   * texts of the same length mean something.
   */
  strangeness(text: string): number
  /** One that knows the words of a project, too, and has the same buffers: it costs nothing to make. */
  withWords(words: UserDictionary): Analyzer
}

/** Of the analyzer with these words; undefined: of a project that has none. */
export function analyzerVersion(wordsVersion: string | undefined): string {
  return wordsVersion === undefined ? ANALYZER_VERSION : `${ANALYZER_VERSION}+${wordsVersion}`
}

export function createAnalyzer(dictionary: Dictionary): Analyzer {
  const parts = {
    reading: createReading(dictionary),
    morphemes: createMorphemeReader(dictionary),
  }
  return analyzerOf(parts, undefined)
}

interface Parts {
  readonly reading: Reading
  readonly morphemes: MorphemeReader
}

type Tell = (term: string, kind: Token['kind'], start: number, end: number) => void

function analyzerOf(parts: Parts, words: UserDictionary | undefined): Analyzer {
  const { reading } = parts

  /** Tells the tokens of a normalised text, in order; offsets are those of that text. */
  function read({ text }: Normalised, tell: Tell): void {
    reading.read(text, words, tokenListener(parts, text, tell))
  }

  return {
    version: analyzerVersion(words?.version),
    analyze(original) {
      const normalised = normalise(original)
      const tokens: Token[] = []
      read(normalised, (term, kind, start, end) =>
        tokens.push({ term, kind, start: normalised.startOf(start), end: normalised.endOf(end) }),
      )
      return { tokens }
    },
    terms(original) {
      const terms: string[] = []
      read(normalise(original), (term) => terms.push(term))
      return terms
    },
    explain(original) {
      const normalised = normalise(original)
      const explained: ExplainedWord[] = []
      const listener = explainingListener(normalised, parts.morphemes, explained)
      reading.read(normalised.text, words, listener)
      return { normalised: normalised.text, words: explained }
    },
    bigrams,
    strangeness: (text) => reading.cost(text, words) / COST_FACTOR,
    withWords: (own) => analyzerOf(parts, own),
  }
}

function tokenListener({ morphemes }: Parts, text: string, tell: Tell): ReadingListener {
  return {
    run({ terms }) {
      for (const { term, kind, start, end } of terms) tell(term, kind, start, end)
    },
    word(word, block, from) {
      morphemes.tell(block, word, (term, start, end) =>
        tell(term, 'morpheme', from + start, from + end),
      )
    },
    userWord(_word, start, ends) {
      let from = start
      for (const end of ends) {
        tell(text.slice(from, end), 'user', from, end)
        from = end
      }
    },
  }
}
