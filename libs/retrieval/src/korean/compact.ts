import { type Connections, type Lexicon, RECORD_SIZE } from './mecab-format.ts'
import { LAST_OF_KEY, MAX_CLASSES, MAX_KINDS, MAX_TAG_IDS, pack, type Tokens } from './tokens.ts'
import { lastTokens } from './trie.ts'

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

/**
 * The tokens of the keys of a trie as MeCab has it.
 *
 * @throws Error where there are too many kinds of them
 */
export function compactTokens(
  { tokens, trie }: Pick<Lexicon, 'tokens' | 'trie'>,
  { leftClass, rightClass }: CompactConnections,
): Tokens {
  const count = tokens.length / RECORD_SIZE
  const kinds = new Uint16Array(new SharedArrayBuffer(2 * count))
  const costs = new Int16Array(new SharedArrayBuffer(2 * count))
  const numbers = new Map<number, number>()
  for (let token = 0; token < count; token++) {
    const at = RECORD_SIZE * token
    const tagId = tokens[at + 2] ?? 0
    if (tagId >= MAX_TAG_IDS) throw new Error(`The tag id ${tagId} is too large`)
    const [left, right] = [leftClass[tokens[at] ?? 0] ?? 0, rightClass[tokens[at + 1] ?? 0] ?? 0]
    const packed = pack(left, right, tagId)
    const kind = numbers.get(packed) ?? numbers.size
    if (kind === MAX_KINDS) throw new Error('There are too many kinds of tokens')
    numbers.set(packed, kind)
    kinds[token] = kind
    costs[token] = ((tokens[at + 3] ?? 0) << 16) >> 16
  }
  for (const last of lastTokens(trie)) kinds[last] = (kinds[last] ?? 0) | LAST_OF_KEY
  const packs = new Int32Array(new SharedArrayBuffer(4 * numbers.size))
  packs.set([...numbers.keys()])
  return { kinds, costs, packs }
}
