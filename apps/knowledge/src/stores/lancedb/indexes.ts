import { FIELDS } from '@dure/retrieval'
import type { Table } from '@lancedb/lancedb'
import type { Lance } from './rows.ts'

/** So many new rows are looked through one by one; then they come into the indexes. */
const MAX_UNINDEXED = 5000
/** A search that is going on may still read what was replaced. */
const KEEP_REPLACED_MS = 600_000
const MAX_ATTEMPTS = 5

/** Brings the indexes of a table of terms up to date, once there is enough to do. */
export const tidyTerms = (lance: Lance, table: Table): Promise<void> =>
  despiteOthers(table, () => indexTerms(lance, table))

async function indexTerms({ lancedb }: Lance, table: Table): Promise<void> {
  if (await refreshed(table, 'morpheme_idx')) return
  for (const field of FIELDS) {
    const config = lancedb.Index.fts({
      ...{ baseTokenizer: 'whitespace', maxTokenLength: 64, withPosition: false },
      ...{ lowercase: false, stem: false, removeStopWords: false, asciiFolding: false },
    })
    await table.createIndex(field, { config })
  }
  await table.createIndex('document', { config: lancedb.Index.btree() })
}

/** As `tidyTerms`. @param graphFrom below so many, all vectors are looked at */
export const tidyVectors = (lance: Lance, table: Table, graphFrom: number): Promise<void> =>
  despiteOthers(table, () => indexVectors(lance, table, graphFrom))

async function indexVectors({ lancedb }: Lance, table: Table, graphFrom: number): Promise<void> {
  if (!(await refreshed(table, 'document_idx'))) {
    await table.createIndex('document', { config: lancedb.Index.btree() })
  }
  if ((await table.indexStats('vector_idx')) || (await table.countRows()) < graphFrom) return
  await table.createIndex('vector', {
    config: lancedb.Index.hnswSq({ distanceType: 'cosine' }),
  })
}

/** @returns whether the index is there */
async function refreshed(table: Table, index: string): Promise<boolean> {
  const stats = await table.indexStats(index)
  if (!stats) return false
  if (stats.numUnindexedRows > MAX_UNINDEXED) {
    await table.optimize({ cleanupOlderThan: new Date(Date.now() - KEEP_REPLACED_MS) })
  }
  return true
}

/** Rows that are removed meanwhile, or another process that does the same, are in the way: then nothing is lost but time. */
async function despiteOthers(table: Table, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isInTheWay = error instanceof Error && error.message.includes('commit conflict')
      if (!isInTheWay || attempt === MAX_ATTEMPTS) throw error
      await table.checkoutLatest()
    }
  }
}
