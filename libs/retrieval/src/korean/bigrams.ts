import { normalise } from './normalise.ts'

const SPACE = 0x20

/**
 * Every two neighbouring syllables of each run of Hangul; a lone syllable stands for itself. They
 * find what a misspelling, or a name the dictionary does not know, hides from the morphemes.
 * A space is no border: where Koreans put one is a matter of taste (`한국 사람`, `한국사람`).
 */
export function bigrams(given: string): string[] {
  const { text } = normalise(given)
  const pairs: string[] = []
  let before = ''
  let isLone = false
  const endRun = () => {
    if (isLone) pairs.push(before)
    before = ''
    isLone = false
  }
  for (let at = 0; at < text.length; at++) {
    if (isSyllable(text.charCodeAt(at))) {
      const syllable = text.charAt(at)
      if (before !== '') pairs.push(before + syllable)
      isLone = before === ''
      before = syllable
    } else if (before !== '' && !isGap(text, at)) endRun()
  }
  endRun()
  return pairs
}

/** One space between two syllables. */
function isGap(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === SPACE &&
    isSyllable(text.charCodeAt(at - 1)) &&
    isSyllable(text.charCodeAt(at + 1))
  )
}

function isSyllable(code: number): boolean {
  return code >= 0xac00 && code <= 0xd7a3
}
