/** The best `size` items of many, in memory for `size` of them: a heap with the worst on top. */
export interface TopK<Item> {
  offer(item: Item): void
  /** The item that the next better one pushes out, once there are `size` of them. */
  worst(): Item | undefined
  /** Best first. Empties the heap. */
  take(): Item[]
}

/** `compare` orders the better item first; it should leave no two items equal. */
export function createTopK<Item>(size: number, compare: (a: Item, b: Item) => number): TopK<Item> {
  const heap: Item[] = []

  function offer(item: Item): void {
    const [worst] = heap
    if (heap.length < size) {
      heap.push(item)
      rise(heap.length - 1)
    } else if (worst !== undefined && compare(item, worst) < 0) {
      heap[0] = item
      sink(0)
    }
  }

  function rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isWorse(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }

  function sink(from: number): void {
    let at = from
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let worst = at
      if (isWorse(left, worst)) worst = left
      if (isWorse(right, worst)) worst = right
      if (worst === at) return
      swap(at, worst)
      at = worst
    }
  }

  function isWorse(a: number, b: number): boolean {
    const [first, second] = [heap[a], heap[b]]
    return first !== undefined && second !== undefined && compare(first, second) > 0
  }

  function swap(a: number, b: number): void {
    const [first, second] = [heap[a], heap[b]]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }

  return {
    offer,
    worst: () => (heap.length < size ? undefined : heap[0]),
    take: () => heap.splice(0).sort(compare),
  }
}
