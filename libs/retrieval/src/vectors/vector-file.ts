import {
  arrayNamed,
  readArrayFile,
  UnusableFileError,
  writeArrayFile,
} from '../snapshot/array-file.ts'
import type { Place } from './rows.ts'
import type { VectorEntry } from './vector-index.ts'

/** Of what the arrays mean: another one is another file. */
const VERSION = 1

/** Some vectors of an index as pieces of one file. @param places not none, all of the same dimensions */
export function writeVectors(places: readonly Place[]): Promise<Uint8Array[]> {
  const vectors = places.map(({ block, row }) => block.vectorOf(row))
  const dimensions = vectors[0]?.values.length ?? 0
  const values = new Int8Array(vectors.length * dimensions)
  for (const [row, vector] of vectors.entries()) values.set(vector.values, row * dimensions)
  const keys = places.map(({ id, documentId }) => [id, documentId])
  return writeArrayFile({
    facts: { kind: 'vectors', version: VERSION, dimensions },
    arrays: new Map<string, Uint8Array | Int8Array | Float32Array>([
      ['keys', new TextEncoder().encode(JSON.stringify(keys))],
      ['values', values],
      ['scales', Float32Array.from(vectors, ({ scale }) => scale)],
    ]),
  })
}

/** On the memory of the bytes. @throws UnusableFileError when they are damaged, or not of this version */
export async function readVectors(bytes: Uint8Array): Promise<VectorEntry[]> {
  const file = await readArrayFile(bytes)
  const { kind, version, dimensions } = file.facts
  if (kind !== 'vectors' || version !== VERSION || typeof dimensions !== 'number') {
    throw new UnusableFileError(`It is a ${kind} of version ${version}`)
  }
  const values = arrayNamed(file, 'values', 'Int8Array')
  const scales = arrayNamed(file, 'scales', 'Float32Array')
  const keys: [string, string][] = JSON.parse(
    new TextDecoder().decode(arrayNamed(file, 'keys', 'Uint8Array')),
  )
  return keys.map(([id, documentId], row) => ({
    id,
    documentId,
    vector: {
      values: values.subarray(row * dimensions, (row + 1) * dimensions),
      scale: scales[row] ?? 0,
    },
  }))
}
