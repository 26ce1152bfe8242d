import { categoryOf, invokes, kindsOf, lengthOf } from './char-info.ts'
import type { Dictionary } from './dictionary.ts'
import { Lattice, type Word } from './lattice.ts'
import { createReader, groupEnd, type Sentence, skipSpaces } from './sentence.ts'
import type { WordKind } from './tokens.ts'
import { afterCharacter, NOWHERE, rootOf, valueAt } from './trie.ts'

/** The token of a word that the dictionary does not have. */
const UNKNOWN = -1

/**
 * Reads a text as the words of its cheapest path: the Viterbi algorithm over MeCab's lattice (word
 * costs plus connection costs), with mecab-ko's penalty for a space before a particle. Follows
 * MeCab's `tokenizer.cpp` and `viterbi.cpp`, so that the readings are the same. Time is linear in
 * the length; memory too, and it is kept: give it sentences, not books.
 */
export interface Segmenter {
  /** @param extras by where they begin */
  words(text: string, extras?: ExtraWords): Word[]
  /** What the reading costs: the less, the more it is like the texts that the dictionary is of. */
  cost(text: string, extras?: ExtraWords): number
}

/** A word that may stand somewhere in a text, whatever the dictionary says. */
export interface ExtraWord extends WordKind {
  /** UTF-16 offset. */
  readonly end: number
  /** Less than that of unknown words. */
  readonly token: number
}

/** By the UTF-16 offset at which they begin. */
export type ExtraWords = ReadonlyMap<number, readonly ExtraWord[]>

export function createSegmenter(dictionary: Dictionary): Segmenter {
  const read = createReader(dictionary.characters)
  const lattice = new Lattice(dictionary)
  const space = kindsOf(dictionary.characters[0x20] ?? 0)

  function fill(text: string, extras: ExtraWords | undefined): Sentence {
    const sentence = read(text)
    lattice.reset(sentence.length)
    for (let at = 0; at < sentence.length; at++) {
      if (!lattice.reaches(at)) continue
      const start = skipSpaces(sentence, at, space)
      if (start === sentence.length) break
      lattice.begin(at, start)
      const isKnown = addKnownWords(dictionary, sentence, { lattice, start })
      if (!isKnown || invokes(sentence.infos[start] ?? 0)) {
        addUnknownWords(dictionary, sentence, { lattice, start })
      }
      const own = extras?.get(sentence.units[start] as number)
      if (own) addExtraWords(own, sentence, { lattice, start })
    }
    return sentence
  }

  return {
    words(text, extras) {
      const { units } = fill(text, extras)
      return lattice.path(units)
    },
    cost(text, extras) {
      fill(text, extras)
      return lattice.cost()
    },
  }
}

/** Every word of the dictionary that begins here: one walk down the double array. */
function addKnownWords(dictionary: Dictionary, sentence: Sentence, { lattice, start }: Place) {
  const { trie, firstSteps } = dictionary
  const { codes, length } = sentence
  const code = codes[start] ?? 0
  let state =
    code < firstSteps.length
      ? (firstSteps[code] ?? NOWHERE)
      : afterCharacter(trie, rootOf(trie), code)
  let isKnown = false
  for (let at = start + 1; state !== NOWHERE; at++) {
    const value = valueAt(trie, state)
    if (value !== NOWHERE) {
      lattice.addKnown(at, value)
      isKnown = true
    }
    if (at === length) break
    state = afterCharacter(trie, state, codes[at] ?? 0)
  }
  return isKnown
}

interface Place {
  readonly lattice: Lattice
  readonly start: number
}

/** Guesses by the kind of the character: the whole run of its kind, and its first few characters. */
function addUnknownWords(dictionary: Dictionary, sentence: Sentence, { lattice, start }: Place) {
  const { infos, length } = sentence
  const info = infos[start] ?? 0
  const word = dictionary.unknownWords[categoryOf(info)]
  if (word === undefined) throw new Error(`No unknown word for category ${categoryOf(info)}`)
  const group = groupEnd(sentence, start)
  if (group >= 0) lattice.addOther(group, UNKNOWN, word)
  let end = start + 1
  for (let i = 0; i < lengthOf(info); i++) {
    if (end !== group) lattice.addOther(end, UNKNOWN, word)
    if (end >= length || !(kindsOf(infos[end] ?? 0) & kindsOf(info))) break
    end++
  }
  if (group < 0 && lengthOf(info) === 0) lattice.addOther(end, UNKNOWN, word)
}

function addExtraWords(
  extras: readonly ExtraWord[],
  { units }: Sentence,
  { lattice, start }: Place,
) {
  for (const extra of extras) {
    let end = start + 1
    while ((units[end] as number) < extra.end) end++
    lattice.addOther(end, extra.token, extra)
  }
}
