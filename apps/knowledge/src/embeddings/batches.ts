export interface BatchBounds {
  readonly maxTexts: number
  /** An estimate from above: no model makes more than one token of one UTF-16 unit of common text. */
  readonly maxTokens: number
}

/** The texts in their order, in batches that a provider takes. A text that is too long alone has one of its own. */
export function batchesOf<Item>(
  items: readonly Item[],
  lengthOf: (item: Item) => number,
  { maxTexts, maxTokens }: BatchBounds,
): Item[][] {
  const batches: Item[][] = []
  let tokens = 0
  for (const item of items) {
    const length = lengthOf(item)
    const last = batches.at(-1)
    if (last && last.length < maxTexts && tokens + length <= maxTokens) {
      last.push(item)
      tokens += length
    } else {
      batches.push([item])
      tokens = length
    }
  }
  return batches
}
