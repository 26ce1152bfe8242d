import { randomUUID } from 'node:crypto'
import { FIELDS } from '@dure/retrieval'
import type { ConsistencyLevelEnum, MilvusClient } from '@zilliz/milvus2-sdk-node'
import type { Engine, EngineRow } from '../external/engine.ts'
import { createCollections, type Milvus } from './collections.ts'
import {
  foundByTerms,
  foundByVector,
  ofBase,
  ofDocuments,
  oneOf,
  passageVector,
  questionVector,
  rowKey,
  versionsWhere,
} from './rows.ts'

/** In one request: far below the 64 MB that Milvus takes. */
const BATCH = 500
const TERMS = ['passage', 'document', 'version', ...FIELDS]
const VECTOR = ['passage', 'document', 'version', 'vector']

/** Longer than any search may take: a worker that writes a batch waits as long. */
const TIMEOUT_MS = 30_000

/** @throws when nobody is there, or lets nobody in */
export async function openMilvus(
  milvus: Milvus,
  { address, token }: { readonly address: string; readonly token: string },
): Promise<Engine> {
  const client = new milvus.MilvusClient({
    ...{ address, timeout: TIMEOUT_MS, logLevel: 'error' },
    ...(token !== '' && { token }),
  })
  try {
    await client.connectPromise
    return await createMilvusEngine(milvus, client)
  } catch (error) {
    await client.closeConnection()
    throw error
  }
}

/** Collections hold the passages of many knowledge bases: the base is the partition key, and in every condition. */
async function createMilvusEngine(milvus: Milvus, client: MilvusClient): Promise<Engine> {
  const collections = createCollections(milvus, client)
  // What was written is found by the next search, of whatever process.
  const strong = { consistency_level: milvus.ConsistencyLevelEnum.Strong }
  const terms = await collections.terms()
  const epoch = await epochOf(client, { ...strong, collection_name: await collections.epochs() })

  async function put(name: string, rows: readonly Record<string, unknown>[]): Promise<void> {
    for (let at = 0; at < rows.length; at += BATCH) {
      const data = rows.slice(at, at + BATCH) as never
      checked(await client.upsert({ collection_name: name, data }))
    }
  }

  async function select(name: string, filter: string, fields: string[]) {
    const rows: Record<string, unknown>[] = []
    const pages = await client.queryIterator({
      ...{ collection_name: name, filter, output_fields: fields, batchSize: BATCH },
      ...strong,
    })
    for await (const page of pages) rows.push(...(page as Record<string, unknown>[]))
    return rows
  }

  return {
    epoch: async () => epoch,

    async add(base, rows) {
      await put(
        terms,
        rows.map((row) => ({
          ...{ ...rowKey(base, row), ...row.terms, sparse: passageVector(row.terms) },
        })),
      )
      for (const [dimensions, some] of Map.groupBy(rows, ({ vector }) => vector?.length ?? 0)) {
        if (dimensions === 0) continue
        const vectorRow = (row: EngineRow) => ({
          ...rowKey(base, row),
          vector: [...(row.vector ?? [])],
        })
        await put(await collections.vectors(dimensions), some.map(vectorRow))
      }
    },

    async remove(base, before) {
      if (before.size === 0) return
      const filter = ofBase(base, versionsWhere(before, '<'))
      for (const name of await collections.all()) {
        checked(await client.delete({ collection_name: name, filter }))
      }
    },

    async rowsOf(base, versions) {
      const filter = ofBase(base, versionsWhere(versions, '=='))
      return (await select(terms, filter, TERMS)).map(foundByTerms)
    },

    async byTerms(base, asked, look) {
      const { results, ...answer } = await client.search({
        ...{ collection_name: terms, anns_field: 'sparse', data: questionVector(asked) },
        ...{ filter: ofDocuments(base, look), limit: look.limit, output_fields: TERMS },
        ...{ metric_type: 'IP', ...strong },
      })
      checked(answer)
      return results.map(foundByTerms)
    },

    async byVector(base, vector, look) {
      const name = await collections.vectors(vector.length)
      const { results, ...answer } = await client.search({
        ...{ collection_name: name, anns_field: 'vector', data: [...vector] },
        ...{ filter: ofDocuments(base, look), limit: look.limit, output_fields: VECTOR },
        ...{ metric_type: 'COSINE', ...strong },
      })
      checked(answer)
      return results.map(foundByVector)
    },

    async vectorsOf(base, dimensions, ids) {
      const name = await collections.vectors(dimensions)
      return (await select(name, ofBase(base, oneOf('passage', ids)), VECTOR)).map(foundByVector)
    },

    async forget(base) {
      for (const name of await collections.all()) {
        checked(await client.delete({ collection_name: name, filter: ofBase(base) }))
      }
    },

    // Milvus does by itself what makes searches fast.
    async tidy() {},

    async close() {
      await client.closeConnection()
    },
  }
}

interface Answer {
  readonly status: { readonly error_code: unknown; readonly reason: string }
}

function checked({ status }: Answer): void {
  if (status.error_code !== 'Success' && status.error_code !== 0) throw new Error(status.reason)
}

/** Of two processes that come first at once, the same one wins for both. */
async function epochOf(
  client: MilvusClient,
  asked: { collection_name: string; consistency_level: ConsistencyLevelEnum },
): Promise<string> {
  const first = async () => {
    const query = { ...asked, filter: 'key != ""', output_fields: ['key'], limit: 100 }
    const { data } = await client.query(query)
    return data.map(({ key }) => String(key)).toSorted()[0]
  }
  const known = await first()
  if (known !== undefined) return known
  const made = randomUUID()
  const data = [{ key: made, vector: [1, 0] }]
  checked(await client.upsert({ collection_name: asked.collection_name, data }))
  return (await first()) ?? made
}
