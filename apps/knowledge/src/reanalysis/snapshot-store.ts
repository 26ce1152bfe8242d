import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { createBaseIndex, NO_CONTENTS } from '../search/base-index.ts'
import { createBringUp } from '../search/bring-up-store.ts'
import type { PreparedSnapshot, SnapshotService } from '../search/snapshots/service.ts'
import type { ReanalysisClaim } from './work-store.ts'

/** Writes down indexes of bases with the terms that they are to be searched by next, so that no search waits for one to be made. */
export interface NextSnapshots {
  /** @returns `none`: the base needs none; `busy`: somebody else writes one of it, as it is searched now */
  prepare(
    claim: ReanalysisClaim,
    size: number,
    touch: () => Promise<boolean>,
  ): Promise<PreparedSnapshot | 'none' | 'busy'>
  /** Of no use, unless the base is searched by it. */
  abandon(claim: ReanalysisClaim, prepared: PreparedSnapshot): Promise<void>
}

export interface NextSnapshotsDependencies {
  readonly pool: pg.Pool
  readonly snapshots: Pick<SnapshotService, 'prepare' | 'abandon'>
  /** For indexes, of this process. */
  readonly budgetBytes: number
  readonly leastPassages?: number
}

/** Fewer are read from their rows in a second or two, by every process. */
const LEAST_PASSAGES = 5000
/** In an index, without a vector. */
const BYTES_PER_PASSAGE = 2000
const TOUCH_MS = 2000

export function createNextSnapshots({
  pool,
  snapshots,
  budgetBytes,
  leastPassages = LEAST_PASSAGES,
}: NextSnapshotsDependencies): NextSnapshots {
  return {
    async prepare({ tenant, knowledgeBaseId, analyzerVersion }, size, touch) {
      if (size < leastPassages || size * BYTES_PER_PASSAGE > budgetBytes) return 'none'
      const index = createBaseIndex(NO_CONTENTS, () => {})
      let touchedAt = performance.now()
      const sink: typeof index.sink = {
        ...index.sink,
        get build() {
          return index.build
        },
        get terms() {
          return index.terms
        },
        async put(documentId, version, passages) {
          index.sink.put(documentId, version, passages)
          if (performance.now() - touchedAt < TOUCH_MS) return
          touchedAt = performance.now()
          if (!(await touch())) throw new Error('Somebody else goes on with it')
        },
      }
      const terms = { build: randomUUID(), analyzerVersion }
      await createBringUp(pool, terms)(tenant, knowledgeBaseId, sink)
      index.pause()
      return (await snapshots.prepare(tenant, knowledgeBaseId, index)) ?? 'busy'
    },

    abandon: ({ tenant, knowledgeBaseId }, prepared) =>
      snapshots.abandon(tenant, knowledgeBaseId, prepared),
  }
}
