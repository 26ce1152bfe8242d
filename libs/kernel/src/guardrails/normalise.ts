/** A text as it reads, and for each of its code units where in the given text it comes from. */
export interface Readable {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** What belongs together when it is composed: syllables of Hangul letters, and a character with its marks. */
const PIECE = /[\u1100-\u115e][\u1161-\u11a7]?[\u11a8-\u11ff]?|[\s\S]\p{M}{0,30}/gu
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu
const PLAIN = /^[\x20-\x7e]$/
const DASH = /[\p{Pd}\u2212]/gu
const DIGIT = /\p{Nd}/u
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu

/** NFKC, digits of all scripts as 0 to 9, any dash as `-`, and nothing that is not seen. */
export function normalise(given: string): Readable {
  const starts: number[] = []
  const ends: number[] = []
  const parts: string[] = []
  const { text: seen, places } = withoutUnseen(given)
  for (const { 0: piece, index } of seen.matchAll(PIECE)) {
    const read = PLAIN.test(piece) ? piece : readable(piece)
    const start = places[index] ?? 0
    const end = (places[index + piece.length - 1] ?? start) + 1
    for (let unit = 0; unit < read.length; unit += 1) {
      starts.push(start)
      ends.push(end)
    }
    parts.push(read)
  }
  return { text: parts.join(''), starts, ends }
}

/** A place of the text that was given for one of the text as it reads. */
export function placeOf({ starts, ends }: Readable, start: number, end: number) {
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }
}

function withoutUnseen(given: string): { text: string; places: number[] } {
  const places: number[] = []
  const parts: string[] = []
  let at = 0
  const keep = (until: number) => {
    parts.push(given.slice(at, until))
    for (; at < until; at += 1) places.push(at)
  }
  for (const { 0: unseen, index } of given.matchAll(UNSEEN)) {
    keep(index)
    at = index + unseen.length
  }
  keep(given.length)
  return { text: parts.join(''), places }
}

function readable(piece: string): string {
  return piece
    .normalize('NFKC')
    .replace(FOREIGN_DIGIT, (digit) => String(digitValueOf(digit)))
    .replace(DASH, '-')
}

/** Digits of a script stand one after the other, from 0 on. */
function digitValueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1
  return value
}
