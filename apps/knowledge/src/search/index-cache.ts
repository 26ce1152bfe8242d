import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import {
  type BaseIndex,
  createBaseIndex,
  type FollowingIndex,
  type IndexContents,
  NO_CONTENTS,
} from './base-index.ts'
import { type BringUp, OtherTermsError } from './bring-up-store.ts'
import type { SnapshotService } from './snapshots/service.ts'
import { createTurns } from './turns.ts'

interface Entry {
  readonly index: FollowingIndex
  readonly generation: bigint
  /** As it was when the entry was made. */
  readonly bytes: number
}

export interface IndexCache {
  /**
   * The index of a knowledge base, at least as new as `generation`. Whoever asks has checked that
   * the tenant has this base in this generation.
   *
   * @throws UnavailableError `search.index-behind` when loading does not get there
   */
  get(tenant: Tenant, id: KnowledgeBaseId, generation: bigint): Promise<BaseIndex>
}

export interface IndexCacheOptions {
  readonly bringUp: BringUp
  readonly snapshots: Pick<SnapshotService, 'open' | 'keep'>
  readonly budgetBytes: number
  /** How many indexes of one tenant are loaded at once, so that searches keep connections for themselves. */
  readonly loads?: number
  /** Told when a large base must do without a graph of its vectors, and is slower for it. */
  readonly onNoGraph?: (error: unknown) => void
  /** Told when an index could not become smaller after it was loaded. */
  readonly onFailure?: (error: unknown) => void
}

/** One that is under way and one after it; the rest is room for what nobody foresaw. */
const MAX_LOADS = 4

/** Part by which an index has to change before others may have to make room, or get it. */
const NOTABLE = 1 / 16

/**
 * Indexes in memory, loaded when first needed and dropped when others need the room. They are a
 * cache: losing one at any moment costs time and nothing else.
 */
export function createIndexCache({
  bringUp,
  snapshots,
  budgetBytes,
  loads = 2,
  onNoGraph = () => {},
  onFailure = () => {},
}: IndexCacheOptions): IndexCache {
  const entries = new LRUCache<KnowledgeBaseId, Entry>({
    maxSize: budgetBytes,
    // One that is larger than everything takes the whole place, or it would be loaded per search.
    sizeCalculation: ({ bytes }) => Math.min(Math.max(1, bytes), budgetBytes),
    dispose: ({ index }, _id, reason) => {
      if (reason === 'evict') index.pause()
    },
  })
  const loading = new Map<KnowledgeBaseId, Promise<Entry>>()
  // What takes a moment does not wait for what may take minutes. One place more than a tenant may have is for others.
  const turns = { limit: loads + 1, perTenant: loads }
  const [firstLoads, followUps] = [createTurns(turns), createTurns(turns)]

  function put(id: KnowledgeBaseId, index: FollowingIndex, generation: bigint): Entry {
    const entry = { index, generation, bytes: index.bytes }
    entries.set(id, entry)
    return entry
  }

  /** Merges, graphs and lists that were asked for change what an index takes after it is loaded. */
  function weighAgain(id: KnowledgeBaseId, index: FollowingIndex): void {
    const entry = entries.peek(id)
    if (entry?.index !== index) return
    const change = Math.abs(index.bytes - entry.bytes)
    if (change > entry.bytes * NOTABLE) put(id, index, entry.generation)
  }

  async function settle(tenant: Tenant, id: KnowledgeBaseId, index: FollowingIndex): Promise<void> {
    await snapshots.keep(tenant, id, index)
    await Promise.all([index.lexical.merged(), index.vectors?.grown()])
    weighAgain(id, index)
  }

  const beginWith = (contents: IndexContents = NO_CONTENTS) => createBaseIndex(contents, onNoGraph)

  async function load(tenant: Tenant, id: KnowledgeBaseId): Promise<Entry> {
    const before = entries.get(id)?.index
    let index = before ?? beginWith(await snapshots.open(tenant, id))
    for (let attempt = 1; ; attempt++) {
      try {
        const entry = put(id, index, await bringUp(tenant, id, index.sink))
        // Searches that are under way finish with it.
        if (index !== before) before?.pause()
        settle(tenant, id, index).catch(onFailure)
        return entry
      } catch (error) {
        if (!(error instanceof OtherTermsError) || attempt === MAX_LOADS) throw error
        index = beginWith(await snapshots.open(tenant, id))
      }
    }
  }

  function loadOnce(tenant: Tenant, id: KnowledgeBaseId): Promise<Entry> {
    const known = loading.get(id)
    if (known !== undefined) return known
    const { take } = entries.has(id) ? followUps : firstLoads
    const flight = take(keyOf(tenant), () => load(tenant, id)).finally(() => loading.delete(id))
    loading.set(id, flight)
    return flight
  }

  return {
    async get(tenant, id, generation) {
      let entry = entries.get(id)
      // One that is under way may have begun too early; the next has not.
      for (let load = 1; !entry || entry.generation < generation; load++) {
        if (load > MAX_LOADS) {
          throw new UnavailableError('search.index-behind', 'The index is being brought up to date')
        }
        entry = await loadOnce(tenant, id)
      }
      weighAgain(id, entry.index)
      return entry.index
    },
  }
}

function keyOf({ organizationId, projectId }: Tenant): string {
  return `${organizationId} ${projectId}`
}
