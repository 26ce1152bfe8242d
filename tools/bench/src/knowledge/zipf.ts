/** The most frequent words are not as far ahead of the others as Zipf's law alone has it (Mandelbrot, 1953). */
const SHIFT = 10
/** So that there are as many different morphemes in two million bytes as in Korean Wikipedia: 31,000. */
const EXPONENT = 1.15

/** @returns draws one of the words, the first ones most often */
export function weighted(words: readonly string[], random: () => number): () => string {
  const upTo = cumulative(words.map((_, rank) => (rank + SHIFT) ** -EXPONENT))
  return () => words[firstAtLeast(upTo, random() * (upTo.at(-1) ?? 0))] ?? ''
}

function cumulative(weights: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(weights, (weight) => {
    sum += weight
    return sum
  })
}

function firstAtLeast(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sums[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
