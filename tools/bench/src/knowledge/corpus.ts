import { createRandom } from '@dure/retrieval'
import { weighted } from './zipf.ts'

/** A passage by its terms, as the analyzer would give them. */
export interface TermPassage {
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
}

export interface TermCorpus {
  passage(): TermPassage
  /** Words of one passage, as somebody would ask for it. */
  question(passage: TermPassage): TermPassage
}

const VOCABULARY = 150_000
/** So many of the 11,172 make up nearly all of a Korean text. */
const SYLLABLES = 1000
const FIRST_SYLLABLE = 0xac00

/** Passages of made-up Korean words with the frequencies of a language; the same ones for the same seed. */
export function termCorpus(seed: number): TermCorpus {
  const source = createRandom(seed)
  const random = () => source.below(2 ** 32) / 2 ** 32
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const words = Array.from({ length: VOCABULARY }, () => wordOf(between(2, 3), random))
  const word = weighted(words, random)

  return {
    passage() {
      const morphemes = Array.from({ length: between(60, 120) }, word)
      return { morphemes, bigrams: bigramsOf(morphemes) }
    },
    question({ morphemes }) {
      const asked = Array.from(
        { length: between(3, 7) },
        () => morphemes[between(0, morphemes.length - 1)] ?? '',
      )
      return { morphemes: asked, bigrams: bigramsOf(asked) }
    },
  }
}

function wordOf(length: number, random: () => number): string {
  // Squared: some syllables are in many words, most in few.
  const syllable = () => FIRST_SYLLABLE + Math.floor(random() ** 2 * SYLLABLES)
  return String.fromCharCode(...Array.from({ length }, syllable))
}

/** Also across the words, as in a text whose spaces do not count. */
function bigramsOf(words: readonly string[]): string[] {
  const text = words.join('')
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}
