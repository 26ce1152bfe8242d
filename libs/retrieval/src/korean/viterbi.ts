import { categoryOf, invokes, kindsOf, lengthOf } from './char-info.ts'
import type { Dictionary } from './dictionary.ts'
import { Lattice } from './lattice.ts'
import { createReader, groupEnd, type Sentence, skipSpaces, widthAt } from './sentence.ts'

/** One word of the best reading of a text; several morphemes where its token is an expression. */
export interface Word {
  /** UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** The token in the lexicon, or -1 for an unknown word. */
  readonly token: number
  readonly tagId: number
}

/**
 * Reads a text as the words of its cheapest path: the Viterbi algorithm over MeCab's lattice (word
 * costs plus connection costs), with mecab-ko's penalty for a space before a particle. Follows
 * MeCab's `tokenizer.cpp` and `viterbi.cpp`, so that the readings are the same. Time is linear in
 * the length; memory too, and it is kept: give it sentences, not books.
 */
export interface Segmenter {
  words(text: string): Word[]
  /** What the reading costs: the less, the more it is like the texts that the dictionary is of. */
  cost(text: string): number
}

export function createSegmenter(dictionary: Dictionary): Segmenter {
  const read = createReader(dictionary.characters)
  const lattice = new Lattice(dictionary)
  const space = kindsOf(dictionary.characters[0x20] ?? 0)

  function fill(text: string): Sentence {
    const sentence = read(text)
    lattice.reset(sentence.length)
    for (let at = 0; at < sentence.length; at++) {
      if (!lattice.reaches(at)) continue
      const start = skipSpaces(sentence, at, space)
      if (start === sentence.length) break
      const first = lattice.size
      addKnownWords(dictionary, sentence, { lattice, start })
      const isKnown = lattice.size > first
      if (!isKnown || invokes(sentence.infos[start] ?? 0)) {
        addUnknownWords(dictionary, sentence, { lattice, start })
      }
      lattice.connect(first, at)
    }
    return sentence
  }

  return {
    words(text) {
      const { units } = fill(text)
      return lattice.path().map((word) => ({
        ...word,
        start: units[word.start] ?? 0,
        end: units[word.end] ?? 0,
      }))
    },
    cost(text) {
      fill(text)
      return lattice.cost()
    },
  }
}

interface Place {
  readonly lattice: Lattice
  readonly start: number
}

/** Every word of the dictionary that begins here: one walk down the double array. */
function addKnownWords(
  { lexicon: { trie } }: Dictionary,
  { bytes, length }: Sentence,
  { lattice, start }: Place,
): void {
  let base = trie[0] ?? 0
  for (let at = start; at < length; at++) {
    const node = base + (bytes[at] ?? 0) + 1
    if (trie[2 * node + 1] !== base) return
    base = trie[2 * node] ?? 0
    const value = trie[2 * base] ?? 0
    if (value >= 0 || trie[2 * base + 1] !== base) continue
    // A leaf holds the number of its tokens in the low byte, above it the first of them.
    const first = -(value + 1) >>> 8
    const last = first + (-(value + 1) & 0xff)
    for (let token = first; token < last; token++) lattice.addKnown(start, at + 1, token)
  }
}

/** Guesses by the kind of the character: the whole run of its kind, and its first few characters. */
function addUnknownWords(
  { unknownWords }: Dictionary,
  sentence: Sentence,
  { lattice, start }: Place,
): void {
  const { infos, bytes, length } = sentence
  const info = infos[start] ?? 0
  const word = unknownWords[categoryOf(info)]
  if (word === undefined) throw new Error(`No unknown word for category ${categoryOf(info)}`)
  const first = lattice.size
  const end = groupEnd(sentence, start)
  if (end >= 0) lattice.addUnknown(start, end, word)
  let at = start + widthAt(bytes, start)
  for (let i = 0; i < lengthOf(info); i++) {
    if (at !== end) lattice.addUnknown(start, at, word)
    if (at >= length || !(kindsOf(infos[at] ?? 0) & kindsOf(info))) break
    at += widthAt(bytes, at)
  }
  if (lattice.size === first) lattice.addUnknown(start, at, word)
}
