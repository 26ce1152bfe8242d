/** Virtual time, and the order in which everything happens. Milliseconds throughout. */
export interface Scheduler {
  now(): number
  /** @returns a way to take it back, as long as it has not happened */
  in(delayMs: number, happen: () => void): () => void
  /**
   * Lets things happen one after the other, each with all that directly follows from it, until
   * nothing is left, `done` says so, or the time is over.
   */
  run(options: { readonly untilMs: number; readonly done: () => boolean }): Promise<void>
  /** How many things have happened. */
  steps(): number
}

interface Entry {
  readonly at: number
  /** Of two things at the same moment, the one that was asked for first. */
  readonly order: number
  happen: (() => void) | undefined
}

/** Long before that, a course has gone in circles. */
const MAX_STEPS = 400_000

export function createScheduler(startMs: number): Scheduler {
  const heap: Entry[] = []
  let now = startMs
  let order = 0
  let steps = 0

  function take(untilMs: number): boolean {
    for (;;) {
      const [first] = heap
      if (first === undefined || first.at > untilMs) return false
      pop(heap)
      if (first.happen === undefined) continue
      now = first.at
      steps += 1
      first.happen()
      return true
    }
  }

  return {
    now: () => now,
    steps: () => steps,
    in(delayMs, happen) {
      order += 1
      const entry: Entry = { at: now + Math.max(0, Math.round(delayMs)), order, happen }
      push(heap, entry)
      return () => {
        entry.happen = undefined
      }
    },
    async run({ untilMs, done }) {
      while (!done() && take(untilMs)) {
        // Ends only when every promise that could go on has gone on: what runs between two picks
        // is then the same every time.
        await settled()
        if (steps > MAX_STEPS) throw new RangeError(`No end after ${MAX_STEPS} steps`)
      }
    },
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function before(left: Entry, right: Entry): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order)
}

/** A binary heap in an array: the children of `i` are at `2i + 1` and `2i + 2`. */
function push(heap: Entry[], entry: Entry): void {
  let at = heap.length
  heap.push(entry)
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = heap[up] as Entry
    if (!before(entry, parent)) break
    heap[at] = parent
    heap[up] = entry
    at = up
  }
}

function pop(heap: Entry[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    const right = child + 1
    if (right < heap.length && before(heap[right] as Entry, heap[child] as Entry)) child = right
    if (!before(heap[child] as Entry, last)) break
    heap[at] = heap[child] as Entry
    at = child
  }
  heap[at] = last
}
