import { FIELDS } from '@dure/retrieval'
import type { Table } from '@lancedb/lancedb'
import type { Lance } from './rows.ts'

/** So many new rows are looked through one by one; then they come into the indexes. */
const MAX_UNINDEXED = 5000
/** A search that is going on may still read what was replaced. */
const KEEP_REPLACED_MS = 600_000

/** Brings the indexes of a table of terms up to date, once there is enough to do. */
export async function tidyTerms({ lancedb }: Lance, table: Table): Promise<void> {
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
export async function tidyVectors(
  { lancedb }: Lance,
  table: Table,
  graphFrom: number,
): Promise<void> {
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
