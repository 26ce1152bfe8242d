import { groups, kindsOf } from './char-info.ts'

/** A text as characters (code points), which is what the words of a dictionary are made of. */
export interface Sentence {
  readonly codes: Int32Array
  /** `CharInfo` of each character. */
  readonly infos: Uint32Array
  /** UTF-16 offset of each character, and of the end. */
  readonly units: Int32Array
  readonly length: number
}

/** MeCab's limit: a longer run of one kind is not taken for a word. It keeps long runs linear. */
const MAX_GROUP = 24

/** A reader that keeps its buffers: the sentence it returns is valid until the next call. */
export function createReader(characters: Uint32Array): (text: string) => Sentence {
  const sentence = { ...emptySentence(1024), length: 0 }
  return (text) => {
    if (sentence.codes.length <= text.length) {
      Object.assign(sentence, emptySentence(2 * text.length + 1))
    }
    const { codes, infos, units } = sentence
    let at = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i) ?? 0
      codes[at] = code
      // MeCab's table ends with the basic plane; beyond it, characters are as unknown as zero.
      infos[at] = characters[code < characters.length ? code : 0] ?? 0
      units[at++] = i
      if (code > 0xffff) i++
    }
    units[at] = text.length
    sentence.length = at
    return sentence
  }
}

export function skipSpaces({ infos, length }: Sentence, from: number, space: number): number {
  let at = from
  while (at < length && kindsOf(infos[at] ?? 0) & space) at++
  return at
}

/** Where the run of characters of the kind of the one at `from` ends, or -1: too long to group. */
export function groupEnd({ infos, length }: Sentence, from: number): number {
  const info = infos[from] ?? 0
  if (!groups(info)) return -1
  let at = from + 1
  for (let run = 0; at < length && kindsOf(infos[at] ?? 0) & kindsOf(info); run++) {
    if (run === MAX_GROUP) return -1
    at++
  }
  return at
}

function emptySentence(size: number) {
  return {
    codes: new Int32Array(size),
    infos: new Uint32Array(size),
    units: new Int32Array(size),
  }
}
