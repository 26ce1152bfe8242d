import { bytesOf, createRandom, quantise } from '@dure/retrieval'
import type { IndexedPassage } from '../../search/bring-up-store.ts'

const DIMENSIONS = 32

/** Syllables of made-up words: some are in many passages, most in few, as in every language. */
const SYLLABLES = Array.from('가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로')

/** Passages and questions that are the same whenever they are made. */
export function createWriter(seed: number) {
  const { below } = createRandom(seed)
  const word = () => {
    const rank = below(1 + below(1 + below(SYLLABLES.length ** 2)))
    const [first, second] = [Math.floor(rank / SYLLABLES.length), rank % SYLLABLES.length]
    return `${SYLLABLES[first]}${SYLLABLES[second]}`
  }
  const words = (count: number) => Array.from({ length: count }, word)
  const direction = () => Float32Array.from({ length: DIMENSIONS }, () => below(2001) - 1000)

  return {
    direction,
    passage(id: string): IndexedPassage {
      const text = words(20 + below(60))
      const quantised = quantise(direction())
      return {
        ...passageOf(id, text),
        headingMorphemes: words(below(4)),
        vector: quantised ? bytesOf(quantised) : null,
      }
    },
    question: () => questionOf(words(2 + below(5))),
  }
}

/** A passage of these words, without a heading and without a vector. */
export function passageOf(id: string, words: readonly string[]): IndexedPassage {
  const bigrams = pairsOf(words)
  return { id, morphemes: [...words], bigrams, headingMorphemes: [], vector: null }
}

export function questionOf(words: readonly string[]) {
  const counts = (terms: readonly string[]) => {
    const map = new Map<string, number>()
    for (const term of terms) map.set(term, (map.get(term) ?? 0) + 1)
    return map
  }
  return { morphemes: counts(words), bigrams: counts(pairsOf(words)) }
}

function pairsOf(words: readonly string[]): string[] {
  const letters = Array.from(words.join(''))
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)
}
