import { JAMO_COUNTS, jamoOf, syllableOf } from '../korean/syllable.ts'
import { createRandom, type Random, seedOf } from './random.ts'

export const PERTURBATIONS = ['none', 'nospace', 'spacing', 'jamo'] as const
export type Perturbation = (typeof PERTURBATIONS)[number]

/**
 * A question as somebody in a hurry types it; the same text always the same way.
 *
 * - `nospace`: without any space.
 * - `spacing`: three of ten spaces are missing, and one stands in every tenth place where none was.
 * - `jamo`: one of eight syllables (at least one) has another initial, vowel or final.
 */
export function perturb(text: string, perturbation: Perturbation): string {
  const random = createRandom(seedOf(text))
  const composed = text.normalize('NFC')
  if (perturbation === 'nospace') return composed.replace(/\s+/g, '')
  if (perturbation === 'spacing') return misspaced(composed, random)
  return perturbation === 'jamo' ? mistyped(composed, random) : text
}

const PERCENT_DROPPED = 30
const PERCENT_INSERTED = 10

function misspaced(text: string, random: Random): string {
  return Array.from(text, (character, i) => {
    if (/\s/.test(character)) return random.below(100) < PERCENT_DROPPED ? '' : character
    return i > 0 && random.below(100) < PERCENT_INSERTED ? ` ${character}` : character
  })
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

const ONE_OF = 8

function mistyped(text: string, random: Random): string {
  const characters = Array.from(text)
  const places = characters.flatMap((character, i) => (/[가-힣]/.test(character) ? [i] : []))
  const typos = Math.min(places.length, Math.max(1, Math.round(places.length / ONE_OF)))
  for (let typo = 0; typo < typos; typo++) {
    // A partial shuffle (Fisher and Yates): no place is taken twice.
    const chosen = typo + random.below(places.length - typo)
    const place = places[chosen] ?? 0
    places[chosen] = places[typo] ?? 0
    characters[place] = otherSyllable(characters[place] ?? '', random)
  }
  return characters.join('')
}

/** With one of its three jamo replaced by another; no final is one of the finals. */
function otherSyllable(syllable: string, random: Random): string {
  const part = random.below(JAMO_COUNTS.length)
  const count = JAMO_COUNTS[part] ?? 1
  const jamo: [number, number, number] = [...jamoOf(syllable)]
  jamo[part] = ((jamo[part] ?? 0) + 1 + random.below(count - 1)) % count
  return syllableOf(jamo)
}
