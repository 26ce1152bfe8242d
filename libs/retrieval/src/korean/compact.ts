import { type Connections, type Lexicon, RECORD_SIZE } from './mecab-format.ts'
import { MAX_CLASSES, MAX_TAG_IDS, pack, TOKEN_SIZE } from './tokens.ts'

/** The connection matrix without its repetitions. */
export interface CompactConnections {
  /** By left id, and by right id: the class that it belongs to. Id 0 is class 0. */
  readonly leftClass: Uint16Array
  readonly rightClass: Uint16Array
  readonly rightClasses: number
  /** `costs[rightClassOfTheFirst + rightClasses * leftClassOfTheSecond]`, in shared memory. */
  readonly costs: Int16Array
  /** By left class: its least cost. */
  readonly leastTo: Int16Array
}

/**
 * Ids that connect to everything at the same cost become one class: of mecab-ko-dic about half of
 * the ids on either side, so that a third of the matrix is left. Classes of frequent words have the
 * small numbers: what is needed most lies together, and in the cache.
 *
 * @throws Error where two ids only seemed to be the same, or there are too many classes
 */
export function compactConnections(
  connections: Connections,
  lexicon: Pick<Lexicon, 'tokens'>,
): CompactConnections {
  const { costs, rows, columns } = connections
  const hashes = hashesOf(connections)
  const left = classesOf(hashes.left, usesOf(lexicon, LEFT_ID, columns))
  const right = classesOf(hashes.right, usesOf(lexicon, RIGHT_ID, rows))
  const rightClasses = right.first.length
  const compact = new Int16Array(new SharedArrayBuffer(2 * left.first.length * rightClasses))
  left.first.forEach((leftId, row) => {
    right.first.forEach((rightId, column) => {
      compact[row * rightClasses + column] = costs[leftId * rows + rightId] ?? 0
    })
  })
  for (let leftId = 0; leftId < columns; leftId++) {
    const row = (left.classOf[leftId] ?? 0) * rightClasses
    for (let rightId = 0; rightId < rows; rightId++) {
      if (compact[row + (right.classOf[rightId] ?? 0)] !== costs[leftId * rows + rightId]) {
        throw new Error('Two rows of the connection matrix have the same hash')
      }
    }
  }
  const leastTo = Int16Array.from(left.first, (_, row) =>
    compact.subarray(row * rightClasses, (row + 1) * rightClasses).reduce((a, b) => Math.min(a, b)),
  )
  const classes = { leftClass: left.classOf, rightClass: right.classOf, rightClasses }
  return { ...classes, costs: compact, leastTo }
}

/** One hash per left id and one per right id, in one pass. Source: FNV-1a, over numbers of 16 bits. */
function hashesOf({ costs, rows, columns }: Connections) {
  const hashes = { left: new Int32Array(columns), right: new Int32Array(rows) }
  for (let left = 0; left < columns; left++) {
    let hash = 0x811c9dc5
    for (let right = 0; right < rows; right++) {
      const cost = costs[left * rows + right] ?? 0
      hash = Math.imul(hash ^ cost, 0x01000193)
      hashes.right[right] = Math.imul((hashes.right[right] ?? 0) ^ cost, 0x01000193) + left
    }
    hashes.left[left] = hash
  }
  return hashes
}

/** @param uses by id: how often words with it are used. */
function classesOf(hashes: Int32Array, uses: Float64Array) {
  const total = new Map<number, number>()
  hashes.forEach((hash, id) => {
    total.set(hash, (total.get(hash) ?? 0) + (uses[id] ?? 0))
  })
  const byUse = [...total].sort(([, a], [, b]) => b - a).map(([hash]) => hash)
  const border = hashes[0] ?? 0
  const numbers = new Map(
    [border, ...byUse.filter((hash) => hash !== border)].map((hash, number) => [hash, number]),
  )
  const classOf = Uint16Array.from(hashes, (hash) => numbers.get(hash) ?? 0)
  const first = Array.from(numbers.keys(), (hash) => hashes.indexOf(hash))
  if (first.length > MAX_CLASSES) throw new Error(`${first.length} classes of ids are too many`)
  return { classOf, first }
}

const LEFT_ID = 0
const RIGHT_ID = 1
/** What a cost is divided by to be a logarithm; only the order of the results matters. */
const COST_FACTOR = 800

/** By id: how often words with it are used, as far as their costs tell. */
function usesOf({ tokens }: Pick<Lexicon, 'tokens'>, column: number, ids: number): Float64Array {
  const uses = new Float64Array(ids)
  for (let at = 0; at < tokens.length; at += RECORD_SIZE) {
    const id = tokens[at + column] ?? 0
    const cost = ((tokens[at + 3] ?? 0) << 16) >> 16
    uses[id] = (uses[id] ?? 0) + Math.exp(-cost / COST_FACTOR)
  }
  return uses
}

/** Records as `tokens.ts` has them, in shared memory. */
export function compactTokens(
  { tokens }: Pick<Lexicon, 'tokens'>,
  { leftClass, rightClass }: CompactConnections,
): Int32Array {
  const count = tokens.length / RECORD_SIZE
  const compact = new Int32Array(new SharedArrayBuffer(4 * TOKEN_SIZE * count))
  for (let token = 0; token < count; token++) {
    const at = RECORD_SIZE * token
    const tagId = tokens[at + 2] ?? 0
    if (tagId >= MAX_TAG_IDS) throw new Error(`The tag id ${tagId} is too large`)
    const [left, right] = [leftClass[tokens[at] ?? 0] ?? 0, rightClass[tokens[at + 1] ?? 0] ?? 0]
    compact[TOKEN_SIZE * token] = pack(left, right, tagId)
    compact[TOKEN_SIZE * token + 1] = ((tokens[at + 3] ?? 0) << 16) >> 16
  }
  return compact
}

/** The expressions of the words that are several morphemes, in shared memory. */
export interface Expressions {
  /** Zero-terminated UTF-8; the first byte is a zero. */
  readonly bytes: Uint8Array
  /** By token; 0 for a word that is one morpheme. */
  readonly offsets: Uint32Array
}

const EXPRESSION_COLUMN = 7
const COMMA = 0x2c

/** Of all that the features say, what is needed of some of the words: a quarter of their bytes. */
export function compactExpressions(
  { tokens, features }: Pick<Lexicon, 'tokens' | 'features'>,
  isSingle: (tagId: number) => boolean,
): Expressions {
  const count = tokens.length / RECORD_SIZE
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * count))
  const starts = new Uint32Array(count)
  let size = 1
  for (let token = 0; token < count; token++) {
    const at = RECORD_SIZE * token
    if (isSingle(tokens[at + 2] ?? 0)) continue
    const start = columnAt(features, (tokens[at + 4] ?? 0) | ((tokens[at + 5] ?? 0) << 16))
    starts[token] = start
    offsets[token] = size
    size += features.indexOf(0, start) + 1 - start
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(size))
  for (let token = 0; token < count; token++) {
    const [start = 0, offset = 0] = [starts[token], offsets[token]]
    if (offset > 0) bytes.set(features.subarray(start, features.indexOf(0, start)), offset)
  }
  return { bytes, offsets }
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
