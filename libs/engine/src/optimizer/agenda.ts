/** What is going to happen, by its time; of the same moment, what was planned first happens first. */
export interface Agenda<Item> {
  add(atMs: number, item: Item): void
  /** Epoch milliseconds of the next item; infinite when there is none. */
  nextMs(): number
  take(): Item | undefined
}

interface Entry<Item> {
  readonly atMs: number
  readonly order: number
  readonly item: Item
}

/** A binary heap: Williams, "Algorithm 232: Heapsort", CACM 1964. */
export function createAgenda<Item>(): Agenda<Item> {
  const heap: Entry<Item>[] = []
  let added = 0

  const isBefore = (one: Entry<Item> | undefined, other: Entry<Item> | undefined) =>
    one !== undefined &&
    (other === undefined ||
      one.atMs < other.atMs ||
      (one.atMs === other.atMs && one.order < other.order))

  function swap(a: number, b: number): void {
    const [one, other] = [heap[a], heap[b]]
    if (one && other) {
      heap[a] = other
      heap[b] = one
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const least = isBefore(heap[right], heap[left]) ? right : left
      if (!isBefore(heap[least], heap[at])) return
      swap(at, least)
      at = least
    }
  }

  return {
    add(atMs, item) {
      let at = heap.push({ atMs, order: added, item }) - 1
      added += 1
      for (let above = (at - 1) >> 1; at > 0 && isBefore(heap[at], heap[above]); ) {
        swap(at, above)
        at = above
        above = (at - 1) >> 1
      }
    },
    nextMs: () => heap[0]?.atMs ?? Number.POSITIVE_INFINITY,
    take() {
      const [first] = heap
      const last = heap.pop()
      if (first === undefined || last === undefined || first === last) return first?.item
      heap[0] = last
      sink()
      return first.item
    },
  }
}
