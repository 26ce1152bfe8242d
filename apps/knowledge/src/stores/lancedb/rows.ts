import { FIELDS } from '@dure/retrieval'
import type {
  AskedTerm,
  AskedTerms,
  EngineRow,
  FoundByTerms,
  FoundByVector,
} from '../external/engine.ts'
import { perField } from '../external/terms.ts'

/** The packages, which are loaded when this store is chosen: they are 200 MB of binaries. */
export interface Lance {
  readonly lancedb: typeof import('@lancedb/lancedb')
  readonly arrow: typeof import('apache-arrow')
}

/** @throws when the operator has not installed them */
export async function loadLance(): Promise<Lance> {
  const [lancedb, arrow] = await Promise.all([import('@lancedb/lancedb'), import('apache-arrow')])
  return { lancedb, arrow }
}

export function termsSchema({ arrow }: Lance) {
  const texts = FIELDS.map((field) => new arrow.Field(field, new arrow.Utf8()))
  return new arrow.Schema([...keyFields(arrow), ...texts])
}

export function vectorsSchema({ arrow }: Lance, dimensions: number) {
  const item = new arrow.Field('item', new arrow.Float32(), true)
  const vector = new arrow.Field('vector', new arrow.FixedSizeList(dimensions, item))
  return new arrow.Schema([...keyFields(arrow), vector])
}

function keyFields(arrow: Lance['arrow']) {
  return [
    new arrow.Field('id', new arrow.Utf8()),
    new arrow.Field('document', new arrow.Utf8()),
    new arrow.Field('version', new arrow.Int32()),
  ]
}

export function termsRow({ id, documentId, version, terms }: EngineRow) {
  return { id, document: documentId, version, ...terms }
}

export function vectorRow({ id, documentId, version, vector }: EngineRow) {
  return { id, document: documentId, version, vector: [...(vector ?? [])] }
}

type Found = Readonly<Record<string, unknown>>

export function foundByTerms(row: Found): FoundByTerms {
  return { ...keyOf(row), terms: perField((name) => String(row[name] ?? '')) }
}

export function foundByVector(row: Found): FoundByVector {
  return { ...keyOf(row), vector: Float32Array.from(row.vector as Iterable<number>) }
}

function keyOf(row: Found) {
  return { id: String(row.id), documentId: String(row.document), version: Number(row.version) }
}

/** Terms of the text or of the headings must be shared, where some are known. LanceDB knows their rarity itself. */
export function termsQuery({ lancedb }: Lance, terms: AskedTerms) {
  const { BooleanQuery, MatchQuery, Occur } = lancedb
  const should = (fields: readonly (keyof AskedTerms)[]) =>
    fields.flatMap((field) =>
      [...byWeight(terms[field])].map(
        ([boost, keys]) =>
          [Occur.Should, new MatchQuery(keys.join(' '), field, { boost })] satisfies [
            unknown,
            unknown,
          ],
      ),
    )
  const leading = should(['morpheme', 'heading', 'exact'])
  const pairs = should(['bigram'])
  return leading.length === 0
    ? new BooleanQuery(pairs)
    : new BooleanQuery([[Occur.Must, new BooleanQuery(leading)], ...pairs])
}

function byWeight(terms: ReadonlyMap<string, AskedTerm>): Map<number, string[]> {
  const groups = new Map<number, string[]>()
  for (const [key, { weight }] of terms) {
    const keys = groups.get(weight) ?? []
    groups.set(weight, keys)
    keys.push(key)
  }
  return groups
}

/** A condition of SQL: of some versions of documents, each `compared` with the version that is given. */
export function versionsWhere(
  versions: Iterable<readonly [documentId: string, version: number]>,
  compared: '=' | '<',
): string {
  return Array.from(
    versions,
    ([documentId, version]) =>
      `(document = ${quoted(documentId)} AND version ${compared} ${version})`,
  ).join(' OR ')
}

export function oneOf(column: 'id' | 'document', values: readonly string[]): string {
  return `${column} IN (${values.map(quoted).join(', ')})`
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
