/**
 * The bits of MeCab's `CharInfo`, one 32-bit number per character: the categories it belongs to
 * (18 bits), its own category (8), and how unknown words that begin with it are made: up to
 * `length` characters (4), `group`: the whole run of its kind (1), `invoke`: even where the
 * dictionary knows a word (1).
 */
export const kindsOf = (info: number) => info & 0x3ffff
export const categoryOf = (info: number) => (info >>> 18) & 0xff
export const lengthOf = (info: number) => (info >>> 26) & 0xf
export const groups = (info: number) => ((info >>> 30) & 1) === 1
export const invokes = (info: number) => info >>> 31 === 1

/**
 * These two private-use characters stand for a protected run of letters or digits while the
 * morphemes around it are looked for: no dictionary word holds them, and what follows (`GPT-4o는`)
 * is still seen to follow a foreign word or a number.
 */
export const LETTERS_MARK = '\ue000'
export const DIGITS_MARK = '\ue001'

const MARK_KIND = 1 << 17

/** A character that is always one word by itself, of the category of another character. */
export function markInfo(like: number): number {
  return (MARK_KIND | (categoryOf(like) << 18) | (1 << 26) | (1 << 31)) >>> 0
}
