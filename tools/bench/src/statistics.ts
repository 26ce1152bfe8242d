/** The smallest value that at least this share of all values do not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** The one in the middle by some measure; of an even number, the lower one. */
export function medianBy<Value>(values: readonly Value[], measure: (value: Value) => number) {
  const sorted = values.toSorted((a, b) => measure(a) - measure(b))
  return sorted[Math.ceil(sorted.length / 2) - 1]
}

export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits))
}
