/**
 * The binary formats of MeCab, as its sources write them (`dictionary.cpp`, `connector.cpp`,
 * `char_property.cpp`). All numbers are little-endian; views are laid on the files without a copy.
 */

/** Where the parts of a lexicon are in its file, in bytes. */
export interface LexiconLayout {
  /** A double array over UTF-8 keys: see `trie.ts`. */
  readonly trie: Section
  /** Records of 8 numbers of 16 bits: left id, right id, tag id, cost, feature offset (two), unused (two). */
  readonly tokens: Section
  /** Zero-terminated UTF-8 lines of comma-separated columns. */
  readonly features: Section
}

export interface Section {
  readonly at: number
  readonly bytes: number
}

export interface Lexicon {
  readonly trie: Int32Array
  readonly tokens: Uint16Array
  readonly features: Uint8Array
}

/** Costs of joining two words: `costs[rightIdOfTheFirst + rows * leftIdOfTheSecond]`. */
export interface Connections {
  readonly costs: Int16Array
  readonly rows: number
  readonly columns: number
}

/** What MeCab knows of a character, by UTF-16 unit: see `char-info.ts` for the bits. */
export interface Characters {
  readonly categories: readonly string[]
  readonly infos: Uint32Array
}

/** Numbers per token. */
export const RECORD_SIZE = 8
export const HEADER_BYTES = 72

const MAGIC = 0xef718f77
const VERSION = 102
const CATEGORY_NAME_BYTES = 32
const utf8 = new TextDecoder()

/**
 * @param header the first `HEADER_BYTES` of a file of so many bytes
 * @throws Error where the file is no UTF-8 dictionary of the version we read
 */
export function parseHeader(header: ArrayBuffer, fileBytes: number): LexiconLayout {
  const numbers = new Uint32Array(header, 0, 10)
  const [magic = 0, version, , , , , trieBytes = 0, tokenBytes = 0, featureBytes = 0] = numbers
  const charset = text(new Uint8Array(header, 40, 32)).toUpperCase()
  const [at, isWhole] = [HEADER_BYTES, (magic ^ MAGIC) >>> 0 === fileBytes]
  if (!isWhole || version !== VERSION || charset !== 'UTF-8') {
    throw new Error('This is not a MeCab dictionary of version 102 in UTF-8')
  }
  return {
    trie: { at, bytes: trieBytes },
    tokens: { at: at + trieBytes, bytes: tokenBytes },
    features: { at: at + trieBytes + tokenBytes, bytes: featureBytes },
  }
}

/** @throws Error where the size of the file is not the one it claims. */
export function parseConnections(file: ArrayBuffer): Connections {
  const [rows = 0, columns = 0] = new Uint16Array(file, 0, 2)
  if (file.byteLength !== 4 + 2 * rows * columns) throw new Error('The connection matrix is torn')
  return { costs: new Int16Array(file, 4), rows, columns }
}

export function parseCharacters(file: ArrayBuffer): Characters {
  const [count = 0] = new Uint32Array(file, 0, 1)
  const categories = Array.from({ length: count }, (_, i) =>
    text(new Uint8Array(file, 4 + i * CATEGORY_NAME_BYTES, CATEGORY_NAME_BYTES)),
  )
  return { categories, infos: new Uint32Array(file, 4 + count * CATEGORY_NAME_BYTES) }
}

/** The tag of each tag id of `pos-id.def`. Ids of words that are several morphemes have none. */
export function parseTags(definitions: string): ReadonlyMap<number, string> {
  const rows = definitions.split('\n').map((line) => line.trim().split(/[, ]/))
  return new Map(
    rows.flatMap(([tag, , , , type, , , , id]) =>
      tag && tag !== '*' && type === '*' ? [[Number(id), tag] as const] : [],
    ),
  )
}

/**
 * mecab-ko's extension: what a word with this tag id costs more when a space stands before it, so
 * that a particle or an ending does not begin a word. `<id>,<cost>,<id>,<cost>,…` in `dicrc`.
 */
export function parseSpacePenalties(settings: string): Int32Array {
  const values = /^left-space-penalty-factor\s*=\s*([\d,]+)/m.exec(settings)?.[1]?.split(',') ?? []
  const penalties = new Int32Array(1024)
  for (let i = 0; i + 1 < values.length; i += 2)
    penalties[Number(values[i])] = Number(values[i + 1])
  return penalties
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))
}
