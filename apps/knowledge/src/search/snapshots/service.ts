import { randomUUID } from 'node:crypto'
import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { asTenant, type Logger } from '@dure/platform'
import { UnusableFileError } from '@dure/retrieval'
import type { BlobFolder, BlobStore } from '../../blobs/blob-store.ts'
import type { FollowingIndex, IndexContents } from '../base-index.ts'
import { readSnapshot, type WrittenSegments } from './read-snapshot.ts'
import type { Leftover, SnapshotStore, WriteClaim } from './store.ts'
import { writeSnapshot } from './write-snapshot.ts'

/** One that is written, and that nobody opens yet. Whoever has it says that it is the newest, or leaves it to the sweeper. */
export interface PreparedSnapshot {
  /** Who has the right to say so. */
  readonly writer: string
  /** Of its manifest. */
  readonly name: string
  readonly blobs: readonly string[]
  /** Of its terms. */
  readonly build: string
}

export interface SnapshotService {
  /** What the newest snapshot has; undefined: there is none, or none that is of any use. */
  open(tenant: Tenant, id: KnowledgeBaseId): Promise<IndexContents | undefined>
  /**
   * Writes the index down when enough has changed and nobody else does; else does nothing. Never fails: whoever opens the base next
   * reads more of it from its rows.
   */
  keep(tenant: Tenant, id: KnowledgeBaseId, index: FollowingIndex): Promise<void>
  /** Writes down an index with terms that the base is to be searched by next. @returns undefined while somebody else writes one */
  prepare(
    tenant: Tenant,
    id: KnowledgeBaseId,
    index: FollowingIndex,
  ): Promise<PreparedSnapshot | undefined>
  /** Leaves it to the sweeper, unless it is the newest. */
  abandon(tenant: Tenant, id: KnowledgeBaseId, prepared: PreparedSnapshot): Promise<void>
  /** Removes blobs that nobody needs, of some bases. @returns of how many */
  purge(limit: number): Promise<number>
}

export interface SnapshotServiceDependencies {
  readonly store: SnapshotStore
  readonly blobs: BlobStore
  /** Of the rules of this process. */
  readonly analyzerVersion: () => string
  readonly log: Logger
  readonly leastChanges?: number
}

/** So many passages are read from their rows in a second or two: for fewer, nothing is written. */
const LEAST_CHANGES = 5000
/** Part of an index that has changed before it is written again: so each passage is written a few times at the most. */
const LEAST_SHARE = 1 / 5
export function createSnapshotService(parts: SnapshotServiceDependencies): SnapshotService {
  const { store, blobs, log, leastChanges = LEAST_CHANGES } = parts
  const written: WrittenSegments = new WeakMap()
  let isWriting = false

  function endOf({ tenant, id }: { readonly tenant: Tenant; readonly id: KnowledgeBaseId }) {
    const folder = { tenant, folder: id }
    return { blobs, folder, written, analyzerVersion: parts.analyzerVersion() }
  }

  async function write(claim: WriteClaim, index: FollowingIndex): Promise<void> {
    const target = { ...endOf(claim), touch: () => store.touch(claim) }
    const snapshot = await writeSnapshot(target, index)
    if (snapshot === undefined) return
    if (!(await store.finish(claim, snapshot.name, snapshot.blobs))) return
    index.writtenDown(snapshot.changes)
    await removeAllBut(blobs, target.folder, snapshot.blobs)
  }

  async function clean(leftover: Leftover): Promise<void> {
    const { tenant, id, isDeleted, blobs: needed } = leftover
    await asTenant(tenant, async () => {
      await removeAllBut(blobs, { tenant, folder: id }, isDeleted ? [] : needed)
      await store.settle(leftover)
    })
  }

  return {
    async open(tenant, id) {
      const newest = await store.find(tenant, id)
      if (newest === undefined) return undefined
      try {
        return await readSnapshot(endOf({ tenant, id }), newest)
      } catch (error) {
        if (!(error instanceof UnusableFileError)) throw error
        log.warn({ err: error, knowledgeBaseId: id }, 'the index is built from its rows')
        return undefined
      }
    },

    async keep(tenant, id, index) {
      const enough = Math.max(leastChanges, index.lexical.size * LEAST_SHARE)
      if (isWriting || index.changes < enough) return
      isWriting = true
      const claim = { tenant, id, writer: randomUUID() }
      try {
        await asTenant(tenant, async () => {
          if (await store.begin(claim, index.terms?.build)) await write(claim, index)
        })
      } catch (error) {
        log.warn({ err: error, knowledgeBaseId: id }, 'the index could not be written down')
      } finally {
        isWriting = false
      }
    },

    async prepare(tenant, id, index) {
      const claim = { tenant, id, writer: randomUUID() }
      const { terms } = index
      if (terms === undefined || !(await store.begin(claim))) return undefined
      const snapshot = await writeSnapshot(
        { ...endOf(claim), touch: () => store.touch(claim) },
        index,
      )
      return snapshot && { ...snapshot, writer: claim.writer, build: terms.build }
    },

    abandon: (tenant, id, { writer }) => store.abandon({ tenant, id, writer }),

    async purge(limit) {
      const leftovers = await store.leftovers(limit)
      for (const leftover of leftovers) await clean(leftover)
      return leftovers.length
    },
  }
}

async function removeAllBut(
  blobs: BlobStore,
  folder: BlobFolder,
  needed: readonly string[],
): Promise<void> {
  const unneeded = new Set(await blobs.list(folder)).difference(new Set(needed))
  if (unneeded.size > 0) await blobs.remove(folder, [...unneeded])
}
