import { ConflictError, UnavailableError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import type { BringUp, ReadFacts } from '../../search/bring-up-store.ts'
import type { RetrievalStore } from '../retrieval-store.ts'
import { searchIn } from './base-search.ts'
import { createCatchUp, olderThan } from './catch-up.ts'
import type { Engine } from './engine.ts'
import type { Journal, JournalKey } from './journal.ts'
import { bytesOf, emptyState, follow, knownFrom, type State } from './state.ts'
import { createTidying, type Tidying } from './tidying.ts'

export interface ExternalStoreParts {
  readonly engine: Engine
  readonly journal: Journal
  /** Waits for the engine while it puts: it must hold nothing that others need. */
  readonly bringUp: BringUp
  readonly readFacts: ReadFacts
  /** For what is known of knowledge bases: live versions, statistics and who may see what, no passages. */
  readonly budgetBytes: number
  /** Told when an engine could not be tidied up: searches are slower until it is. */
  readonly onFailure?: (error: unknown) => void
}

interface Tools extends ExternalStoreParts {
  readonly tidying: Tidying
}

/** Somebody else may be faster so often; every time, the base is further than before. */
const MAX_ATTEMPTS = 20

/**
 * A store in another process, or on other disks. Whoever needs a knowledge base in a generation that the engine does not
 * have yet writes what is missing; of two that do so at once, one begins again from where the other has come.
 */
export function createExternalStore(given: ExternalStoreParts): RetrievalStore {
  const tidying = createTidying(given.engine, given.onFailure)
  const parts: Tools = { ...given, tidying }
  const states = new LRUCache<string, State>({
    maxSize: parts.budgetBytes,
    sizeCalculation: (state) => Math.min(bytesOf(state), parts.budgetBytes),
  })
  const running = new Map<string, Promise<State>>()

  /** One at a time per base, in this process: a state has one writer. */
  function bringUpOnce(key: JournalKey, generation: bigint): Promise<State> {
    const id = `${key.base} ${key.epoch}`
    const known = running.get(id)
    if (known !== undefined)
      return known.then(
        (state) => state,
        () => emptyState(),
      )
    const state = states.get(id) ?? emptyState()
    const flight = bringUp(parts, { key, state, generation })
      .then(() => learn(parts, key, state))
      .then(() => {
        states.set(id, state)
        return state
      })
      .catch((error: unknown) => {
        // What is half known is read anew.
        states.delete(id)
        throw error
      })
      .finally(() => running.delete(id))
    running.set(id, flight)
    return flight
  }

  return {
    async open(tenant, id, generation) {
      const key = { tenant, base: id, epoch: await parts.engine.epoch() }
      const known = states.get(`${id} ${key.epoch}`)
      if (known !== undefined && generationOf(known) >= generation)
        return searchIn(parts.engine, id, known)
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const state = await bringUpOnce(key, generation)
        if (generationOf(state) >= generation) return searchIn(parts.engine, id, state)
      }
      throw behind()
    },
    async close() {
      await tidying.close()
      await parts.engine.close()
    },
  }
}

interface Behind {
  readonly key: JournalKey
  readonly state: State
  readonly generation: bigint
}

async function bringUp(parts: Tools, { key, state, generation }: Behind) {
  let lost: ReadonlySet<string> = new Set()
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const followed = await followJournal(parts.journal, key, state)
    const replaced = [...followed].filter(([documentId]) => lost.has(documentId))
    await parts.engine.remove(key.base, olderThan(replaced))
    if (state.generation >= generation) return
    lost = await write(parts, key, state)
  }
  throw behind()
}

/** Read after the rows of the engine are of this generation, so it is of it, or newer. */
async function learn(parts: Tools, { tenant, base }: JournalKey, state: State) {
  const known = { generation: knownFrom(state.factsAt), revisions: state.facts.revisions }
  const { facts, generation } = await parts.readFacts(tenant, base, known)
  state.facts.learn(facts)
  state.factsAt = generation
}

/** Of which everything is, or newer. */
function generationOf({ generation, factsAt }: State): bigint {
  return factsAt < generation ? factsAt : generation
}

/** @returns the documents of which rows were written that another process may have replaced already */
async function write(parts: Tools, key: JournalKey, state: State): Promise<ReadonlySet<string>> {
  const catchUp = createCatchUp(parts, key, state)
  try {
    await catchUp.begin()
    await catchUp.end(await parts.bringUp(key.tenant, key.base, catchUp.sink))
    return new Set()
  } catch (error) {
    if (error instanceof ConflictError) return catchUp.written.documents
    throw error
  } finally {
    if (catchUp.written.rows > 0) parts.tidying.soon(key.base)
  }
}

/** @returns the documents that were changed, as in a change; of those in a whole entry, none */
async function followJournal(journal: Journal, key: JournalKey, state: State) {
  const followed = new Map<string, number>()
  for (;;) {
    const entries = await journal.read(key, state.sequence)
    if (entries.length === 0) return followed
    for (const entry of entries) {
      follow(state, entry)
      if (entry.isWhole) continue
      for (const [documentId, version] of entry.change.documents) followed.set(documentId, version)
    }
  }
}

function behind(): UnavailableError {
  return new UnavailableError('search.index-behind', 'The index is being brought up to date')
}
