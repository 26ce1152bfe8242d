import { createFacts, type KnownFacts } from '../../search/facts.ts'
import type { Change, Entry } from './journal.ts'
import { apply, changeOf, emptyStatistics, type Statistics } from './statistics.ts'

/** What an engine holds of one knowledge base, as its journal says. */
export interface State {
  /** Of the last entry; 0: there is none. */
  sequence: number
  /** That it is of, or newer; -1 before the first is complete. */
  generation: bigint
  /** The live version of each document. */
  readonly versions: Map<string, number>
  readonly statistics: Statistics
  readonly facts: KnownFacts
  /** The generation that these are of, or newer; -1 before they are known. */
  factsAt: bigint
  /** Entries since the last whole one. */
  entries: number
  /** The documents of the last entry: their old rows may still be there. */
  last: Change['documents']
}

export function emptyState(): State {
  const versions = new Map<string, number>()
  return {
    sequence: 0,
    generation: -1n,
    versions,
    statistics: emptyStatistics(),
    facts: createFacts(versions),
    factsAt: -1n,
    entries: 0,
    last: [],
  }
}

export function follow(state: State, { sequence, generation, isWhole, change }: Entry): void {
  if (isWhole) reset(state)
  for (const [documentId, version] of change.documents) {
    if (version === 0) state.versions.delete(documentId)
    else state.versions.set(documentId, version)
  }
  apply(state.statistics, change.statistics)
  state.sequence = sequence
  state.generation = generation ?? state.generation
  state.entries = isWhole ? 0 : state.entries + 1
  state.last = change.documents
}

/** The whole state as one change. */
export function wholeOf({ versions, statistics }: State): Change {
  return { documents: [...versions], statistics: changeOf(statistics) }
}

function reset({ versions, statistics }: State): void {
  versions.clear()
  statistics.size = 0
  for (const field of Object.values(statistics.fields)) {
    field.length = 0
    field.holders.clear()
  }
}

/** -1: nothing is known. */
export function knownFrom(generation: bigint): bigint | undefined {
  return generation < 0n ? undefined : generation
}

/** In memory, from above: map entries, and strings of their keys. */
export function bytesOf({ versions, statistics, facts }: State): number {
  const terms = Object.values(statistics.fields).reduce((sum, { holders }) => sum + holders.size, 0)
  return 120 * terms + 160 * versions.size + facts.bytes + 1000
}
