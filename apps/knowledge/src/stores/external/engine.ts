import type { FieldName } from '@dure/retrieval'
import type { PassageTerms } from './terms.ts'

/** A passage of one version of a document, as an engine holds it. Rows are added and removed, and never changed. */
export interface EngineRow {
  readonly id: string
  readonly documentId: string
  readonly version: number
  readonly terms: PassageTerms
  /** A direction; undefined: it has none. */
  readonly vector: Float32Array | undefined
}

export type FoundByTerms = Omit<EngineRow, 'vector'>
export type FoundByVector = Omit<EngineRow, 'terms' | 'vector'> & { readonly vector: Float32Array }

/** The terms of a question that the base knows, in each field, by their keys. */
export type AskedTerms = Readonly<Record<FieldName, ReadonlyMap<string, AskedTerm>>>

export interface AskedTerm {
  /** Of its field, and of its place in the question. */
  readonly weight: number
  /** Its inverse document frequency in the field; an engine that weighs by its own is not told twice. */
  readonly rarity: number
}

export interface Look {
  readonly limit: number
  /** Rows of these documents alone. */
  readonly documentIds?: readonly string[]
}

/**
 * An engine that holds rows and finds some of them. It is not asked for scores: its candidates are scored as the embedded
 * index would score them, so that all engines rank alike. Every call is about one knowledge base.
 */
export interface Engine {
  /** Changes when the engine was emptied or made anew: what was written down about its rows is void then. */
  epoch(): Promise<string>
  /** Rows are found when this is done. What is there already stays: somebody else may be showing it. */
  add(base: string, rows: readonly EngineRow[]): Promise<void>
  /** Removes the rows of documents that are of versions before a given one. */
  remove(base: string, before: ReadonlyMap<string, number>): Promise<void>
  /** The terms of all passages of some versions of documents; a row that two have added at once may be there twice. */
  rowsOf(base: string, versions: ReadonlyMap<string, number>): Promise<FoundByTerms[]>
  /** Roughly the best first. Where there are morphemes, passages that share none with the text or the headings may be left out. */
  byTerms(base: string, terms: AskedTerms, look: Look): Promise<FoundByTerms[]>
  /** Roughly the nearest first. @param vector of length 1 */
  byVector(base: string, vector: Float32Array, look: Look): Promise<FoundByVector[]>
  vectorsOf(base: string, dimensions: number, ids: readonly string[]): Promise<FoundByVector[]>
  /** Nothing of the base is left when this is done, also when nothing was there. */
  forget(base: string): Promise<void>
  /** Told now and then, after some rows were added: the time for what makes searches fast. */
  tidy(base: string): Promise<void>
  close(): Promise<void>
}
