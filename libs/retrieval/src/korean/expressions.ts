import { type Lexicon, RECORD_SIZE } from './mecab-format.ts'

/** What the words that are several morphemes are made of, in shared memory. */
export interface Expressions {
  /** One per token, ended by a zero: of each morpheme its tag, the length of its text, and that, in UTF-8. */
  readonly bytes: Uint8Array
  /** Where the first of every `BLOCK` tokens is. */
  readonly blocks: Uint32Array
  /** By what stands for them, from 1. */
  readonly tags: readonly string[]
}

/** A morpheme of an expression, and where it is in the word if it is spelt there as here. */
export interface Part {
  readonly text: string
  readonly tag: string
  readonly at: number
}

const BLOCK = 16
const EXPRESSION_COLUMN = 7
const MAX_BYTE = 0xff
const utf8 = new TextDecoder()
const [COMMA, PLUS, SLASH] = [0x2c, 0x2b, 0x2f]

/**
 * Of all that the features say, what is needed of some of the words: `인공/NNG/*+지능/NNG/*` of a compound, `돕/VV/*+아/EC/*`
 * of the inflected 도와.
 *
 * @throws Error where a text, or the list of tags, is too long
 */
export function compactExpressions(
  { tokens, features }: Pick<Lexicon, 'tokens' | 'features'>,
  isSingle: (tagId: number) => boolean,
): Expressions {
  const count = tokens.length / RECORD_SIZE
  const blocks = new Uint32Array(new SharedArrayBuffer(4 * Math.ceil(count / BLOCK)))
  const writer = createWriter(features)
  for (let token = 0; token < count; token++) {
    if (token % BLOCK === 0) blocks[token / BLOCK] = writer.size
    const at = RECORD_SIZE * token
    const isPlain = isSingle(tokens[at + 2] ?? 0)
    writer.add(isPlain ? undefined : (tokens[at + 4] ?? 0) | ((tokens[at + 5] ?? 0) << 16))
  }
  return { ...writer.end(), blocks }
}

/** Writes expressions one after the other. */
function createWriter(features: Uint8Array) {
  const tags = new Map<string, number>()
  let bytes = new Uint8Array(1 << 20)
  let size = 0

  function put(byte: number): void {
    if (size === bytes.length) bytes = grown(bytes)
    bytes[size++] = byte
  }

  function tagNumber(start: number, end: number): number {
    const tag = utf8.decode(features.subarray(start, end))
    const number = tags.get(tag) ?? tags.size + 1
    if (number > MAX_BYTE) throw new Error('The dictionary has too many tags')
    tags.set(tag, number)
    return number
  }

  /** `text/tag/what it means`. */
  function part(start: number, end: number): void {
    const slash = indexOf(features, SLASH, { start, end })
    const length = slash - start
    if (length === 0) return
    if (length > MAX_BYTE) throw new Error('The dictionary has a morpheme that is too long')
    put(tagNumber(slash + 1, indexOf(features, SLASH, { start: slash + 1, end })))
    put(length)
    for (let at = start; at < slash; at++) put(features[at] ?? 0)
  }

  return {
    get size() {
      return size
    },
    /** @param feature where it begins; undefined: an expression of nothing */
    add(feature: number | undefined): void {
      if (feature !== undefined) {
        let start = columnAt(features, feature)
        const stop = features.indexOf(0, start)
        while (start < stop) {
          const end = indexOf(features, PLUS, { start, end: stop })
          part(start, end)
          start = end + 1
        }
      }
      put(0)
    },
    end(): Pick<Expressions, 'bytes' | 'tags'> {
      const shared = new Uint8Array(new SharedArrayBuffer(size))
      shared.set(bytes.subarray(0, size))
      bytes.buffer.transfer(0)
      return { bytes: shared, tags: ['', ...tags.keys()] }
    },
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.buffer.transfer(2 * bytes.length))
}

/** `end` where it is not. */
function indexOf(
  bytes: Uint8Array,
  byte: number,
  { start, end }: { readonly start: number; readonly end: number },
): number {
  let at = start
  while (at < end && bytes[at] !== byte) at++
  return Math.min(at, end)
}

/** Where the expression begins in the feature that begins here; at its end where it has none. */
function columnAt(features: Uint8Array, start: number): number {
  let at = start
  for (let column = 0; column < EXPRESSION_COLUMN; at++) {
    if (features[at] === 0) return at
    if (features[at] === COMMA) column++
  }
  return at
}

/** What a token is made of; nothing, where it is one morpheme. */
export function partsOf({ bytes, blocks, tags }: Expressions, token: number): Part[] {
  let at = blocks[Math.floor(token / BLOCK)] ?? 0
  for (let skipped = token % BLOCK; skipped > 0; skipped--) at = bytes.indexOf(0, at) + 1
  const parts: Part[] = []
  let place = 0
  while ((bytes[at] ?? 0) !== 0) {
    const [tag = '', start] = [tags[bytes[at] ?? 0], at + 2]
    at = start + (bytes[at + 1] ?? 0)
    // A copy: not every decoder takes shared memory.
    const text = utf8.decode(bytes.slice(start, at))
    parts.push({ text, tag, at: place })
    place += text.length
  }
  return parts
}
