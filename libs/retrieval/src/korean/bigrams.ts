import { normalise } from './normalise.ts'

const HANGUL_RUN = /[가-힣]+(?: [가-힣]+)*/g

/**
 * Every two neighbouring syllables of each run of Hangul; a lone syllable stands for itself. They
 * find what a misspelling, or a name the dictionary does not know, hides from the morphemes.
 * A space is no border: where Koreans put one is a matter of taste (`한국 사람`, `한국사람`).
 */
export function bigrams(text: string): string[] {
  return Array.from(normalise(text).text.matchAll(HANGUL_RUN)).flatMap(([spaced]) => {
    const run = spaced.replaceAll(' ', '')
    if (run.length === 1) return [run]
    return Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2))
  })
}
