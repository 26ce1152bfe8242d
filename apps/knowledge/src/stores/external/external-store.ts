import { ConflictError, UnavailableError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import type { BringUp, ReadFacts } from '../../search/bring-up-store.ts'
import type { RetrievalStore } from '../retrieval-store.ts'
import { searchIn } from './base-search.ts'
import { createCatchUp } from './catch-up.ts'
import type { Engine } from './engine.ts'
import type { Journal, JournalKey } from './journal.ts'
import { bytesOf, emptyState, follow, type State } from './state.ts'

export interface ExternalStoreParts {
  readonly engine: Engine
  readonly journal: Journal
  readonly bringUp: BringUp
  readonly readFacts: ReadFacts
  /** For what is known of knowledge bases: live versions, statistics and who may see what, no passages. */
  readonly budgetBytes: number
}

/** Somebody else may be faster so often; every time, the base is further than before. */
const MAX_ATTEMPTS = 20

/**
 * A store in another process, or on other disks. Whoever needs a knowledge base in a generation that the engine does not
 * have yet writes what is missing; of two that do so at once, one begins again from where the other has come.
 */
export function createExternalStore(parts: ExternalStoreParts): RetrievalStore {
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
      if (known !== undefined && known.factsAt >= generation)
        return searchIn(parts.engine, id, known)
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const state = await bringUpOnce(key, generation)
        if (state.factsAt >= generation) return searchIn(parts.engine, id, state)
      }
      throw behind()
    },
    close: () => parts.engine.close(),
  }
}

interface Behind {
  readonly key: JournalKey
  readonly state: State
  readonly generation: bigint
}

async function bringUp(parts: ExternalStoreParts, { key, state, generation }: Behind) {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    await followJournal(parts.journal, key, state)
    if (state.generation >= generation) return
    try {
      await write(parts, key, state)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
  throw behind()
}

/** Read after the rows of the engine are of this generation, so it is of it, or newer. */
async function learn(parts: ExternalStoreParts, { tenant, base }: JournalKey, state: State) {
  const { generation } = state
  state.facts.learn(await parts.readFacts(tenant, base, state.facts.revisions))
  state.factsAt = generation
}

async function write(parts: ExternalStoreParts, key: JournalKey, state: State): Promise<void> {
  const catchUp = createCatchUp(parts, key, state)
  await catchUp.begin()
  await catchUp.end(await parts.bringUp(key.tenant, key.base, catchUp.sink))
}

async function followJournal(journal: Journal, key: JournalKey, state: State): Promise<void> {
  for (;;) {
    const entries = await journal.read(key, state.sequence)
    if (entries.length === 0) return
    for (const entry of entries) follow(state, entry)
  }
}

function behind(): UnavailableError {
  return new UnavailableError('search.index-behind', 'The index is being brought up to date')
}
