import { setImmediate } from 'node:timers/promises'
import type { Graph } from './graph.ts'
import type { Place } from './rows.ts'

/** A graph that takes in the vectors of an index little by little, while searches go on. */
export interface Growth {
  readonly isOn: boolean
  start(places: Iterable<Place>): void
  stop(): void
  add(place: Place): void
  remove(place: Place): void
  /** What the graph finds, and the few that it does not have yet; undefined while these are many. */
  candidates(query: Float32Array, count: number): Iterable<Place> | undefined
  /** When nothing waits any more. */
  done(): Promise<void>
  readonly bytes: number
}

export interface GrowthOptions {
  readonly dimensions: number
  /** Told when this machine cannot have a graph, as there is none for its platform. */
  readonly onFailure: (error: unknown) => void
}

/** Vectors between two turns of the others: a few milliseconds. */
const BATCH = 16
/** So many may wait, and are looked at one by one. */
const MAX_WAITING = 5000

interface State {
  graph: Graph | undefined
  /** By number; what has none here is not in the graph. */
  readonly places: Map<number, Place>
  readonly numbers: Map<Place, number>
  readonly waiting: Set<Place>
  next: number
}

export function createGrowth({ dimensions, onFailure }: GrowthOptions): Growth {
  let state: State | undefined
  let growing: Promise<void> | undefined

  /** Ends when nothing waits, or when the graph is another one. */
  async function grow(mine: State): Promise<void> {
    try {
      // Only who needs it loads it: it is not there for every platform.
      mine.graph ??= (await import('./graph.ts')).createGraph(dimensions)
      while (state === mine && mine.waiting.size > 0) {
        takeIn(mine, mine.graph)
        await setImmediate()
      }
    } catch (error) {
      // All can still be looked at.
      onFailure(error)
      return
    }
    if (state === mine) growing = undefined
  }

  return {
    get isOn() {
      return state !== undefined
    },
    start(places) {
      state = {
        graph: undefined,
        places: new Map(),
        numbers: new Map(),
        waiting: new Set(places),
        next: 0,
      }
      growing = grow(state)
    },
    stop() {
      state = undefined
      growing = undefined
    },
    add(place) {
      if (state === undefined) return
      state.waiting.add(place)
      growing ??= grow(state)
    },
    remove(place) {
      if (state === undefined || state.waiting.delete(place)) return
      const number = state.numbers.get(place)
      if (number === undefined) return
      state.graph?.remove(number)
      state.numbers.delete(place)
      state.places.delete(number)
    },
    candidates(query, count) {
      if (state?.graph === undefined || state.waiting.size > MAX_WAITING) return undefined
      return candidatesIn(state, state.graph.nearest(query, count))
    },
    done: async () => growing,
    get bytes() {
      const { graph, numbers, waiting } = state ?? {}
      const entries = (numbers?.size ?? 0) + (waiting?.size ?? 0)
      return (graph?.bytes ?? 0) + entries * BYTES_PER_ENTRY
    },
  }
}

/** Two map entries. */
const BYTES_PER_ENTRY = 120

function takeIn(state: State, graph: Graph): void {
  const batch = [...state.waiting.values().take(BATCH)]
  const numbers = batch.map((place) => {
    const number = state.next++
    state.places.set(number, place)
    state.numbers.set(place, number)
    state.waiting.delete(place)
    return number
  })
  graph.add(
    numbers,
    batch.map(({ block, row }) => block.vectorOf(row)),
  )
}

function* candidatesIn({ places, waiting }: State, nearest: readonly number[]): Iterable<Place> {
  for (const number of nearest) {
    const place = places.get(number)
    if (place) yield place
  }
  yield* waiting
}
