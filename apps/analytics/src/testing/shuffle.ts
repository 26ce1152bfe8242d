/** A generator of numbers in [0, 1) that repeats itself for the same seed. Source: mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Every item at least once, some twice, in any order, cut into batches of 1 to 12. */
export function deliveriesOf<Item>(items: readonly Item[], random: () => number): Item[][] {
  const sent = [...items, ...items.filter(() => random() < 0.4)]
  const shuffled = sent
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
  const batches: Item[][] = []
  while (shuffled.length > 0) batches.push(shuffled.splice(0, 1 + Math.floor(random() * 12)))
  return batches
}
