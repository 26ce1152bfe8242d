import { bigrams } from './bigrams.ts'
import { DIGITS_MARK, LETTERS_MARK } from './char-info.ts'
import type { Dictionary } from './dictionary.ts'
import { createMorphemeReader } from './morphemes.ts'
import { normalise } from './normalise.ts'
import { type ProtectedKind, type ProtectedRun, protectedRuns } from './protect.ts'
import { createSegmenter } from './viterbi.ts'

/** Which rules made the terms of an index. An index of another version has to be built again. */
export const ANALYZER_VERSION = 'ko-3'

/** Costs in the dictionary are logarithms of odds times this: `cost-factor` in its `dicrc`. */
const COST_FACTOR = 800

export interface Token {
  readonly term: string
  readonly kind: 'morpheme' | ProtectedKind
  /** UTF-16 offsets into the text as it was given. */
  readonly start: number
  readonly end: number
}

export interface Analysis {
  readonly tokens: readonly Token[]
}

/** Holds buffers of its own over a shared dictionary: one per thread is enough. */
export interface Analyzer {
  readonly version: string
  /**
   * The tokens worth searching, in order of the text: content morphemes (compounds as their parts,
   * inflected words as their stems, no particles, endings or punctuation) and protected runs.
   * Takes any string and time linear in its length.
   */
  analyze(text: string): Analysis
  /** The terms of `analyze`, repetitions included: what BM25 counts. */
  terms(text: string): string[]
  /** @see bigrams */
  bigrams(text: string): string[]
  /**
   * How unlike Korean a short normalised text reads, as a negative logarithm of odds: what reads
   * better by 1 is e times as likely, as far as the dictionary can tell. Only differences between
   * texts of the same length mean something.
   */
  strangeness(text: string): number
}

export function createAnalyzer(dictionary: Dictionary): Analyzer {
  const segmenter = createSegmenter(dictionary)
  const readMorphemes = createMorphemeReader(dictionary)

  /** Tells the tokens of a normalised text, in order; offsets are those of that text. */
  function read(text: string, tell: Listener): void {
    const runs = protectedRuns(text)
    const masked = mask(text, runs)
    // A mark is one character where the run it stands for may be many: what follows is shifted.
    let shift = 0
    let nextRun = 0
    for (const block of blocks(masked)) {
      for (const word of segmenter.words(block.text)) {
        const run = isMark(masked.charAt(block.start + word.start)) ? runs[nextRun++] : undefined
        if (run === undefined) {
          const from = block.start + shift
          readMorphemes(block.text, word, (term, start, end) =>
            tell(term, 'morpheme', from + start, from + end),
          )
        } else {
          for (const { term, kind, start, end } of run.terms) tell(term, kind, start, end)
          shift += run.end - run.start - 1
        }
      }
    }
  }

  return {
    version: ANALYZER_VERSION,
    analyze(original) {
      const { text, startOf, endOf } = normalise(original)
      const tokens: Token[] = []
      read(text, (term, kind, start, end) =>
        tokens.push({ term, kind, start: startOf(start), end: endOf(end) }),
      )
      return { tokens }
    },
    terms(original) {
      const terms: string[] = []
      read(normalise(original).text, (term) => terms.push(term))
      return terms
    },
    bigrams,
    strangeness: (text) => segmenter.cost(text) / COST_FACTOR,
  }
}

type Listener = (term: string, kind: Token['kind'], start: number, end: number) => void

function mask(text: string, runs: readonly ProtectedRun[]): string {
  const pieces: string[] = []
  let done = 0
  for (const { kind, start, end } of runs) {
    pieces.push(text.slice(done, start), kind === 'number' ? DIGITS_MARK : LETTERS_MARK)
    done = end
  }
  return pieces.join('') + text.slice(done)
}

function isMark(character: string): boolean {
  return character === LETTERS_MARK || character === DIGITS_MARK
}

/** Long enough for a sentence; it bounds the memory of the lattice. */
const MAX_BLOCK = 1024

/** Lines; longer ones are cut at their last space within the bound, or where the bound is. */
function* blocks(text: string): Generator<{ readonly text: string; readonly start: number }> {
  let start = 0
  while (start < text.length) {
    const end = blockEnd(text, start)
    yield { text: text.slice(start, end), start }
    start = end
  }
}

function blockEnd(text: string, start: number): number {
  const line = text.slice(start, start + MAX_BLOCK)
  const feed = line.indexOf('\n')
  if (feed >= 0) return start + feed + 1
  if (start + MAX_BLOCK >= text.length) return text.length
  const space = line.lastIndexOf(' ')
  if (space > 0) return start + space
  const isPair = /[\ud800-\udbff]$/.test(line)
  return start + MAX_BLOCK - (isPair ? 1 : 0)
}
