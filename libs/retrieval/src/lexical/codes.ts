/**
 * One posting is one number: 20 bits say which chunk of its segment, 12 how often the term is there and how long the chunk is.
 * All that BM25 needs is read with the posting: a search looks up neither lengths nor norms. A score is therefore one of 4096
 * fractions per field, worked out once for each state of an index.
 */
const CODE_BITS = 12
const LENGTH_BITS = 8

/** Chunks per segment at the most. */
export const MAX_CHUNKS = 1 << (32 - CODE_BITS)

export const ordinalOf = (entry: number) => entry >>> CODE_BITS
export const codeIn = (entry: number) => entry & ((1 << CODE_BITS) - 1)
/** The least entry of a chunk. */
export const entryFrom = (ordinal: number) => (ordinal << CODE_BITS) >>> 0

/** Ordinals per window: their scores fit the nearest cache of a core, and what bounds them is still tight. */
export const WINDOW_BITS = 12
export const WINDOW = 1 << WINDOW_BITS
export const windowOf = (entry: number) => entry >>> (CODE_BITS + WINDOW_BITS)
/** The least entry of a window; after the last one, more than any entry. */
export const entryFromWindow = (window: number) => window * 2 ** (CODE_BITS + WINDOW_BITS)

export function windowsIn(capacity: number): number {
  return (capacity + WINDOW - 1) >>> WINDOW_BITS
}

export function entryOf(ordinal: number, frequency: number, lengthLevel: number): number {
  return (entryFrom(ordinal) | codeOf(frequencyLevelOf(frequency), lengthLevel)) >>> 0
}

function codeOf(frequencyLevel: number, lengthLevel: number): number {
  return (frequencyLevel << LENGTH_BITS) | lengthLevel
}

/** Each level stands for one frequency. BM25 saturates: from one level to the next, a score changes by 2 % at the most. */
const FREQUENCIES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 18, 28, 50, 100, 255]
const LARGEST_FREQUENCY = 255
const FREQUENCY_LEVELS = Uint8Array.from({ length: LARGEST_FREQUENCY + 1 }, (_, frequency) =>
  nearest(FREQUENCIES, frequency),
)

function nearest(levels: readonly number[], value: number): number {
  const distance = (level: number) => Math.abs((levels[level] ?? 0) - value)
  return levels.reduce((best, _, level) => (distance(level) < distance(best) ? level : best), 0)
}

function frequencyLevelOf(frequency: number): number {
  return FREQUENCY_LEVELS[Math.min(frequency, LARGEST_FREQUENCY)] ?? 0
}

/** Up to here a length is its own level; from there on sixteen levels are twice the length, up to 32,000. */
const EXACT_LENGTHS = 128
const LEVELS_PER_OCTAVE = 16
const LEVELS = 1 << LENGTH_BITS
const LENGTHS = Uint32Array.from({ length: LEVELS }, (_, level) =>
  level < EXACT_LENGTHS
    ? level
    : Math.round(EXACT_LENGTHS * 2 ** ((level - EXACT_LENGTHS) / LEVELS_PER_OCTAVE)),
)

/** The length of a chunk in one byte: as it is, or within 2.2 % of it. */
export function lengthLevelOf(length: number): number {
  if (length < EXACT_LENGTHS) return length
  const octaves = Math.log2(length / EXACT_LENGTHS)
  return Math.min(LEVELS - 1, EXACT_LENGTHS + Math.round(octaves * LEVELS_PER_OCTAVE))
}

export function lengthAt(level: number): number {
  return LENGTHS[level] ?? 0
}

/**
 * Robertson's constants. A passage is short: that it repeats a word says less than in a book, so the
 * frequency saturates earlier than with Lucene's 1.2 (as in Anserini's defaults for passages).
 */
const K1 = 0.9
const B = 0.75

/** What a length counts for, in averages as in scores. */
export function countedLength(length: number): number {
  return lengthAt(lengthLevelOf(length))
}

/** What BM25 makes of a term that is so often in a chunk of that length, from 0 to 1, in the levels of a posting. */
export function fractionOf(frequency: number, length: number, averageLength: number): number {
  const level = FREQUENCIES[frequencyLevelOf(frequency)] ?? 0
  const norm = K1 * (1 - B + (B * countedLength(length)) / averageLength)
  return level / (level + norm)
}

/** What BM25 makes of each code, from 0 to 1: of a term that is there so often, in a chunk of that length. */
export function fractionsOf(averageLength: number): Float64Array {
  const fractions = new Float64Array(1 << CODE_BITS)
  for (const [frequencyLevel, frequency] of FREQUENCIES.entries()) {
    for (let lengthLevel = 0; lengthLevel < LEVELS; lengthLevel++) {
      const norm = K1 * (1 - B + (B * lengthAt(lengthLevel)) / averageLength)
      fractions[codeOf(frequencyLevel, lengthLevel)] =
        frequency === 0 ? 0 : frequency / (frequency + norm)
    }
  }
  return fractions
}

/**
 * A code that counts for no less than either, whatever the average length is: BM25 grows with the frequency and falls
 * with the length.
 */
export function atLeast(code: number, other: number): number {
  const mask = (1 << LENGTH_BITS) - 1
  const frequencyLevel = Math.max(code >>> LENGTH_BITS, other >>> LENGTH_BITS)
  return codeOf(frequencyLevel, Math.min(code & mask, other & mask))
}

/** Counts for less than every code: what `atLeast` begins with. */
export const NO_CODE = LEVELS - 1
