import { isWordCharacter } from './syntax.ts'

export type CharacterTest = (codePoint: number) => boolean

const isDigit: CharacterTest = (c) => c >= 48 && c <= 57
const isSpace: CharacterTest = (c) => /^\s$/u.test(String.fromCodePoint(c))
const not =
  (test: CharacterTest): CharacterTest =>
  (c) =>
    !test(c)

const CLASSES: Readonly<Record<string, CharacterTest>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWordCharacter,
  W: not(isWordCharacter),
  s: isSpace,
  S: not(isSpace),
}

const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 }

/** `\d` and the like. */
export function classOf(letter: string): CharacterTest | undefined {
  return Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined
}

/** `\n` and the like. */
export function controlOf(letter: string): number | undefined {
  return Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined
}

const PROPERTY = /^[A-Za-z_]{1,40}(?:=[A-Za-z_]{1,40})?$/

/**
 * `\p{…}` of one character, by the tables of the engine: a pattern of ours that looks at one character takes no time.
 *
 * @returns undefined when Unicode has no such property
 */
export function propertyOf(name: string, isNegative: boolean): CharacterTest | undefined {
  if (!PROPERTY.test(name)) return undefined
  try {
    const one = new RegExp(`^\\${isNegative ? 'P' : 'p'}{${name}}$`, 'u')
    return (c) => one.test(String.fromCodePoint(c))
  } catch {
    return undefined
  }
}

export function rangeOf(first: number, last: number): CharacterTest {
  return (c) => c >= first && c <= last
}

/** Also true for the other case of a letter, where both are one character. */
export function ignoringCase(test: CharacterTest): CharacterTest {
  return (c) => {
    if (test(c)) return true
    const text = String.fromCodePoint(c)
    return [text.toLowerCase(), text.toUpperCase()].some((other) => {
      const [first = '', ...more] = other
      return more.length === 0 && first !== text && test(first.codePointAt(0) ?? -1)
    })
  }
}
