/** A text in the one spelling that is searched, and where each piece of it was in the original. */
export interface Normalised {
  readonly text: string
  /** UTF-16 offset in the original of the character at this offset of `text`. */
  startOf(offset: number): number
  /** Where, in the original, the piece that ends at this offset of `text` ends; `offset` > 0. */
  endOf(offset: number): number
}

const SAFE = String.raw`\t\n\r -~·‐-‧‰-‸※、。〈-】ㄱ-ㅣ一-\u9fff가-힣`
const IS_SAFE = new RegExp(`^[${SAFE}]*$`)

// What may change: a character with what may compose with it, or one outside the safe ones. A
// real cluster is short (UAX #15 takes 30 marks for enough); a hostile one would sort for minutes.
const CLUSTER = new RegExp(`.[\\p{M}\\u1160-\\u11ff]{1,30}|[^${SAFE}]`, 'gsu')

// Full and half width, squared units (㎏, ㎡) and letterlike signs (℃): one meaning, two codes.
const COMPATIBLE = /[\u2100-\u214f\u3300-\u33ff\uff01-\uffef]/g
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]|\ufe0e|\ufe0f/g
// Half a pair, and the characters that we put in ourselves for protected runs.
const FOREIGN = /[\p{Cs}\0\ue000\ue001]/gu
// With the Hangul filler, which is a letter by name only.
const SPACE = /[^\S\n]|\u3164/g
const CONJOINING = /[\u1100-\u1112\u1161-\u1175\u11a8-\u11c2]/g

const LEADS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const TAILS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'

/**
 * NFC, half width, lower case; loose jamo as the keyboard types them (U+3131…), invisible
 * characters dropped, every space but the line feed a plain one. Never throws: what is no
 * character (half a surrogate pair) becomes U+FFFD.
 */
export function normalise(original: string): Normalised {
  if (IS_SAFE.test(original)) {
    const text = original.replace(/[\t\r]/g, ' ').toLowerCase()
    return { text, startOf: (offset) => offset, endOf: (offset) => offset }
  }
  return normaliseClusters(original)
}

/** @see normalise */
export function normalisedText(original: string): string {
  return normalise(original).text
}

function normaliseClusters(original: string): Normalised {
  const pieces: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  const keep = (from: number, to: number) => {
    pieces.push(
      original
        .slice(from, to)
        .replace(/[\t\r]/g, ' ')
        .toLowerCase(),
    )
    for (let at = from; at < to; at++) {
      starts.push(at)
      ends.push(at + 1)
    }
  }
  let done = 0
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    keep(done, index)
    done = index + cluster.length
    const piece = fold(cluster)
    pieces.push(piece)
    for (let i = 0; i < piece.length; i++) {
      starts.push(index)
      ends.push(done)
    }
  }
  keep(done, original.length)
  return {
    text: pieces.join(''),
    startOf: (offset) => starts[offset] ?? original.length,
    endOf: (offset) => ends[offset - 1] ?? 0,
  }
}

function fold(cluster: string): string {
  return cluster
    .normalize('NFC')
    .replace(COMPATIBLE, (character) => character.normalize('NFKC'))
    .replace(INVISIBLE, '')
    .replace(FOREIGN, '\ufffd')
    .replace(SPACE, ' ')
    .replace(CONJOINING, looseJamo)
    .toLowerCase()
}

function looseJamo(jamo: string): string {
  const code = jamo.charCodeAt(0)
  if (code >= 0x11a8) return TAILS.charAt(code - 0x11a8)
  if (code >= 0x1161) return String.fromCharCode(0x314f + code - 0x1161)
  return LEADS.charAt(code - 0x1100)
}
