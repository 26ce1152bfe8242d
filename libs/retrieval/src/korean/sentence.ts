import { groups, kindsOf } from './char-info.ts'

/** A text as the trie reads it: UTF-8 bytes, and at each byte where a character begins, its info. */
export interface Sentence {
  readonly bytes: Uint8Array
  /** `CharInfo` of the character that begins at this byte. */
  readonly infos: Uint32Array
  /** UTF-16 offset of the character that begins at this byte. */
  readonly units: Int32Array
  readonly length: number
}

/** MeCab's limit: a longer run of one kind is not taken for a word. It keeps long runs linear. */
const MAX_GROUP = 24

/** A reader that keeps its buffers: the sentence it returns is valid until the next call. */
export function createReader(characters: Uint32Array): (text: string) => Sentence {
  const sentence = { ...emptySentence(1024), length: 0 }
  return (text) => {
    const needed = 3 * text.length + 1
    if (sentence.bytes.length < needed) Object.assign(sentence, emptySentence(2 * needed))
    const { bytes, infos, units } = sentence
    let at = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i) ?? 0
      // MeCab's table ends with the basic plane; beyond it, characters are as unknown as zero.
      infos[at] = characters[code < characters.length ? code : 0] ?? 0
      units[at] = i
      at = encode(code, bytes, at)
      if (code > 0xffff) i++
    }
    units[at] = text.length
    sentence.length = at
    return sentence
  }
}

export function skipSpaces({ infos, bytes, length }: Sentence, from: number, space: number) {
  let at = from
  while (at < length && kindsOf(infos[at] ?? 0) & space) at += widthAt(bytes, at)
  return at
}

/** Where the run of characters of the kind of the one at `from` ends, or -1: too long to group. */
export function groupEnd({ infos, bytes, length }: Sentence, from: number): number {
  const info = infos[from] ?? 0
  if (!groups(info)) return -1
  let at = from + widthAt(bytes, from)
  for (let run = 0; at < length && kindsOf(infos[at] ?? 0) & kindsOf(info); run++) {
    if (run === MAX_GROUP) return -1
    at += widthAt(bytes, at)
  }
  return at
}

/** The number of bytes of the character that begins here. */
export function widthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

function encode(code: number, bytes: Uint8Array, start: number): number {
  let at = start
  if (code < 0x80) {
    bytes[at++] = code
    return at
  }
  if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6)
  } else {
    if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12)
    else {
      bytes[at++] = 0xf0 | (code >> 18)
      bytes[at++] = 0x80 | ((code >> 12) & 63)
    }
    bytes[at++] = 0x80 | ((code >> 6) & 63)
  }
  bytes[at++] = 0x80 | (code & 63)
  return at
}

function emptySentence(bytes: number) {
  return {
    bytes: new Uint8Array(bytes),
    infos: new Uint32Array(bytes),
    units: new Int32Array(bytes),
  }
}
