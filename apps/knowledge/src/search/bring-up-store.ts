import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type { VectorEntry } from '@dure/retrieval'
import type pg from 'pg'
import type { Facts } from './facts.ts'
import {
  type BaseKey,
  baseRow,
  documentsSince,
  factsOf,
  goneFrom,
  lackingDocuments,
  passagesOf,
  publishedIn,
  vectorsOf,
} from './rows-of-truth.ts'

/** A passage as the index knows it: by its terms. */
export interface IndexedPassage {
  readonly id: string
  readonly morphemes: readonly string[]
  readonly bigrams: readonly string[]
  readonly headingMorphemes: readonly string[]
  /** As `bytesOf` makes it; null: it has none. */
  readonly vector: Uint8Array | null
}

/** Terms of a base that belong together. */
export interface BaseTerms {
  /** Another one when the same passages have other terms. */
  readonly build: string
  /** What has made them, and reads questions; null: the one of now, as they may be by several. */
  readonly analyzerVersion: string | null
}

/** The same passages have other terms than those that the index holds: it is to be begun anew. */
export class OtherTermsError extends Error {}

/** Receives what has changed, one document at a time, so that none is ever half there. */
export interface IndexSink {
  /** Of which all that it holds is, or newer, as whoever fills it says; undefined: it is not known, and everything is compared. */
  generation?: bigint | undefined
  /** The version of each document that the index holds. */
  readonly versions: ReadonlyMap<string, number>
  /** Of the metadata of each document that it knows. */
  readonly revisions: ReadonlyMap<string, number>
  /** Comes before what is put. */
  learn(facts: Facts): void
  /** Which terms of the base it holds; undefined: none yet. */
  readonly terms?: BaseTerms | undefined
  /** Comes before what is put; absent: it is not told, and never has others. */
  useTerms?(terms: BaseTerms): void
  /** Which of the vectors of the base it holds; absent: it is not told. */
  readonly build?: string | undefined
  /** Takes other vectors in the place of all that it holds, of the documents that stay as they are. */
  useVectors?(build: string, vectors: readonly VectorEntry[]): void
  put(
    documentId: string,
    version: number,
    passages: readonly IndexedPassage[],
  ): void | Promise<void>
  remove(documentId: string): void
}

/**
 * Brings an index up to one consistent state of its knowledge base.
 *
 * @returns the generation of that state
 * @throws NotFoundError `knowledge-base.not-found`
 * @throws OtherTermsError before anything is changed
 */
export type BringUp = (tenant: Tenant, id: KnowledgeBaseId, sink: IndexSink) => Promise<bigint>

/**
 * Reads the rows of truth.
 *
 * @param next terms that the base is not searched by yet: documents that lack some of them are left out
 */
export function createBringUp(pool: pg.Pool, next?: BaseTerms): BringUp {
  return async (tenant, id, sink) => {
    const work = { tenant, id, sink, next }
    // Documents, passages and generation must be of one moment, or a replaced one is half there.
    const generation = await withTransaction(pool, (client) => bringUp(client, work), {
      snapshot: true,
    })
    sink.generation = generation
    return generation
  }
}

interface Work extends BaseKey {
  readonly sink: IndexSink
  readonly next: BaseTerms | undefined
}

async function bringUp(client: pg.PoolClient, { tenant, id, sink, next }: Work): Promise<bigint> {
  const row = await baseRow(client, { tenant, id })
  const terms = next ?? { build: row.termsBuild, analyzerVersion: row.analyzerVersion }
  if (sink.terms !== undefined && sink.terms.build !== terms.build) throw new OtherTermsError()
  sink.useTerms?.(terms)
  const documents = await documentsSince(client, { tenant, id }, row, sink.generation)
  sink.learn(await factsOf(client, documents, sink.revisions))
  const published = publishedIn(documents)
  for (const documentId of goneFrom(sink.versions, documents, published)) sink.remove(documentId)
  const { build } = row
  const lacking = new Set(next && (await lackingDocuments(client, id, next)))
  if (sink.useVectors && sink.build !== build) {
    const staying = [...sink.versions].filter(
      ([documentId, version]) => (published.get(documentId) ?? version) === version,
    )
    sink.useVectors(
      build,
      await vectorsOf(
        client,
        staying.map(([documentId]) => documentId),
        build,
      ),
    )
  }
  for (const [documentId, version] of published) {
    if (sink.versions.get(documentId) === version || lacking.has(documentId)) continue
    const { analyzerVersion } = terms
    const passages = await passagesOf(client, { documentId, version, build, analyzerVersion })
    await sink.put(documentId, version, passages)
  }
  return BigInt(row.generation)
}

/** What is known of the facts of a base. */
export interface KnownSoFar {
  /** Of which it is, or newer; undefined: nothing is known. */
  readonly generation: bigint | undefined
  /** Of metadata: what has the same is not read. */
  readonly revisions: ReadonlyMap<string, number>
}

/** Facts of the documents of a base, and of which generation they are. */
export type ReadFacts = (
  tenant: Tenant,
  id: KnowledgeBaseId,
  known: KnownSoFar,
) => Promise<{ readonly facts: Facts; readonly generation: bigint }>

export function createFactsReader(pool: pg.Pool): ReadFacts {
  return (tenant, id, known) =>
    withTransaction(
      pool,
      async (client) => {
        const row = await baseRow(client, { tenant, id })
        const documents = await documentsSince(client, { tenant, id }, row, known.generation)
        const facts = await factsOf(client, documents, known.revisions)
        return { facts, generation: BigInt(row.generation) }
      },
      { snapshot: true },
    )
}
