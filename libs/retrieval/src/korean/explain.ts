import type { MorphemeReader } from './morphemes.ts'
import type { Normalised } from './normalise.ts'
import type { ReadingListener } from './reading.ts'

/** A word of a text, and what becomes of it. */
export interface ExplainedWord {
  /** As it stands in the normalised text. */
  readonly surface: string
  /** UTF-16 offsets into the text as it was given. */
  readonly start: number
  readonly end: number
  /** Who knows it: the dictionary, the project, nobody; or it is a run that is not cut. */
  readonly origin: 'dictionary' | 'user' | 'unknown' | 'protected'
  /** Of mecab-ko-dic, or `J` of any particle and `E` of any ending; several morphemes have several, joined by `+`. */
  readonly tag: string
  /** Its stem where it is inflected, else itself. */
  readonly lemma: string
  /** Its morphemes, where it is several. */
  readonly parts: readonly { readonly text: string; readonly tag: string }[]
  /** What it is found by; none: it is left out. */
  readonly terms: readonly string[]
}

export interface Explanation {
  /** The text in the one spelling that is searched. */
  readonly normalised: string
  readonly words: readonly ExplainedWord[]
}

/** Gathers what a reading tells. */
export function explainingListener(
  { text, startOf, endOf }: Normalised,
  morphemes: MorphemeReader,
  words: ExplainedWord[],
): ReadingListener {
  const add = (
    [start, end]: readonly [number, number],
    word: Pick<ExplainedWord, 'origin' | 'parts' | 'terms'> & { readonly tag: string },
  ) => {
    const surface = text.slice(start, end)
    const [first] = word.parts
    const isInflected = first && word.parts.map((part) => part.text).join('') !== surface
    const lemma = isInflected ? first.text : surface
    words.push({ surface, start: startOf(start), end: endOf(end), lemma, ...word })
  }

  return {
    run({ start, end, kind, terms }) {
      const tag = kind === 'number' ? 'SN' : 'SL'
      const found = terms.map(({ term }) => term)
      add([start, end], { origin: 'protected', tag, parts: [], terms: found })
    },

    word(word, block, from) {
      const parts = morphemes.partsOf(word)
      const terms: string[] = []
      morphemes.tell(block, word, (term) => terms.push(term))
      add([from + word.start, from + word.end], {
        origin: word.token < 0 ? 'unknown' : 'dictionary',
        tag: tagShown(morphemes.tagOf(word)) ?? parts.map((part) => part.tag).join('+'),
        parts: parts.map((part) => ({ text: part.text, tag: part.tag })),
        terms,
      })
    },

    userWord(word, start, ends) {
      const tag = morphemes.tagOf(word) ?? ''
      const texts = ends.map((end, at) => text.slice(ends[at - 1] ?? start, end))
      const parts = texts.length > 1 ? texts.map((part) => ({ text: part, tag })) : []
      add([start, ends.at(-1) ?? start], { origin: 'user', tag, parts, terms: texts })
    },
  }
}

/** The dictionary in memory does not tell particles from each other, nor endings: they share an id. */
function tagShown(tag: string | undefined): string | undefined {
  return tag !== undefined && /^[EJ]/.test(tag) ? tag.charAt(0) : tag
}
