/**
 * How Unicode composes Hangul syllables: 19 initials, 21 vowels, 28 finals (the first is none).
 * Source: The Unicode Standard, chapter 3.12.
 */
const FIRST = 0xac00
const COUNTS = [19, 21, 28] as const

export type Jamo = readonly [initial: number, vowel: number, final: number]

export const JAMO_COUNTS: readonly [number, number, number] = COUNTS

export function jamoOf(syllable: string): Jamo {
  const index = syllable.charCodeAt(0) - FIRST
  const [, vowels, finals] = COUNTS
  return [
    Math.floor(index / (vowels * finals)),
    Math.floor(index / finals) % vowels,
    index % finals,
  ]
}

export function syllableOf([initial, vowel, final]: Jamo): string {
  const [, vowels, finals] = COUNTS
  return String.fromCharCode(FIRST + (initial * vowels + vowel) * finals + final)
}

/** The 65 syllables that differ from this one in one jamo. */
export function neighboursOf(syllable: string): string[] {
  const jamo = jamoOf(syllable)
  return COUNTS.flatMap((count, part) =>
    Array.from({ length: count }, (_, other) => other)
      .filter((other) => other !== jamo[part])
      .map((other) => syllableOf(jamo.with(part, other) as unknown as Jamo)),
  )
}
