import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { BringUp, IndexedPassage } from './bring-up-store.ts'
import {
  type BaseKey,
  baseRow,
  documentsSince,
  goneFrom,
  passagesOf,
  publishedIn,
  publishedVersions,
} from './rows-of-truth.ts'

/** Documents of one page, at the most. */
const DOCUMENTS = 100
/** Passages of one page, more or less: a document is never cut. */
const PASSAGES = 1000

interface ReadDocument {
  readonly id: string
  /** Undefined: it cannot be found any more. */
  readonly version: number | undefined
  readonly passages: readonly IndexedPassage[]
}

/**
 * For what takes its time: reads some documents, each of them of one moment, and holds no transaction while they are put
 * anywhere. What was published meanwhile may be there already, so all that is there is of the generation, or newer.
 */
export function createPagedBringUp(
  pool: pg.Pool,
  { documentsPerPage = DOCUMENTS }: { readonly documentsPerPage?: number } = {},
): BringUp {
  const ofOneMoment = <Result>(read: (client: pg.PoolClient) => Promise<Result>) =>
    withTransaction(pool, read, { snapshot: true })

  return async (tenant, id, sink) => {
    const key = { tenant, id }
    const { generation, outdated } = await ofOneMoment(async (client) => {
      const row = await baseRow(client, key)
      const documents = await documentsSince(client, key, row, sink.generation)
      const published = publishedIn(documents)
      const gone = goneFrom(sink.versions, documents, published)
      const isNew = ([documentId, version]: readonly [string, number]) =>
        sink.versions.get(documentId) !== version
      const others = [...published].filter(isNew).map(([documentId]) => documentId)
      return { generation: BigInt(row.generation), outdated: [...gone, ...others] }
    })
    for (let from = 0; from < outdated.length; ) {
      const some = outdated.slice(from, from + documentsPerPage)
      const page = await ofOneMoment((client) => readPage(client, key, some))
      for (const { id: documentId, version, passages } of page) {
        if (version === undefined) sink.remove(documentId)
        else await sink.put(documentId, version, passages)
      }
      from += page.length
    }
    return generation
  }
}

/** The first of some documents. */
async function readPage(client: pg.PoolClient, key: BaseKey, documentIds: readonly string[]) {
  const { build, analyzerVersion } = await baseRow(client, key)
  const versions = await publishedVersions(client, key, documentIds)
  const page: ReadDocument[] = []
  let count = 0
  for (const id of documentIds) {
    if (count >= PASSAGES) break
    const version = versions.get(id)
    const of = { documentId: id, build, analyzerVersion }
    const passages = version === undefined ? [] : await passagesOf(client, { ...of, version })
    page.push({ id, version, passages })
    count += passages.length
  }
  return page
}
