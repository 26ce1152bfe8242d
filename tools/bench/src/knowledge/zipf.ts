/** The most frequent words are not as far ahead of the others as Zipf's law alone has it (Mandelbrot, 1953). */
const SHIFT = 10

/** @returns draws one of the words, the first ones most often, and the more so the greater the exponent */
export function weighted(
  words: readonly string[],
  random: () => number,
  exponent = 1,
): () => string {
  const upTo = cumulative(words.map((_, rank) => (rank + SHIFT) ** -exponent))
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
