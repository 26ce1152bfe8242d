import { FIELDS, type FieldName } from '@dure/retrieval'
import type {
  AskedTerms,
  EngineRow,
  FoundByTerms,
  FoundByVector,
  Look,
} from '../external/engine.ts'
import { keysOf, perField, termKey } from '../external/terms.ts'

/** A sparse vector: values by dimension. */
export type Sparse = Record<string, number>

/** Dimensions of a sparse vector are numbers of 32 bits, without the largest. */
const DIMENSIONS = 2 ** 32 - 1

/**
 * BM25 as a product of two sparse vectors: rarity is in the question's, frequency and length are in the passage's. What a
 * passage is as long as, on the average, changes with every document, and what is written does not: so these are fixed, and
 * near enough to find the candidates, which are scored with the true ones.
 */
const K1 = 0.9
const B = 0.75
const USUAL_LENGTH = { morpheme: 150, bigram: 300, heading: 5, exact: 2 } as const

export function passageVector(terms: EngineRow['terms']): Sparse {
  const sparse: Sparse = {}
  for (const field of FIELDS) {
    const keys = keysOf(terms[field])
    const frequencies = new Map<string, number>()
    for (const key of keys) frequencies.set(key, (frequencies.get(key) ?? 0) + 1)
    const norm = K1 * (1 - B + (B * keys.length) / USUAL_LENGTH[field])
    for (const [key, frequency] of frequencies) {
      sparse[dimensionOf(field, key)] = frequency / (frequency + norm)
    }
  }
  return sparse
}

export function questionVector(terms: AskedTerms): Sparse {
  const sparse: Sparse = {}
  for (const field of FIELDS) {
    for (const [key, { weight, rarity }] of terms[field]) {
      sparse[dimensionOf(field, key)] = weight * rarity
    }
  }
  return sparse
}

function dimensionOf(field: FieldName, key: string): number {
  return Number.parseInt(termKey(`${field} ${key}`), 36) % DIMENSIONS
}

/** Of the knowledge base that a passage is of, too: a collection holds those of many. */
export function rowKey(base: string, { id, documentId, version }: EngineRow) {
  return {
    key: `${base}/${encoded(id)}`,
    base,
    passage: encoded(id),
    document: encoded(documentId),
    version,
  }
}

type Found = Readonly<Record<string, unknown>>

export function foundByTerms(row: Found): FoundByTerms {
  return { ...keyOf(row), terms: perField((name) => String(row[name])) }
}

export function foundByVector(row: Found): FoundByVector {
  return { ...keyOf(row), vector: Float32Array.from(row.vector as Iterable<number>) }
}

function keyOf(row: Found) {
  return {
    id: decodeURIComponent(String(row.passage)),
    documentId: decodeURIComponent(String(row.document)),
    version: Number(row.version),
  }
}

/** A condition with the knowledge base in it: there is no other way to make one. */
export function ofBase(base: string, condition?: string): string {
  return condition === undefined ? `base == "${base}"` : `base == "${base}" and (${condition})`
}

export function ofDocuments(base: string, { documentIds }: Look): string {
  return ofBase(base, documentIds && oneOf('document', documentIds))
}

export function versionsWhere(versions: ReadonlyMap<string, number>, compared: '==' | '<'): string {
  return Array.from(
    versions,
    ([documentId, version]) =>
      `(document == "${encoded(documentId)}" and version ${compared} ${version})`,
  ).join(' or ')
}

export function oneOf(field: 'passage' | 'document', ids: readonly string[]): string {
  return `${field} in [${ids.map((id) => `"${encoded(id)}"`).join(', ')}]`
}

/** Letters, digits and marks that mean nothing between double quotes. */
function encoded(id: string): string {
  return encodeURIComponent(id)
}
