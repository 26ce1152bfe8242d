import { type TStringOptions, Type } from 'typebox'

/** A name that people give: one line, not blank. It is shown, never used as a path. */
export function Label(options: TStringOptions) {
  return Type.String({ minLength: 1, pattern: LABEL.source, ...options })
}

/** No control characters, no half of a surrogate pair, and at least one character that shows. */
export const LABEL = /^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u
