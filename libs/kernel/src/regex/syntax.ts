/** What a pattern means. Groups only group: nothing is captured. */
export type Pattern =
  | { readonly kind: 'one'; readonly accepts: (codePoint: number) => boolean }
  | { readonly kind: 'assert'; readonly at: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  | {
      readonly kind: 'repeat'
      readonly part: Pattern
      readonly least: number
      /** Infinity: as often as it goes. */
      readonly most: number
      readonly isLazy: boolean
    }

export type Assertion = 'start' | 'end' | 'word-boundary' | 'no-word-boundary'

/** Half of what the longest program may have: see `program.ts`. */
export const MAX_REPETITIONS = 1000

export function isWordCharacter(codePoint: number): boolean {
  return codePoint < 128 && /^\w$/.test(String.fromCharCode(codePoint))
}
