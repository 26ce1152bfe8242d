/** A term with its hash, which is worked out once for all segments and fields. */
export interface Term {
  readonly text: string
  readonly hash: number
}

export function termOf(text: string): Term {
  return { text, hash: hashOf(text) }
}

/** Many different texts in a few arrays: numbered in their order, and found by hash. Text is UTF-16, so that any string is one. */
export interface TermArrays {
  readonly text: Uint16Array
  /** By number: where its text begins. One more than there are, for the end of the last. */
  readonly starts: Uint32Array
  /** By hash, open addressing: 0, or a number plus 1. The length is a power of two. */
  readonly slots: Uint32Array
}

export interface TermTable {
  readonly arrays: TermArrays
  readonly size: number
  /** @returns its number, or -1 */
  find(term: Term): number
  textOf(number: number): string
}

/** @param texts all different */
export function termArrays(texts: readonly string[]): TermArrays {
  const text = new Uint16Array(texts.reduce((sum, { length }) => sum + length, 0))
  const starts = new Uint32Array(texts.length + 1)
  const slots = new Uint32Array(slotsFor(texts.length))
  let end = 0
  for (const [number, term] of texts.entries()) {
    for (let at = 0; at < term.length; at++) text[end++] = term.charCodeAt(at)
    starts[number + 1] = end
    let slot = hashOf(term) & (slots.length - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = number + 1
  }
  return { text, starts, slots }
}

export function termTable(arrays: TermArrays): TermTable {
  const { text, starts, slots } = arrays
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength)
  const mask = slots.length - 1

  function is(number: number, term: string): boolean {
    const start = starts[number] ?? 0
    if ((starts[number + 1] ?? 0) - start !== term.length) return false
    for (let at = 0; at < term.length; at++) {
      if (text[start + at] !== term.charCodeAt(at)) return false
    }
    return true
  }

  return {
    arrays,
    size: starts.length - 1,
    find(term) {
      for (let slot = term.hash & mask; ; slot = (slot + 1) & mask) {
        const entry = slots[slot] ?? 0
        if (entry === 0) return -1
        if (is(entry - 1, term.text)) return entry - 1
      }
    },
    textOf: (number) =>
      bytes.toString('utf16le', 2 * (starts[number] ?? 0), 2 * (starts[number + 1] ?? 0)),
  }
}

/** At most two of three are taken, so that a search for a free one is short, and ends. */
function slotsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(1.5 * count + 2))
}

/** FNV-1a over the code units, with the last step of MurmurHash3, without which its low bits are much alike. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
